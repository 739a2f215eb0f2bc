#include "monitor/rule_syntax.hpp"

#include "monitor/fold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace tgpanel::monitor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Rule read(std::string_view line) {
  auto rule = parse_rule(line);
  EXPECT_TRUE(rule) << line << ": " << rule.error().message;
  return rule ? std::move(*rule) : Rule{};
}

std::string refusal(std::string_view line) {
  const auto rule = parse_rule(line);
  EXPECT_FALSE(rule) << line;
  return rule ? std::string() : rule.error().message;
}

TEST(RuleSyntax, PlainWordsAreOnePhrase) {
  const auto rule = read("  Red   Bicycle ");
  EXPECT_THAT(rule.all, ElementsAre(Term{"red bicycle", false}));
  EXPECT_TRUE(rule.is_literal());
  EXPECT_EQ(key_of(rule), "red bicycle");
  EXPECT_EQ(rule.kind, RuleKind::words);
}

TEST(RuleSyntax, QuotesAskForWholeWords) {
  for (const std::string line : {"\"Red Car\"", "“red car”", "«red car»", "„red car“"}) {
    const auto rule = read(line);
    EXPECT_THAT(rule.all, ElementsAre(Term{"red car", true})) << line;
    EXPECT_EQ(rule.kind, RuleKind::whole_words);
  }
  EXPECT_THAT(read("5\" pipe").all, ElementsAre(Term{"5\" pipe", false}));
}

TEST(RuleSyntax, AMinusExcludes) {
  const auto rule = read("price list -used −\"old car\"");
  EXPECT_THAT(rule.all, ElementsAre(Term{"price list", false}));
  EXPECT_THAT(rule.none, ElementsAre(Term{"used", false}, Term{"old car", true}));
  EXPECT_THAT(read("e-mail x - y").all, ElementsAre(Term{"e-mail x - y", false}));
}

TEST(RuleSyntax, AloneAMinusExcludesForAllRules) {
  const auto rule = read("-Scam");
  EXPECT_EQ(rule.kind, RuleKind::exclusion);
  EXPECT_THAT(rule.all, IsEmpty());
  EXPECT_THAT(rule.none, ElementsAre(Term{"scam", false}));
  EXPECT_THAT(refusal("-scam -fraud"), HasSubstr("a line of its own"));
}

TEST(RuleSyntax, ABackslashTakesTheRestAsItStands) {
  EXPECT_THAT(read("\\re:abc").all, ElementsAre(Term{"re:abc", false}));
  EXPECT_THAT(read("\\-5 \"").all, ElementsAre(Term{"-5 \"", false}));
  EXPECT_TRUE(read("\\-x").is_literal());
}

TEST(RuleSyntax, ReadsRegularExpressions) {
  EXPECT_EQ(read("re:a+b").kind, RuleKind::regex);
  EXPECT_TRUE(read("Re: a+b").regex);  // telephones begin a line with a capital
  EXPECT_EQ(key_of(read("re:A+b")), key_of(read("re:a+B")));
  EXPECT_NE(key_of(read("re:ab")), key_of(read("ab")));
  EXPECT_THAT(refusal("re:"), HasSubstr("is expected"));
  EXPECT_THAT(refusal("re:(a"), HasSubstr("Add “)”"));
}

TEST(RuleSyntax, SaysWhatIsWrong) {
  EXPECT_THAT(refusal(""), HasSubstr("empty"));
  EXPECT_THAT(refusal("👍"), HasSubstr("no letter and no digit"));
  EXPECT_THAT(refusal("\"open"), HasSubstr("not closed"));
  EXPECT_THAT(refusal("price \"!\""), HasSubstr("“!” in this line"));
  EXPECT_THAT(refusal("price -👍"), HasSubstr("“👍” in this line"));
  EXPECT_THAT(refusal(std::string(201, 'a')), HasSubstr("201 characters"));
  EXPECT_THAT(refusal(std::string(4096, '"')), HasSubstr("4096 characters"));
}

TEST(RuleSyntax, OldKeywordsStayPlain) {
  for (const std::string text : {"re:abc", "\"quoted", "-minus", "\\slash", "a -b"}) {
    const Keyword old{.id = 1, .text = text, .plain = true};
    const auto rule = rule_of(old);
    ASSERT_TRUE(rule) << text;
    EXPECT_TRUE(rule->is_literal()) << text;
    EXPECT_EQ(rule->all.front().folded, fold(text));
    EXPECT_EQ(key_of(read(line_of(old))), key_of(*rule)) << text;
  }
  EXPECT_EQ(line_of({.id = 1, .text = "two\nlines", .plain = true}), "two lines");
}

TEST(RuleSyntax, WholeWordsEndWhereLettersEnd) {
  const auto places = [](const Term& term, std::string_view text) {
    std::vector<std::size_t> begins;
    for (const auto& place : find_term(term, text, 10)) begins.push_back(place.begin);
    return begins;
  };
  EXPECT_THAT(places({"cat", true}, "cats cat, scat #cat_cat"), ElementsAre(5, 16, 20));
  EXPECT_THAT(places({"cat", false}, "cats cat"), ElementsAre(0, 5));
  EXPECT_THAT(places({"c++", true}, "c++11 ac++ c++"), ElementsAre(0, 11));
  EXPECT_THAT(places({"کتاب", true}, fold("کتابها")), IsEmpty());
  EXPECT_THAT(places({"کتاب", true}, fold("«کتاب»")), ElementsAre(2));
}

RC_GTEST_PROP(RuleSyntaxProperty, ALineReadsBackToTheSame, ()) {
  const auto piece = rc::gen::element<std::string>("red", "\"big car\"", "-used", "-\"a b\"", "«ب»",
                                                   "re:", "\\", " ", "x\"y", "-", "Ünï", "#");
  std::string line;
  const auto pieces = *rc::gen::inRange(1, 7);
  for (int i = 0; i < pieces; ++i) line += *piece + (*rc::gen::inRange(0, 4) == 0 ? "" : " ");
  const Keyword keyword{.id = 1, .text = line, .plain = *rc::gen::arbitrary<bool>()};
  const auto rule = rule_of(keyword);
  if (!rule) {
    RC_ASSERT(!rule.error().message.empty());
    return;
  }
  const auto again = parse_rule(line_of(keyword));
  RC_ASSERT(again.has_value());
  RC_ASSERT(key_of(*again) == key_of(*rule));
}

RC_GTEST_PROP(RuleSyntaxProperty, TakesAnyBytes, (const std::string& line)) {
  const auto rule = parse_rule(line);
  if (!rule) RC_ASSERT(!rule.error().message.empty());
}

}  // namespace
}  // namespace tgpanel::monitor
