#pragma once
// Phrases: what keeps the panel from doing what was asked.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/errors_panel.def"
#undef PHRASE

}  // namespace tgpanel::words
