#include "app/dotenv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tgpanel::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(DotEnv, ReadsEveryFormOfAValue) {
  struct Case {
    std::string_view line;
    std::string_view value;
  };

  constexpr Case kCases[] = {
      {"A=plain", "plain"},
      {"  A = spaced  ", "spaced"},
      {"export A=exported", "exported"},
      {"A=", ""},
      {"A=two words # comment", "two words"},
      {"A=no#comment", "no#comment"},
      {"A=#comment", ""},
      {"A=with=equals", "with=equals"},
      {"A='as it is: $B \\n #'", "as it is: $B \\n #"},
      {R"(A="line\nquote\"back\\slash\$")", "line\nquote\"back\\slash$"},
      {"A='quoted' # comment", "quoted"},
      {"A=\"\"", ""},
      {"A=سلام", "سلام"},
  };
  for (const auto& [line, value] : kCases) {
    const auto parsed = parse_dotenv(line);
    EXPECT_THAT(parsed.problems, IsEmpty()) << line;
    EXPECT_THAT(parsed.values, ElementsAre(Pair("A", value))) << line;
  }
}

TEST(DotEnv, ReadsLinesOfAnySystem) {
  const auto parsed = parse_dotenv("\xEF\xBB\xBF# comment\r\n\r\nA=1\r\nB='2'\r\n  # more\nC=3");
  EXPECT_THAT(parsed.problems, IsEmpty());
  EXPECT_THAT(parsed.values, ElementsAre(Pair("A", "1"), Pair("B", "2"), Pair("C", "3")));
}

TEST(DotEnv, NamesTheLineOfAProblemAndNeverAValue) {
  struct Case {
    std::string_view text;
    std::string_view problem;
  };

  constexpr Case kCases[] = {
      {"A=1\nsecret-in-a-wrong-place", "line 2: NAME=VALUE"},
      {"1A=secret", "line 1: NAME=VALUE"},
      {"=secret", "line 1: NAME=VALUE"},
      {"A B=secret", "line 1: NAME=VALUE"},
      {"A='secret", "line 1: the quotes of A"},
      {"A=\"secret\\\"", "line 1: the quotes of A"},
      {"A='secret' more", "line 1: the quotes of A"},
      {"A=1\n\nA=secret", "line 3: A comes a second time"},
  };
  for (const auto& [text, problem] : kCases) {
    const auto parsed = parse_dotenv(text);
    ASSERT_EQ(parsed.problems.size(), 1U) << text;
    EXPECT_THAT(parsed.problems[0], HasSubstr(std::string(problem)));
    EXPECT_THAT(parsed.problems[0], ::testing::Not(HasSubstr("secret")));
  }
}

TEST(DotEnv, ASecondValueDoesNotReplaceTheFirst) {
  EXPECT_THAT(parse_dotenv("A=1\nA=2").values, ElementsAre(Pair("A", "1")));
}

RC_GTEST_PROP(DotEnv, AnyBytesAreReadWithoutHarm, (const std::string& text)) {
  const auto parsed = parse_dotenv(text);
  for (const auto& [name, value] : parsed.values) RC_ASSERT(!name.empty());
}

}  // namespace
}  // namespace tgpanel::app
