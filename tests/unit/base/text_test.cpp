#include "base/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tgpanel {
namespace {

const std::string kFamily = "\U0001F468\u200D\U0001F469\u200D\U0001F467";  // one grapheme, 8 units
const std::string kFlag = "\U0001F1EE\U0001F1F7";                          // one grapheme, 4 units

TEST(Text, CountsUtf16Units) {
  EXPECT_EQ(utf16_length(""), 0U);
  EXPECT_EQ(utf16_length("abc"), 3U);
  EXPECT_EQ(utf16_length("سلام"), 4U);
  EXPECT_EQ(utf16_length("👍"), 2U);
  EXPECT_EQ(utf16_length(kFamily), 8U);
}

TEST(Text, RecognisesValidUtf8) {
  EXPECT_TRUE(valid_utf8(""));
  EXPECT_TRUE(valid_utf8("سلام 👍"));
  EXPECT_FALSE(valid_utf8("\xff"));
  EXPECT_FALSE(valid_utf8("\xd8\xb3\xd9"));      // ends inside a character
  EXPECT_FALSE(valid_utf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(valid_utf8("\xc0\xaf"));          // longer than needed
  EXPECT_FALSE(valid_utf8("\xf4\x90\x80\x80"));  // above U+10FFFF
}

TEST(Text, CutsBetweenGraphemes) {
  EXPECT_EQ(cut_utf16("abc", 3), "abc");
  EXPECT_EQ(cut_utf16("abc", 2), "ab");
  EXPECT_EQ(cut_utf16("a👍", 2), "a");
  EXPECT_EQ(cut_utf16("a" + kFamily + "b", 9), "a" + kFamily);
  EXPECT_EQ(cut_utf16("a" + kFamily + "b", 8), "a");
  EXPECT_EQ(cut_utf16("e\u0301x", 1), "e");  // nothing else fits: between code points
  EXPECT_EQ(cut_utf16(kFlag + kFlag, 7), kFlag);
  EXPECT_EQ(cut_utf16(kFamily, 3), "\U0001F468\u200D");
  EXPECT_EQ(cut_utf16("👍", 1), "");
  EXPECT_EQ(cut_utf16("abc", 0), "");
}

TEST(Text, CutsWithAnEllipsis) {
  EXPECT_EQ(cut_utf16("abc", 3, true), "abc");
  EXPECT_EQ(cut_utf16("abcd", 3, true), "ab…");
  EXPECT_EQ(cut_utf16("abcd", 1, true), "…");
  EXPECT_EQ(cut_utf16("abcd", 0, true), "");
}

RC_GTEST_PROP(Text, ACutIsAValidBeginningThatFits, ()) {
  const auto parts = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("a", "س", "👍", kFamily, kFlag, "e\u0301", " "));
  std::string text;
  for (const auto& part : parts) text += part;
  const auto units = *rc::gen::inRange<std::size_t>(0, 40);
  const auto cut = cut_utf16(text, units);
  RC_ASSERT(utf16_length(cut) <= units);
  RC_ASSERT(text.starts_with(cut));
  RC_ASSERT(valid_utf8(cut));
  RC_ASSERT(utf16_length(cut_utf16(text, units, true)) <= units);
}

TEST(Text, ExcerptCountsWhatPeopleSee) {
  EXPECT_EQ(excerpt("abc", 3), "abc");
  EXPECT_EQ(excerpt("abcd", 3), "abc…");
  EXPECT_EQ(excerpt(kFamily + kFlag + "a", 2), kFamily + kFlag + "…");
  EXPECT_EQ(excerpt("", 2), "");
  EXPECT_EQ(excerpt("ab", 0), "…");
}

TEST(Text, TrimsUnicodeSpaces) {
  EXPECT_EQ(trim("  a b \t\r\n"), "a b");
  EXPECT_EQ(trim("\u00a0\u2003\u3000سلام\u200c\u200f\ufeff"), "سلام");
  EXPECT_EQ(trim("می\u200cخواهم"), "می\u200cخواهم");
  EXPECT_EQ(trim(" \u200b\u2060 "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Text, MasksPhones) {
  EXPECT_EQ(mask_phone("+12025550167"), "+1 ••• ••67");
  EXPECT_EQ(mask_phone("989121234567"), "+98 ••• ••67");
  EXPECT_EQ(mask_phone("+971 50 123 45 67"), "+971 ••• ••67");
  EXPECT_EQ(mask_phone("+9996612222"), "+999 ••• ••22");
  EXPECT_EQ(mask_phone("123456"), "•••");
  EXPECT_EQ(mask_phone(""), "•••");
}

TEST(Text, IsolatesDirections) {
  EXPECT_EQ(isolate("علی"), "\u2068علی\u2069");
  EXPECT_EQ(isolate("a\u202Eb"), "\u2068a\u202Eb\u202C\u2069");
  EXPECT_EQ(isolate("a\u2067b"), "\u2068a\u2067b\u2069\u2069");
  EXPECT_EQ(isolate("a\u2067b\u2069c"), "\u2068a\u2067b\u2069c\u2069");
  EXPECT_EQ(isolate("a\u2069\u202Cb\u2069"), "\u2068ab\u2069");
}

TEST(Text, LowersAsciiOnly) {
  EXPECT_EQ(ascii_lower("AbZ-İ"), "abz-İ");
}

}  // namespace
}  // namespace tgpanel
