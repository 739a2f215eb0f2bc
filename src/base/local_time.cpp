#include "base/local_time.hpp"

#include <fmt/core.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <memory>

namespace tgpanel {

namespace {

Millis offset_at(Instant instant, const std::string& zone) {
  std::unique_ptr<icu::TimeZone> there;
  if (!zone.empty()) {
    there.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
    if (*there == icu::TimeZone::getUnknown()) there.reset();
  }
  if (!there) there.reset(icu::TimeZone::createDefault());
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t offset = 0;
  std::int32_t daylight = 0;
  const auto moment = static_cast<UDate>(to_unix_ms(instant));
  there->getOffset(moment, 0, offset, daylight, status);
  if (U_FAILURE(status) != 0) return {};
  return Millis{offset} + Millis{daylight};
}

template <class Unit>
Instant start_of(Instant instant, const std::string& zone) {
  const Millis now = offset_at(instant, zone);
  const Instant start = std::chrono::floor<Unit>(instant + now) - now;
  // The clock may have been changed in between: then the start has another offset.
  const Instant other = start + now - offset_at(start, zone);
  return other <= instant ? other : start;
}

}  // namespace

std::string local_time(Instant instant, const std::string& zone) {
  const auto shown = instant + offset_at(instant, zone);
  const auto day = std::chrono::floor<std::chrono::days>(shown);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(shown - day);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count());
}

Instant local_day_start(Instant instant, const std::string& zone) {
  return start_of<std::chrono::days>(instant, zone);
}

Instant local_hour_start(Instant instant, const std::string& zone) {
  return start_of<std::chrono::hours>(instant, zone);
}

}  // namespace tgpanel
