#pragma once
// Phrases: what stops an action.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/errors_actions.def"
#undef PHRASE

}  // namespace tgpanel::words
