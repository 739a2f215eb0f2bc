#include "base/local_time.hpp"

#include <gtest/gtest.h>

namespace tgpanel {
namespace {

TEST(LocalTime, IsThatOfTheZone) {
  const Instant winter = from_unix_ms(1'795'520'700'000);  // 2026-11-24 11:45 UTC
  EXPECT_EQ(local_time(Language::en, winter, "UTC"), "2026-11-24 11:45");
  EXPECT_EQ(local_time(Language::en, winter, "Asia/Tehran"), "2026-11-24 15:15");
  EXPECT_EQ(local_time(Language::en, winter, "Europe/Berlin"), "2026-11-24 12:45");
  const Instant summer = winter - std::chrono::days(130);
  EXPECT_EQ(local_time(Language::en, summer, "Europe/Berlin"), "2026-07-17 13:45");
  EXPECT_EQ(local_time(Language::en, from_unix_ms(-1), "UTC"), "1969-12-31 23:59");
  EXPECT_FALSE(local_time(Language::en, winter, "No/Where").empty());
}

TEST(LocalTime, InPersianIsByThePersianCalendar) {
  const Instant winter = from_unix_ms(1'795'520'700'000);  // 2026-11-24 11:45 UTC
  EXPECT_EQ(local_time(Language::fa, winter, "UTC"), "۱۴۰۵/۰۹/۰۳ ۱۱:۴۵");
  EXPECT_EQ(local_time(Language::fa, winter, "Asia/Tehran"), "۱۴۰۵/۰۹/۰۳ ۱۵:۱۵");
  const Instant new_year = from_unix_ms(1'774'049'400'000);  // 2026-03-20 23:30 UTC
  EXPECT_EQ(local_time(Language::fa, new_year, "UTC"), "۱۴۰۴/۱۲/۲۹ ۲۳:۳۰");
  EXPECT_EQ(local_time(Language::fa, new_year, "Asia/Tehran"), "۱۴۰۵/۰۱/۰۱ ۰۳:۰۰");
}

TEST(LocalTime, DaysAndHoursBeginByTheClockOfTheZone) {
  const Instant noon = from_unix_ms(1'795'520'700'000);  // 2026-11-24 11:45 UTC
  EXPECT_EQ(local_time(Language::en, local_day_start(noon, "UTC"), "UTC"), "2026-11-24 00:00");
  EXPECT_EQ(local_time(Language::en, local_day_start(noon, "Asia/Tehran"), "Asia/Tehran"),
            "2026-11-24 00:00");
  EXPECT_EQ(local_time(Language::en, local_hour_start(noon, "Asia/Tehran"), "Asia/Tehran"),
            "2026-11-24 15:00");
  EXPECT_EQ(local_time(Language::en, local_hour_start(noon, "Asia/Tehran"), "UTC"),
            "2026-11-24 11:30");
  // Summer time ended at 03:00 on 2026-10-25 in Berlin: that day had begun with another offset.
  const Instant after = from_unix_ms(1'792'926'000'000);  // 2026-10-25 11:00 UTC
  EXPECT_EQ(local_time(Language::en, local_day_start(after, "Europe/Berlin"), "Europe/Berlin"),
            "2026-10-25 00:00");
  EXPECT_EQ(local_day_start(local_day_start(noon, "UTC"), "UTC"), local_day_start(noon, "UTC"));
}

}  // namespace
}  // namespace tgpanel
