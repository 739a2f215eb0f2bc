#pragma once
// Sentences of the panel beside words of the bot.

#include "base/sentence.hpp"

#include <cstdint>
#include <string>

namespace tgpanel::bot {

/// The sentence in a language, with at most `units` UTF-16 units. Words that nobody translates keep
/// their own direction.
[[nodiscard]] std::string told(Language language, const Sentence& sentence,
                               std::int32_t units = 4096);

}  // namespace tgpanel::bot
