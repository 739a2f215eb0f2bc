#pragma once
// Phrases: messages, comments and the people they reach.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/people.def"
#undef PHRASE

}  // namespace tgpanel::words
