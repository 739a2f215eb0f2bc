#pragma once
// What admins type, cleaned and judged. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::bot {

/// Persian and Arabic digits become 0-9; everything else stays.
[[nodiscard]] std::string ascii_digits(std::string_view text);

/// A whole number from 1 to 9 digits in any of these digits; nothing otherwise.
[[nodiscard]] std::optional<int> parse_count(std::string_view text);

/// A phone number in international form: "+", then 7 to 15 digits. Spaces, dashes, dots and
/// brackets are dropped; "00" in front reads as "+". Nothing when it is none.
[[nodiscard]] std::optional<std::string> parse_phone(std::string_view text);

}  // namespace tgpanel::bot
