#include "bot/input.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tgpanel::bot {
namespace {

TEST(Input, ReadsCountsInAnyDigits) {
  EXPECT_EQ(parse_count("12"), 12);
  EXPECT_EQ(parse_count("  7 "), 7);
  EXPECT_EQ(parse_count("۱۲"), 12);
  EXPECT_EQ(parse_count("٣"), 3);
  for (const char* bad : {"", " ", "-1", "1.5", "²", "five", "12a", "1234567890", "👍"}) {
    EXPECT_EQ(parse_count(bad), std::nullopt) << bad;
  }
}

TEST(Input, KnowsACommandThatStandsAlone) {
  for (const char* command : {"/help", " /help ", "/start@panel_bot", "/a1_b"}) {
    EXPECT_TRUE(is_command(command)) << command;
  }
  for (const char* other : {"", "/", "help", "/buy now", "50/50", "/خرید", "//x", "/a-b"}) {
    EXPECT_FALSE(is_command(other)) << other;
  }
}

TEST(Input, OtherTextKeepsItsBytes) {
  rc::check([](const std::string& text) {
    const auto out = ascii_digits(text);
    RC_ASSERT(out.size() <= text.size());
    RC_ASSERT(ascii_digits(out) == out);
  });
}

}  // namespace
}  // namespace tgpanel::bot
