#pragma once
// What Telegram's links lead to when it is no message: the words for a refusal.

#include "base/sentence.hpp"

#include <string_view>
#include <vector>

namespace tgpanel::actions {

/// What a word that is no chat's name leads to as the first part of a t.me link ("the link of a
/// sticker set"); null when it may be a name.
[[nodiscard]] const Phrase* other_word(std::string_view word);

/// The same for a word after tg:.
[[nodiscard]] const Phrase* other_app_word(std::string_view word);

/// And for a first part with a sign in front: invite links and phone numbers (+), invoices
/// ($).
[[nodiscard]] const Phrase* other_sign(std::string_view part);

/// What a chat's link leads to when its arguments name no message ("a bot's link"); null when it
/// leads to the chat.
[[nodiscard]] const Phrase* other_argument(std::string_view query);

/// What the parts after a chat's name lead to: stories and the like, a bot's app; null when they
/// should be a message.
[[nodiscard]] const Phrase* other_place(std::string_view chat,
                                        const std::vector<std::string_view>& parts);

}  // namespace tgpanel::actions
