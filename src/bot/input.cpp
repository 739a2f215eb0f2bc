#include "bot/input.hpp"

#include "base/text.hpp"

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

std::optional<std::string> parse_phone(std::string_view text) {
  std::string digits;
  for (const char c : ascii_digits(trim(text))) {
    if (c == ' ' || c == '-' || c == '.' || c == '(' || c == ')') continue;
    if (c == '+' && digits.empty()) {
      digits = "+";
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    digits += c;
  }
  if (digits.starts_with("00")) digits = "+" + digits.substr(2);
  if (!digits.starts_with('+')) digits = "+" + digits;
  const std::size_t count = digits.size() - 1;
  if (count < 7 || count > 15 || digits[1] == '0') return std::nullopt;
  return digits;
}

}  // namespace tgpanel::bot
