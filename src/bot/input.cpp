#include "bot/input.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tgpanel::bot {

std::string ascii_digits(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    // U+0660...U+0669 are D9 A0...A9 in UTF-8, U+06F0...U+06F9 are DB B0...B9.
    const bool arabic = lead == 0xD9 && next >= 0xA0 && next <= 0xA9;
    const bool persian = lead == 0xDB && next >= 0xB0 && next <= 0xB9;
    if (arabic || persian) {
      result += static_cast<char>('0' + (next & 0xF));
      ++i;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::optional<int> parse_count(std::string_view text) {
  const std::string digits = ascii_digits(trim(text));
  if (digits.empty() || digits.size() > 9) return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<std::vector<NumberRange>> parse_numbers(std::string_view text) {
  constexpr std::string_view kBetween = ",; \t\n";
  auto left = ascii_digits(text);
  using Spelling = std::pair<std::string_view, std::string_view>;
  for (const auto& [written, meant] : {Spelling{"\u060c", ","}, {"\u061b", ";"}, {"\u2013", "-"}}) {
    for (std::size_t at = 0; (at = left.find(written, at)) != std::string::npos;) {
      left.replace(at, written.size(), meant);
    }
  }
  std::vector<NumberRange> ranges;
  for (auto at = left.find_first_not_of(kBetween); at != std::string::npos;) {
    const auto end = std::min(left.find_first_of(kBetween, at), left.size());
    const auto word = std::string_view(left).substr(at, end - at);
    const auto dash = word.find('-');
    const auto first = parse_count(word.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_count(word.substr(dash + 1));
    if (!first || !last || *last < *first) return std::nullopt;
    ranges.push_back({.first = *first, .last = *last});
    at = left.find_first_not_of(kBetween, end);
  }
  if (ranges.empty()) return std::nullopt;
  return ranges;
}

std::optional<std::size_t> numbered(std::string_view action, char kind) {
  constexpr std::size_t kMaxDigits = 18;
  if (action.size() < 2 || action.size() > kMaxDigits + 1 || action.front() != kind) {
    return std::nullopt;
  }
  std::size_t value = 0;
  const auto [end, error] =
      std::from_chars(action.data() + 1, action.data() + action.size(), value);
  if (error != std::errc{} || end != action.data() + action.size()) return std::nullopt;
  return value;
}

}  // namespace tgpanel::bot
