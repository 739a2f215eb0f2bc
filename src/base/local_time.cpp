#include "base/local_time.hpp"

#include "base/sentence.hpp"

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdint>
#include <memory>

namespace tgpanel {
namespace {

std::unique_ptr<icu::TimeZone> zone_of(const std::string& zone) {
  if (!zone.empty()) {
    std::unique_ptr<icu::TimeZone> there(
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
    if (*there != icu::TimeZone::getUnknown()) return there;
  }
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createDefault());
}

/// Year, month (from 1), day, hour, minute.
using Parts = std::array<std::int32_t, 5>;

Parts parts_of(Language language, Instant instant, const std::string& zone) {
  UErrorCode status = U_ZERO_ERROR;
  const auto there = zone_of(zone);
  const icu::Locale locale(language == Language::fa ? "fa_IR@calendar=persian"
                                                    : "en_US@calendar=gregorian");
  const std::unique_ptr<icu::Calendar> calendar(
      icu::Calendar::createInstance(*there, locale, status));
  if (U_FAILURE(status) != 0) return {};
  calendar->setTime(static_cast<UDate>(to_unix_ms(instant)), status);
  Parts parts{};
  constexpr std::array kFields{UCAL_EXTENDED_YEAR, UCAL_MONTH, UCAL_DATE, UCAL_HOUR_OF_DAY,
                               UCAL_MINUTE};
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = calendar->get(kFields[i], status);
  ++parts[1];
  return U_FAILURE(status) != 0 ? Parts{} : parts;
}

Millis offset_at(Instant instant, const std::string& zone) {
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t offset = 0;
  std::int32_t daylight = 0;
  const auto moment = static_cast<UDate>(to_unix_ms(instant));
  zone_of(zone)->getOffset(moment, 0, offset, daylight, status);
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

std::string local_time(Language language, Instant instant, const std::string& zone) {
  const auto [year, month, day, hour, minute] = parts_of(language, instant, zone);
  if (language == Language::en) {
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", year, month, day, hour, minute);
  }
  const auto two = [language](std::int32_t n) {
    return (n < 10 ? digits(language, 0) : std::string()) + digits(language, n);
  };
  return fmt::format("{}/{}/{} {}:{}", digits(language, year), two(month), two(day), two(hour),
                     two(minute));
}

Instant local_day_start(Instant instant, const std::string& zone) {
  return start_of<std::chrono::days>(instant, zone);
}

Instant local_hour_start(Instant instant, const std::string& zone) {
  return start_of<std::chrono::hours>(instant, zone);
}

}  // namespace tgpanel
