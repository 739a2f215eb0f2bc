#pragma once
// Phrases: the menus.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/menus.def"
#undef PHRASE

}  // namespace tgpanel::words
