#include "monitor/fold.hpp"

#include "monitor/utf8.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace tgpanel::monitor {
namespace {

struct Same {
  const char* name;
  const char* left;
  const char* right;
};

class FoldsTogether : public testing::TestWithParam<Same> {};

TEST_P(FoldsTogether, Pair) {
  EXPECT_EQ(fold(GetParam().left), fold(GetParam().right));
}

INSTANTIATE_TEST_SUITE_P(
    Spellings, FoldsTogether,
    testing::Values(Same{"Case", "BitCoin", "bitcoin"}, Same{"SharpS", "STRASSE", "straße"},
                    Same{"DottedI", "İstanbul", "istanbul"}, Same{"DotlessI", "IRMAK", "ırmak"},
                    Same{"FinalSigma", "ΟΔΟΣ", "οδος"}, Same{"Width", "ＢＴＣ１", "btc1"},
                    Same{"Accents", "Café", "cafe"}, Same{"AccentsApart", "Cafe\u0301", "cafe"},
                    Same{"TwoAccents", "ǖ", "u"}, Same{"Yo", "Ёлка", "елка"},
                    Same{"ArabicYeh", "علي", "علی"}, Same{"AlefMaksura", "موسى", "موسی"},
                    Same{"Kaf", "كتاب", "کتاب"}, Same{"TehMarbuta", "مدرسة", "مدرسه"},
                    Same{"AlefMadda", "آزاد", "ازاد"}, Same{"AlefHamza", "أحمد إحمد", "احمد احمد"},
                    Same{"HamzaApart", "ا\u0654حمد", "احمد"}, Same{"YehHamza", "مسئله", "مسیله"},
                    Same{"HehYeh", "خانۀ", "خانه"}, Same{"HalfSpace", "می\u200cشود", "میشود"},
                    Same{"Tatweel", "ســـلام", "سلام"}, Same{"Harakat", "سَلامٌ", "سلام"},
                    Same{"PresentationForm", "ﺳﻼﻡ", "سلام"}, Same{"PersianDigits", "۱۲۳", "123"},
                    Same{"ArabicDigits", "١٢٣", "123"}, Same{"NoBreakSpace", "a\u00a0b", "a b"},
                    Same{"Ideographic", "a\u3000b", "a b"}, Same{"LineBreak", "a \r\n\t b", "a b"},
                    Same{"BidiControls", "\u202bسلام\u202c\u200f", "سلام"},
                    Same{"SoftHyphen", "bit\u00adcoin", "bitcoin"}, Same{"Niqqud", "שָׁלוֹם", "שלום"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Fold, KeepsLettersThatOnlyLookAlike) {
  EXPECT_NE(fold("й"), fold("и"));
  EXPECT_NE(fold("が"), fold("か"));
  EXPECT_NE(fold("की"), fold("का"));
  EXPECT_EQ(fold("각").find(fold("가")), std::string::npos);
}

TEST(Fold, ReplacesIllFormedBytes) {
  EXPECT_EQ(fold("a\xff"
                 "b"),
            "a\ufffd"
            "b");
}

TEST(FoldTraced, PointsIntoTheOriginalInUtf16Units) {
  // An emoji takes two units; the half-space between ی and ش is inside the match.
  const auto traced = fold_traced("😀 مي\u200cشود");
  const auto needle = fold("میشود");
  const auto at = traced.text.find(needle);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(traced.origins[at].begin, 3U);
  EXPECT_EQ(traced.origins[at + needle.size() - 1].end, 9U);
}

TEST(FoldTraced, AnExpandedLetterIsMarkedWhole) {
  const auto traced = fold_traced("aßb");
  ASSERT_EQ(traced.text, "assb");
  EXPECT_EQ(traced.origins[1].begin, 1U);
  EXPECT_EQ(traced.origins[1].end, 2U);
  EXPECT_EQ(traced.origins[2].begin, 1U);
  EXPECT_EQ(traced.origins[2].end, 2U);
}

TEST(LettersAndDigits, OfAnyScript) {
  EXPECT_TRUE(has_letter_or_digit("…ی"));
  EXPECT_TRUE(has_letter_or_digit("#1"));
  EXPECT_FALSE(has_letter_or_digit(" .-😀"));
  EXPECT_FALSE(has_letter_or_digit(""));
}

TEST(Characters, AreCodePoints) {
  EXPECT_EQ(count_characters("aسß😀"), 4U);
}

TEST(Fold, EveryCodePointIsIdempotent) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string one;
    append_code_point(one, c);
    const auto once = fold(one);
    ASSERT_EQ(fold(once), once) << "U+" << std::hex << static_cast<std::uint32_t>(c);
  }
}

// Code points where folding does something, beside arbitrary ones.
rc::Gen<std::string> text() {
  const auto interesting = rc::gen::element<char32_t>(
      'a', 'A', ' ', 0x0130, 0x0131, 0x00DF, 0x0300, 0x0301, 0x0306, 0x0418, 0x0415, 0x0308, 0x0627,
      0x0653, 0x0654, 0x064A, 0x0649, 0x0640, 0x064B, 0x0670, 0x200C, 0x200D, 0x00A0, 0x3000,
      0x304B, 0x3099, 0x09C7, 0x09BE, 0x1100, 0x1161, 0x11A8, 0xFE71, 0xFCF2, 0xFDFA, 0x06F5,
      0x1D7D8, 0x20DD, 0x05D0, 0x05B7, 0xFB2E, 0x1F600, 0xFE0F, 0x0);
  const auto any = rc::gen::map(rc::gen::inRange<std::uint32_t>(0, 0x110000), [](std::uint32_t c) {
    return c >= 0xD800 && c <= 0xDFFF ? U'?' : static_cast<char32_t>(c);
  });
  const auto low = rc::gen::cast<char32_t>(rc::gen::inRange<std::uint32_t>(0, 0x3100));
  return rc::gen::map(rc::gen::container<std::vector<char32_t>>(
                          rc::gen::weightedOneOf<char32_t>({{4, interesting}, {2, low}, {1, any}})),
                      [](const std::vector<char32_t>& points) {
                        std::string utf8;
                        for (const auto c : points) append_code_point(utf8, c);
                        return utf8;
                      });
}

RC_GTEST_PROP(FoldProperty, Idempotent, ()) {
  const auto once = fold(*text());
  RC_ASSERT(fold(once) == once);
}

RC_GTEST_PROP(FoldProperty, AnyBytesAreIdempotentToo, (const std::string& bytes)) {
  const auto once = fold(bytes);
  RC_ASSERT(fold(once) == once);
}

RC_GTEST_PROP(FoldProperty, TracedIsTheSameText, ()) {
  const auto original = *text();
  RC_ASSERT(fold_traced(original).text == fold(original));
}

RC_GTEST_PROP(FoldProperty, OriginsNeverGoBack, ()) {
  const auto original = *text();
  const auto traced = fold_traced(original);
  RC_ASSERT(traced.origins.size() == traced.text.size());
  std::uint32_t units = 0;
  for (std::size_t at = 0; at < original.size();) {
    units += next_code_point(original, at) > 0xFFFF ? 2U : 1U;
  }
  TracedFold::Origin last;
  for (const auto& origin : traced.origins) {
    RC_ASSERT(origin.begin >= last.begin);
    RC_ASSERT(origin.end >= last.end);
    RC_ASSERT(origin.begin < origin.end);
    RC_ASSERT(origin.end <= units);
    last = origin;
  }
}

}  // namespace
}  // namespace tgpanel::monitor
