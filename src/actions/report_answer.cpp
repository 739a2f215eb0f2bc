#include "actions/report_answer.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace tgpanel::actions {

namespace {

// @SpamBot's English texts; clients use the system language `en`. Compared in lower case, with
// plain apostrophes and single spaces.
constexpr std::string_view kClear =
    "good news, no limits are currently applied to your account. you're free as a bird!";

constexpr std::array<std::string_view, 6> kLimited{
    "your account is now limited",
    "unfortunately, your account is now limited",
    "your account is limited",
    "the moderators have confirmed the report and your account is now limited",
    "unfortunately, some phone numbers may trigger a harsh response from our anti-spam systems",
    "unfortunately, some actions can trigger a harsh response from our anti-spam systems",
};

// Followed by a date.
constexpr std::array<std::string_view, 3> kLimitedUntil{
    "your account is now limited until ",
    "unfortunately, your account is now limited until ",
    "your account will be automatically released on ",
};

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\u2019")) {
      out += '\'';
      i += 2;  // three bytes of UTF-8
      continue;
    }
    const char c = text[i];
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return ascii_lower(out);
}

/// A sentence ends at a full stop or a call before white space or the end.
std::vector<std::string_view> sentences(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool mark = text[i] == '.' || text[i] == '!';
    if (!mark || (i + 1 < text.size() && text[i + 1] != ' ')) continue;
    found.push_back(text.substr(begin, i - begin));
    begin = std::min(i + 2, text.size());
  }
  if (begin < text.size()) found.push_back(text.substr(begin));
  return found;
}

std::optional<int> number(std::string_view& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// "20 nov 2026, 11:28 utc"
std::optional<Instant> date(std::string_view text) {
  using namespace std::chrono;
  const auto on_day = number(text);
  if (!on_day || !take(text, " ") || text.size() < 3) return std::nullopt;
  const auto* const name = std::ranges::find(kMonths, text.substr(0, 3));
  if (name == kMonths.end()) return std::nullopt;
  text.remove_prefix(3);
  if (!take(text, " ")) return std::nullopt;
  const auto in_year = number(text);
  if (!in_year || !take(text, ", ")) return std::nullopt;
  const auto hour = number(text);
  if (!hour || !take(text, ":")) return std::nullopt;
  const auto minute = number(text);
  if (!minute || text != " utc") return std::nullopt;
  const auto month_number = static_cast<unsigned>(name - kMonths.begin()) + 1;
  const year_month_day day{year{*in_year}, month{month_number},
                           std::chrono::day{static_cast<unsigned>(*on_day)}};
  if (!day.ok() || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
  return Instant{sys_days{day}.time_since_epoch() + hours{*hour} + minutes{*minute}};
}

}  // namespace

ReportAnswer read_report_answer(std::string_view text) {
  using enum ReportAnswer::Verdict;
  ReportAnswer answer;
  answer.text = text;
  const std::string whole = plain(text);
  if (whole == kClear) {
    answer.verdict = clear;
    return answer;
  }
  for (const auto sentence : sentences(whole)) {
    for (const auto begin : kLimitedUntil) {
      if (!sentence.starts_with(begin)) continue;
      const auto until = date(sentence.substr(begin.size()));
      if (!until) continue;
      answer.verdict = limited;
      answer.until = *until;
      return answer;
    }
    if (std::ranges::find(kLimited, sentence) != kLimited.end()) answer.verdict = limited;
  }
  return answer;
}

}  // namespace tgpanel::actions
