#pragma once
// Phones and usernames as people write them, brought to one form.

#include <string>
#include <string_view>

namespace testdc {

/// The digits of a phone number.
[[nodiscard]] std::string digits(std::string_view phone);
/// Without a leading @.
[[nodiscard]] std::string_view bare_username(std::string_view username);
/// Telegram ignores case in usernames. Empty names never match.
[[nodiscard]] bool same_username(std::string_view one, std::string_view other);
/// ASCII letters in lower case.
[[nodiscard]] std::string lower(std::string_view text);

}  // namespace testdc
