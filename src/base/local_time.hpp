#pragma once
// Instants as people read them.

#include "base/language.hpp"
#include "base/time.hpp"

#include <string>

namespace tgpanel {

/// "2026-11-24 12:45" in the time zone of this IANA name; empty or unknown: the system's. In
/// Persian by the Persian calendar: "۱۴۰۵/۰۹/۰۳ ۱۲:۴۵". Any thread.
[[nodiscard]] std::string local_time(Language language, Instant instant, const std::string& zone);

/// The last midnight, and the last full hour, on the clock of that zone at or before `instant`. Any
/// thread.
[[nodiscard]] Instant local_day_start(Instant instant, const std::string& zone);
[[nodiscard]] Instant local_hour_start(Instant instant, const std::string& zone);

}  // namespace tgpanel
