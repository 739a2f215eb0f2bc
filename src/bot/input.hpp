#pragma once
// What admins type, cleaned and judged. Pure.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

/// Persian and Arabic digits become 0-9; everything else stays.
[[nodiscard]] std::string ascii_digits(std::string_view text);

/// A whole number from 1 to 9 digits in any of these digits; nothing otherwise.
[[nodiscard]] std::optional<int> parse_count(std::string_view text);

/// One number, or all from the first to the last.
struct NumberRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// "1, 4, 7-9" in any of these digits, between commas, semicolons or spaces: each number and range
/// as it was written, of numbers of 1 to 9 digits. Nothing when the text has another form, is empty
/// or a range ends before it begins.
[[nodiscard]] std::optional<std::vector<NumberRange>> parse_numbers(std::string_view text);

/// The number after a letter in the action of a button ("t12"): at most 18 digits. Nothing when it
/// has another form.
[[nodiscard]] std::optional<std::size_t> numbered(std::string_view action, char kind);

}  // namespace tgpanel::bot
