#pragma once
// Phrases: actions, by one account or several.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/actions.def"
#undef PHRASE

}  // namespace tgpanel::words
