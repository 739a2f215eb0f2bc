#pragma once
// Phrases: Show stats.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/statistics.def"
#undef PHRASE

}  // namespace tgpanel::words
