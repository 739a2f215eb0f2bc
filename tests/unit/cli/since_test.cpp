#include "cli/since.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tgpanel::cli {
namespace {

constexpr Instant kNow = from_unix_ms(1'800'000'000'000);  // 2027-01-15T08:00:00Z

std::int64_t ms(std::string_view text) {
  const auto parsed = parse_since(text, kNow);
  return parsed ? to_unix_ms(*parsed) : -1;
}

TEST(Since, DaysAndInstantsAreUtc) {
  EXPECT_EQ(ms("2027-01-15"), 1'799'971'200'000);
  EXPECT_EQ(ms("2027-01-15T08:00"), 1'800'000'000'000);
  EXPECT_EQ(ms("2027-01-15 08:00:05Z"), 1'800'000'005'000);
  EXPECT_EQ(ms(" 1970-01-01 "), 0);
}

TEST(Since, TimesAgo) {
  EXPECT_EQ(ms("90m"), 1'800'000'000'000 - 90 * 60'000LL);
  EXPECT_EQ(ms("24h"), 1'800'000'000'000 - 86'400'000LL);
  EXPECT_EQ(ms("7d"), 1'800'000'000'000 - 7 * 86'400'000LL);
}

TEST(Since, EverythingElseIsRefusedWithExamples) {
  const std::string long_text(4'096, '9');
  for (const std::string_view bad :
       {std::string_view(""), std::string_view("yesterday"), std::string_view("2027-02-30"),
        std::string_view("2027-1-5"), std::string_view("2027-01-15T24:00"),
        std::string_view("2027-01-15T08:00:00+03"), std::string_view("d"), std::string_view("-1d"),
        std::string_view("99999999999d"), std::string_view("😀"), std::string_view(long_text)}) {
    const auto parsed = parse_since(bad, kNow);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().code, Errc::invalid);
    EXPECT_NE(parsed.error().message.find("24h"), std::string::npos);
  }
}

}  // namespace
}  // namespace tgpanel::cli
