#pragma once
// Phrases: what the lower modules report, and words that sentences share.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/errors_common.def"
#undef PHRASE

}  // namespace tgpanel::words
