#include "bot/input.hpp"

#include "base/text.hpp"

#include <unicode/utf8.h>

#include <cstdint>

namespace tgpanel::bot {
std::string ascii_digits(std::string_view text) {
  std::string result;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    const std::int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    if ((c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9)) {
      result += static_cast<char>('0' + (c & 0xF));
    } else {
      result += text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
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
