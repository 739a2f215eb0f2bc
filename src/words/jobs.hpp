#pragma once
// Phrases: jobs and their cards.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/jobs.def"
#undef PHRASE

}  // namespace tgpanel::words
