#include "monitor/keyword_file.hpp"

#include "monitor/rule_syntax.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tgpanel::monitor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(KeywordFile, ReadsARuleALine) {
  const auto file = read_keyword_file(
      "\xef\xbb\xbf# a comment\r\nred bike\r\n\r\n#\n## more\n#bitcoin\n # no comment\n   \nlast");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->rules, ElementsAre("red bike", "#bitcoin", " # no comment", "last"));
  EXPECT_THAT(file->lines, ElementsAre(2U, 6U, 7U, 9U));
  EXPECT_THAT(read_keyword_file("")->rules, IsEmpty());
}

TEST(KeywordFile, RefusesWhatIsNoText) {
  const auto file = read_keyword_file("good\nb\xff\n");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("Line 2"));
  EXPECT_FALSE(read_keyword_file(std::string("a\0b", 3)));
}

TEST(KeywordFile, WhatIsWrittenIsReadAsTheSame) {
  const std::vector<Keyword> keywords{
      {.id = 1, .text = "red bike"},
      {.id = 2, .text = "re:x", .plain = true},
      {.id = 3, .text = "# tag"},
      {.id = 4, .text = "#tag"},
      {.id = 5, .text = "two\nlines", .plain = true},
      {.id = 6, .text = "# a -b"},
      {.id = 7, .text = "«کتاب» -کهنه"},
  };
  const auto file = read_keyword_file(write_keyword_file(keywords));
  ASSERT_TRUE(file);
  ASSERT_EQ(file->rules.size(), keywords.size());
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    const auto read = parse_rule(file->rules[i]);
    const auto written = rule_of(keywords[i]);
    ASSERT_TRUE(read && written) << file->rules[i];
    EXPECT_EQ(key_of(*read), key_of(*written)) << file->rules[i];
  }
}

}  // namespace
}  // namespace tgpanel::monitor
