#include "monitor/matcher.hpp"

#include "monitor/fold.hpp"
#include "monitor/rule_syntax.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <stop_token>
#include <string>
#include <vector>

namespace tgpanel::monitor {
namespace {

std::shared_ptr<const Matcher> matcher(const std::vector<std::string>& texts) {
  std::vector<Keyword> keywords;
  for (const auto& text : texts) {
    keywords.push_back({.id = static_cast<KeywordId>(keywords.size()) + 1, .text = text});
  }
  auto built = Matcher::build(keywords);
  EXPECT_TRUE(built) << built.error().message;
  return built ? *built : nullptr;
}

std::vector<std::pair<int, int>> spans(const Match& match) {
  std::vector<std::pair<int, int>> result;
  for (const auto& mark : match.marks) result.emplace_back(mark.offset, mark.length);
  return result;
}

using Spans = std::vector<std::pair<int, int>>;

TEST(KeywordRule, RefusesWhatCannotBeMatched) {
  for (const std::string text : {"", "   ", "\u200c", "...", "😀", "- / -"}) {
    const auto folded = fold_keyword(text);
    ASSERT_FALSE(folded) << text;
    EXPECT_EQ(folded.error().code, Errc::invalid);
    EXPECT_NE(folded.error().message.find("Send a word"), std::string::npos);
  }
}

TEST(KeywordRule, CountsCharactersNotBytes) {
  std::string text;
  for (std::size_t i = 0; i < kKeywordLimit; ++i) text += "س";
  EXPECT_TRUE(fold_keyword(text));
  const auto longer = fold_keyword(text + "س");
  ASSERT_FALSE(longer);
  EXPECT_NE(longer.error().message.find("201"), std::string::npos);
}

TEST(Matcher, WithoutKeywordsNothingMatches) {
  EXPECT_FALSE(matcher({})->match("anything"));
}

TEST(Matcher, FindsAPartOfAWordInAnyCase) {
  const auto match = matcher({"Coin"})->match("BitCOINs");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->keyword.text, "Coin");
  EXPECT_EQ(spans(*match), (Spans{{3, 4}}));
}

TEST(Matcher, TheFirstKeywordWins) {
  const auto match = matcher({"zebra", "cat", "dog"})->match("dog, then cat");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->keyword.id, 2);
}

TEST(Matcher, ReadsPunctuationLiterally) {
  const auto all = std::string(R"(a\^$.|?*+()[]{}/-#&~!"%',:;<=>@_`b)");
  EXPECT_TRUE(matcher({all})->match("x " + all + " y"));
  EXPECT_FALSE(matcher({"a.b"})->match("axb"));
  EXPECT_FALSE(matcher({"a*"})->match("aaa"));
  EXPECT_TRUE(matcher({"c++ (2)"})->match("about C++ (2)!"));
  EXPECT_FALSE(matcher({R"(\d)"})->match("5"));
}

TEST(Matcher, PersianSpellings) {
  const auto rules = matcher({"می‌خواهم", "كتاب ۱۲"});
  const auto half_space = rules->match("من ميخواهم");
  ASSERT_TRUE(half_space);
  EXPECT_EQ(spans(*half_space), (Spans{{3, 7}}));
  EXPECT_TRUE(rules->match("کتاب 12 را"));
  EXPECT_TRUE(rules->match("کِتــاب\u00a0١٢"));
  EXPECT_FALSE(rules->match("کتاب 2 1"));
}

TEST(Matcher, MarksEveryPlaceInUtf16Units) {
  const auto match = matcher({"ab"})->match("😀ab \u200bA\u200cB abab");
  ASSERT_TRUE(match);
  EXPECT_EQ(spans(*match), (Spans{{2, 2}, {6, 3}, {10, 2}, {12, 2}}));
}

TEST(Matcher, MarksAnExpandedLetterOnce) {
  const auto match = matcher({"s"})->match("aßs");
  ASSERT_TRUE(match);
  EXPECT_EQ(spans(*match), (Spans{{1, 1}, {2, 1}}));
}

TEST(Matcher, TakesAnyBytes) {
  const auto rules = matcher({"ab"});
  EXPECT_TRUE(rules->match(std::string("\xff\xfe") + "ab" + std::string("\0x", 2)));
  EXPECT_FALSE(rules->match(std::string(100'000, 'x')));
}

TEST(Matcher, WholeWords) {
  const auto rules = matcher({"\"cat\""});
  EXPECT_FALSE(rules->match("cats scatter"));
  const auto match = rules->match("scat, a Cat!");
  ASSERT_TRUE(match);
  EXPECT_EQ(spans(*match), (Spans{{8, 3}}));
}

TEST(Matcher, ExclusionsOfARule) {
  const auto rules = matcher({"price -used", "bike"});
  EXPECT_EQ(rules->match("the price of a bike")->keyword.id, 1);
  EXPECT_EQ(rules->match("the price of a USED bike")->keyword.id, 2);
  EXPECT_FALSE(rules->match("the price, unused"));
  EXPECT_TRUE(matcher({"price -\"used\""})->match("the price, unused"));
}

TEST(Matcher, AnExclusionForAllRules) {
  const auto rules = matcher({"price", "-scam", "bike"});
  EXPECT_TRUE(rules->match("a price"));
  EXPECT_FALSE(rules->match("a price, a bike, a SCAM"));
  EXPECT_FALSE(rules->match("a scam"));
  EXPECT_FALSE(matcher({"-scam"})->match("anything"));
  // In another part than the rule that is met.
  std::vector<Keyword> keywords{{.id = 1, .text = "price"}, {.id = 2, .text = "-scam"}};
  const auto parts = Matcher::build(keywords, {.stop = {}, .part = 1});
  ASSERT_TRUE(parts);
  EXPECT_TRUE((*parts)->match("price"));
  EXPECT_FALSE((*parts)->match("price scam"));
}

TEST(Matcher, SeveralPiecesMustAllBeThere) {
  const auto rules = matcher({"buy \"car\""});
  EXPECT_FALSE(rules->match("buy a cart"));
  const auto match = rules->match("a car to buy");
  ASSERT_TRUE(match);
  EXPECT_EQ(spans(*match), (Spans{{2, 3}, {9, 3}}));
}

TEST(Matcher, RegularExpressions) {
  const auto rules = matcher({"re:\\bpri(c|z)es?\\b", "re:[۰-۹]{3} تومان"});
  EXPECT_FALSE(rules->match("priced, prizers"));
  const auto match = rules->match("PRICES and prize");
  ASSERT_TRUE(match);
  EXPECT_EQ(spans(*match), (Spans{{0, 6}, {11, 5}}));
  const auto persian = rules->match("فقط ۱۲۳ تومان");
  ASSERT_TRUE(persian);
  EXPECT_EQ(persian->keyword.id, 2);
  EXPECT_EQ(spans(*persian), (Spans{{4, 9}}));
  EXPECT_FALSE(rules->match("فقط ۱۲ تومان"));
}

TEST(Matcher, AnOldKeywordIsPlain) {
  const std::vector<Keyword> keywords{{.id = 1, .text = "re:a+", .plain = true}};
  const auto rules = Matcher::build(keywords);
  ASSERT_TRUE(rules);
  EXPECT_TRUE((*rules)->match("Re:A+"));
  EXPECT_FALSE((*rules)->match("re:aa"));
}

TEST(Matcher, WhatIsNoRuleAnyMoreMatchesNothing) {
  const auto rules = matcher({"re:(", "coin"});
  EXPECT_TRUE(rules->match("coin"));
  EXPECT_FALSE(rules->match("re:("));
}

// Every expression that is read is taken by Vectorscan, whose filter misses nothing.
RC_GTEST_PROP(MatcherProperty, FindsWhatTheExpressionFinds, ()) {
  const auto atom =
      rc::gen::element<std::string>("a", "ß", "[^a]", "(a|bc)", ".", "\\w", "\\W", "\\d", "\\S",
                                    "ی", "[ي-ی]", "\\b", "[\\Wa]", "[^\\w]");
  const auto times = rc::gen::element<std::string>("", "", "", "*", "+", "?", "{7}", "{3,9}");
  std::string pattern;
  for (int left = *rc::gen::inRange(1, 6); left > 0; --left) {
    const auto next = *atom;
    pattern += next == "\\b" ? next : next + *times;
  }
  const auto letter =
      rc::gen::element<std::string>("a", "b", "C", "ß", "ي", " ", "7", "!", "é", "😀");
  std::string text;
  for (const auto& each : *rc::gen::container<std::vector<std::string>>(letter)) text += each;
  const auto regex = Regex::parse(pattern);
  if (!regex) RC_DISCARD("met by an empty text");
  const std::vector<std::string> filters{regex->filter()};
  const auto errors = check_filters(filters);
  RC_ASSERT(!errors.front().has_value());
  const bool expected = !regex->find(fold(text), 1).empty();
  RC_ASSERT(matcher({"re:" + pattern})->match(text).has_value() == expected);
}

TEST(CheckFilters, TheLargestExpressionsAreTakenInTime) {
  std::vector<std::string> filters;
  for (const std::string pattern :
       {"(a{1,20}b{1,20}){1,4}", ".{100}a.{100}b.{100}c", "(\\w{1,20}\\s){1,10}x",
        "([a-y]{1,20}|\\d+[^x]{2,40}){1,4}z", "(a|b|c|d|e|f){40}g", "(.*a){30}",
        "\\w+\\s\\w+\\s\\w+\\s\\w+\\s\\w+\\s\\d+"}) {
    const auto regex = Regex::parse(pattern);
    ASSERT_TRUE(regex) << pattern << ": " << regex.error().message;
    filters.push_back(regex->filter());
  }
  const auto errors = check_filters(filters);
  ASSERT_EQ(errors.size(), filters.size());
  for (std::size_t i = 0; i < errors.size(); ++i) {
    EXPECT_FALSE(errors[i]) << filters[i] << ": " << errors[i]->message;
  }
}

TEST(CheckFilters, SaysWhatVectorscanRefuses) {
  std::stop_source source;
  const std::vector<std::string> filters{"a", "(?=a)b"};
  const auto errors = check_filters(filters, source.get_token());
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_FALSE(errors[0]);
  ASSERT_TRUE(errors[1]);
  EXPECT_EQ(errors[1]->code, Errc::invalid);
  source.request_stop();
  EXPECT_EQ(check_filters(filters, source.get_token())[0]->code, Errc::cancelled);
}

TEST(Matcher, AnEndAskedForEndsABuild) {
  const std::vector<Keyword> keywords{{.id = 1, .text = "coin"}};
  std::stop_source source;
  source.request_stop();
  const auto built = Matcher::build(keywords, {.stop = source.get_token()});
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().code, Errc::cancelled);
}

// Words come and go; what was compiled before is used again in parts, and finds the same.
RC_GTEST_PROP(MatcherProperty, BuiltInStepsEqualsBuiltAtOnce, ()) {
  std::vector<Keyword> keywords;
  std::shared_ptr<const Matcher> matcher;
  KeywordId last = 0;
  const auto steps = *rc::gen::inRange(1, 8);
  for (int step = 0; step < steps; ++step) {
    const auto added = *rc::gen::inRange(0, 5);
    for (int i = 0; i < added; ++i) {
      ++last;
      keywords.push_back({.id = last, .text = "w" + std::to_string(last) + "x"});
    }
    std::erase_if(keywords, [](const Keyword&) { return *rc::gen::inRange(0, 4) == 0; });
    const auto built = Matcher::build(keywords, {.previous = matcher.get(), .stop = {}, .part = 3});
    RC_ASSERT(built.has_value());
    matcher = *built;
    for (KeywordId id = 1; id <= last; ++id) {
      const auto found = matcher->match("a W" + std::to_string(id) + "X b");
      const bool listed = std::ranges::find(keywords, id, &Keyword::id) != keywords.end();
      RC_ASSERT(found.has_value() == listed);
      if (found) RC_ASSERT(found->keyword.id == id);
    }
  }
}

RC_GTEST_PROP(MatcherProperty, EqualsAPlainSearchInFoldedText, ()) {
  const auto letters =
      rc::gen::container<std::string>(rc::gen::element('a', 'b', 'A', ' ', '.', '+', '\\', '1'));
  const auto text = *letters;
  const auto keyword = *rc::gen::suchThat(rc::gen::scale(0.1, letters), [](const auto& word) {
    return fold_keyword(word).has_value();
  });
  const auto built =
      Matcher::build(std::vector<Keyword>{{.id = 1, .text = keyword, .plain = true}});
  RC_ASSERT(built.has_value());
  const bool found = fold(text).find(*fold_keyword(keyword)) != std::string::npos;
  const auto match = (*built)->match(text);
  RC_ASSERT(match.has_value() == found);
  if (match) RC_ASSERT(!match->marks.empty());
}

}  // namespace
}  // namespace tgpanel::monitor
