#pragma once
// Phrases: links that lead elsewhere.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/errors_links.def"
#undef PHRASE

}  // namespace tgpanel::words
