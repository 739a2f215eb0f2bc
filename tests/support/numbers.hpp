#pragma once
// Looking for a number in a text full of other numbers: logs hold times and ids by the dozen.

#include <cctype>
#include <string_view>

namespace support {

/// True when `text` has these digits as a number of their own, not within a longer one (the code
/// 24680 is no part of the time 1795524680).
[[nodiscard]] inline bool has_number(std::string_view text, std::string_view digits) {
  const auto is_digit = [&](std::size_t at) {
    return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0;
  };
  for (auto at = text.find(digits); at != std::string_view::npos; at = text.find(digits, at + 1)) {
    if ((at == 0 || !is_digit(at - 1)) && !is_digit(at + digits.size())) return true;
  }
  return false;
}

}  // namespace support
