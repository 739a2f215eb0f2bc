#include "monitor/regex.hpp"

#include "monitor/fold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <regex>
#include <string>
#include <vector>

namespace tgpanel::monitor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> found(std::string_view pattern, std::string_view text) {
  const auto regex = Regex::parse(pattern);
  EXPECT_TRUE(regex) << pattern << ": " << regex.error().message;
  std::vector<std::string> parts;
  if (!regex) return parts;
  const auto folded = fold(text);
  for (const auto& place : regex->find(folded, 10)) {
    parts.push_back(folded.substr(place.begin, place.end - place.begin));
  }
  return parts;
}

std::string refusal(std::string_view pattern) {
  const auto regex = Regex::parse(pattern);
  EXPECT_FALSE(regex) << pattern;
  return regex ? std::string() : regex.error().message;
}

TEST(Regex, FindsTheLeftmostAndTheLongest) {
  EXPECT_THAT(found("a+", "baaac aa"), ElementsAre("aaa", "aa"));
  EXPECT_THAT(found("ab|abcd|bc", "xabcd"), ElementsAre("abcd"));
  EXPECT_THAT(found("(ab){2,3}", "ababababab"), ElementsAre("ababab", "abab"));
  EXPECT_THAT(found("a.c", "abc a\nc ac"), ElementsAre("abc", "a c"));
  EXPECT_THAT(found("x{0,2}y", "xxxy"), ElementsAre("xxy"));
  EXPECT_THAT(found("[^a-c ]+", "abcde fa"), ElementsAre("de", "f"));
  EXPECT_THAT(found("^a|b$", "ab ab"), ElementsAre("a", "b"));
  EXPECT_THAT(found("a{2,}", "a aa aaa"), ElementsAre("aa", "aaa"));
  EXPECT_THAT(found("(a|b*)*c", "abbac"), ElementsAre("abbac"));
  EXPECT_THAT(found("nothing", "some thing"), IsEmpty());
}

TEST(Regex, FoldsItsOwnCharacters) {
  EXPECT_THAT(found("PRICE[A-Z]", "prices"), ElementsAre("prices"));
  EXPECT_THAT(found("كتاب[يك]", "کتابی"), ElementsAre("کتابی"));
  EXPECT_THAT(found("می‌خواه(م|ند)", "من ميخواهند"), ElementsAre("میخواهند"));
  EXPECT_THAT(found("۱۲+", "1222"), ElementsAre("1222"));
  EXPECT_THAT(found("\\d{3} تومان", "۱۲۳ تومان"), ElementsAre("123 تومان"));
  EXPECT_THAT(found("straße+", "STRASSEE"), ElementsAre("strassee"));
  EXPECT_THAT(found("a  b", "a \n b"), ElementsAre("a b"));
  EXPECT_THAT(found("\\x{643}\\x41", "كA"), ElementsAre("کa"));
}

TEST(Regex, WordsOfAnyScript) {
  EXPECT_THAT(found("\\bکتاب\\b", "کتابخانه، کتاب."), ElementsAre("کتاب"));
  EXPECT_THAT(found("\\w+", "سلام, you_2"), ElementsAre("سلام", "you_2"));
  EXPECT_THAT(found("\\bcat\\B", "cat cats"), ElementsAre("cat"));
  EXPECT_THAT(found("\\W+", "a, b"), ElementsAre(", "));
  EXPECT_THAT(found("[\\d.]+\\S", "v1.2b"), ElementsAre("1.2b"));
}

TEST(Regex, SaysWhatIsWrongAndWhatToChange) {
  EXPECT_THAT(refusal("(a"), HasSubstr("Add “)”"));
  EXPECT_THAT(refusal("a)"), HasSubstr("closes nothing"));
  EXPECT_THAT(refusal("[a"), HasSubstr("Add “]”"));
  EXPECT_THAT(refusal("[]"), HasSubstr("is empty"));
  EXPECT_THAT(refusal("[z-a]"), HasSubstr("runs backwards"));
  EXPECT_THAT(refusal("[ß]"), HasSubstr("several letters"));
  EXPECT_THAT(refusal("*a"), HasSubstr("nothing before “*”"));
  EXPECT_THAT(refusal("a{x}"), HasSubstr("a number is expected"));
  EXPECT_THAT(refusal("a{2"), HasSubstr("not closed"));
  EXPECT_THAT(refusal("a{101}"), HasSubstr("greater than 100"));
  EXPECT_THAT(refusal("a{3,2}"), HasSubstr("runs backwards"));
  EXPECT_THAT(refusal("a{0}b"), HasSubstr("asks for nothing"));
  EXPECT_THAT(refusal("(?=a)b"), HasSubstr("only (?:…) is known"));
  EXPECT_THAT(refusal("(a)\\1"), HasSubstr("“\\1” is not known"));
  EXPECT_THAT(refusal("\\pL"), HasSubstr("“\\p” is not known"));
  EXPECT_THAT(refusal("a\\"), HasSubstr("ends in a"));
  EXPECT_THAT(refusal("\\x{110000}"), HasSubstr("the number of a character"));
  EXPECT_THAT(refusal("a++"), HasSubstr("Leave the second sign out"));
  EXPECT_THAT(refusal("^*a"), HasSubstr("cannot be repeated"));
  EXPECT_THAT(refusal("a*|b"), HasSubstr("empty text"));
  EXPECT_THAT(refusal("\\b"), HasSubstr("empty text"));
  EXPECT_THAT(refusal("((a{100}){100}){100}"), HasSubstr("more than 1000 steps"));
  EXPECT_THAT(refusal(std::string(60, '(') + "a" + std::string(60, ')')), HasSubstr("nested"));
}

TEST(Regex, TheWorstOnesTakeTimeProportionalToTheText) {
  const auto regex = Regex::parse("(a*)*(a|a)*(a{1,10}){1,10}b");
  ASSERT_TRUE(regex) << regex.error().message;
  // A search that tries one way after the other would take longer than the world has been there.
  EXPECT_THAT(regex->find(std::string(4096, 'a'), 1), IsEmpty());
}

// Beside the standard library's search, on texts of a few letters.
RC_GTEST_PROP(RegexProperty, MeetsWhatTheStandardLibraryMeets, ()) {
  const auto atom =
      rc::gen::element<std::string>("a", "b", "[ab]", "[^a]", "(a|bc)", "(ab)", ".", "c");
  const auto times = rc::gen::element<std::string>("", "", "*", "+", "?", "{2}", "{1,2}");
  std::string pattern;
  const auto atoms = *rc::gen::inRange(1, 6);
  for (int i = 0; i < atoms; ++i) {
    if (i > 0 && *rc::gen::inRange(0, 5) == 0) pattern += '|';
    pattern += *atom + *times;
  }
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c'));
  const auto regex = Regex::parse(pattern);
  if (!regex) RC_DISCARD("met by an empty text");
  std::smatch standard;
  const bool expected = std::regex_search(text, standard, std::regex(pattern));
  const auto places = regex->find(text, 1);
  RC_ASSERT(!places.empty() == expected);
  if (expected) RC_ASSERT(places.front().begin == static_cast<std::size_t>(standard.position(0)));
}

RC_GTEST_PROP(RegexProperty, TakesAnyPattern, (const std::string& pattern)) {
  const auto regex = Regex::parse(pattern);
  if (!regex) RC_ASSERT(!regex.error().message.empty());
  if (regex) {
    const auto text = fold(pattern + pattern);
    std::size_t last = 0;
    for (const auto& place : regex->find(text, 5)) {
      RC_ASSERT(place.begin >= last && place.end > place.begin && place.end <= text.size());
      last = place.end;
    }
  }
}

}  // namespace
}  // namespace tgpanel::monitor
