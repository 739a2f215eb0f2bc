#pragma once
// Phrases: what is wrong with a rule or the ignore list.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/errors_monitor.def"
#undef PHRASE

}  // namespace tgpanel::words
