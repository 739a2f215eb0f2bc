#include "cli/since.hpp"

#include "base/text.hpp"

#include <charconv>
#include <optional>
#include <string>

namespace tgpanel::cli {

namespace {

/// Takes exactly `digits` digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Instant> read_ago(std::string_view text, Instant now) {
  if (text.size() < 2 || text.size() > 7) return std::nullopt;
  std::int64_t number = 0;
  const std::string digits(text.substr(0, text.size() - 1));
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc{} || stop != end || number < 0) return std::nullopt;
  switch (text.back()) {
    case 'm':
      return now - std::chrono::minutes{number};
    case 'h':
      return now - std::chrono::hours{number};
    case 'd':
      return now - std::chrono::days{number};
    default:
      return std::nullopt;
  }
}

std::optional<Millis> read_time(std::string_view text) {
  if (text.ends_with('Z') || text.ends_with('z')) text.remove_suffix(1);
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (take(text, ':')) {
    const auto given = take_number(text, 2);
    if (!given || *given > 59) return std::nullopt;
    second = *given;
  }
  if (!text.empty()) return std::nullopt;
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{second};
}

std::optional<Instant> read_date(std::string_view text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  const Instant midnight = std::chrono::sys_days{date};
  if (text.empty()) return midnight;
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  const auto time = read_time(text);
  if (!time) return std::nullopt;
  return midnight + *time;
}

}  // namespace

Result<Instant> parse_since(std::string_view given, Instant now) {
  const auto text = trim(given);
  if (const auto ago = read_ago(text, now)) return *ago;
  if (const auto date = read_date(text)) return *date;
  return fail(Errc::invalid,
              "--since takes a day or an instant in UTC (2026-11-24, 2026-11-24T13:00), or a time "
              "ago (90m, 24h, 7d).");
}

}  // namespace tgpanel::cli
