#pragma once
// Phrases: Settings.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/settings.def"
#undef PHRASE

}  // namespace tgpanel::words
