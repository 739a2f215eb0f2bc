#pragma once
// What Telegram's links lead to when it is no message: the words for a refusal.

#include <optional>
#include <string_view>
#include <vector>

namespace tgpanel::actions {

/// What a word that is no chat's name leads to as the first part of a t.me link ("the link of a
/// sticker set"); nothing when it may be a name.
[[nodiscard]] std::optional<std::string_view> other_word(std::string_view word);

/// The same for a word after tg:.
[[nodiscard]] std::optional<std::string_view> other_app_word(std::string_view word);

/// And for a first part with a sign in front: invite links and phone numbers (+), invoices
/// ($).
[[nodiscard]] std::optional<std::string_view> other_sign(std::string_view part);

/// What a chat's link leads to when its arguments name no message ("a bot's link"); nothing when it
/// leads to the chat.
[[nodiscard]] std::optional<std::string_view> other_argument(std::string_view query);

/// What the parts after a chat's name lead to: stories and the like, a bot's app; nothing when they
/// should be a message.
[[nodiscard]] std::optional<std::string_view> other_place(
    std::string_view chat, const std::vector<std::string_view>& parts);

}  // namespace tgpanel::actions
