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

TEST(Input, ReadsPhoneNumbers) {
  EXPECT_EQ(parse_phone("+1 (202) 555-0123"), "+12025550123");
  EXPECT_EQ(parse_phone("0098 912 123 4567"), "+989121234567");
  EXPECT_EQ(parse_phone("989121234567"), "+989121234567");
  EXPECT_EQ(parse_phone("+۹۸۹۱۲۱۲۳۴۵۶۷"), "+989121234567");
  for (const char* bad : {"", "+", "hello", "/phone", "+12", "09121234567", "+1234567890123456",
                          "+1+2025550123", "👍", "+1202555x123"}) {
    EXPECT_EQ(parse_phone(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(parse_phone(std::string(4096, '1')), std::nullopt);
}

TEST(Input, APhoneIsAlwaysPlusAndSevenToFifteenDigits) {
  rc::check([](const std::string& text) {
    const auto phone = parse_phone(text);
    if (!phone) return;
    RC_ASSERT(phone->front() == '+');
    RC_ASSERT(phone->size() >= 8U && phone->size() <= 16U);
  });
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
