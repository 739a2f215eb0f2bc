#pragma once
// The text of a link as people paste it, and its parts.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::actions {

/// `text` as a link has it: without white space and angle brackets around it, without marks that
/// nobody sees (direction, joiners, byte order) anywhere, Persian and Arabic digits as 0 ... 9.
[[nodiscard]] std::string plain_link(std::string_view text);

/// Whether both are the same but for the case of ASCII letters.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);

/// The hosts of Telegram's links, without www.
inline constexpr std::array<std::string_view, 3> kLinkHosts{"t.me", "telegram.me", "telegram.dog"};
[[nodiscard]] bool is_link_host(std::string_view host);

/// Whether Telegram could give this name (without @): 3 to 32 letters, digits and underscores.
[[nodiscard]] bool is_username(std::string_view name);

/// Takes `prefix`, in any letter case, from the front of `text`; false when it is not there.
bool take_prefix(std::string_view& text, std::string_view prefix);

/// Takes what is before the first of `marks` from the front of `text`, and the mark; all of `text`
/// when there is none.
std::string_view take_until(std::string_view& text, std::string_view marks);

/// Of ASCII.
[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A whole number from 1 to `max`, of digits alone.
[[nodiscard]] std::optional<std::int64_t> link_number(std::string_view text, std::int64_t max);

/// The parts between slashes, without empty ones.
[[nodiscard]] std::vector<std::string_view> split_path(std::string_view path);

/// The first value of `key` ("a=1&key=value"); empty when it has none, nothing when it is missing.
[[nodiscard]] std::optional<std::string_view> argument(std::string_view query,
                                                       std::string_view key);

}  // namespace tgpanel::actions
