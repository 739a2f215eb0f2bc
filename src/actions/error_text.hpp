#pragma once
// Sentences for people, from Telegram's and TDLib's error strings.

#include "base/result.hpp"

#include <string_view>

namespace tgpanel::actions {

/// The sentence for a whole error string ("CHANNEL_PRIVATE", "Message not found"); null when the
/// table does not know it. Compared for equality, never by words in a text.
[[nodiscard]] const Phrase* phrase_of(std::string_view error);

/// What went wrong and what to do, for any error of an action. An unknown error string is quoted.
[[nodiscard]] Sentence explain(const Error& error);

}  // namespace tgpanel::actions
