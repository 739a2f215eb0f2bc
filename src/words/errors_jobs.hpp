#pragma once
// Phrases: what stops jobs, and what people should know of them.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/errors_jobs.def"
#undef PHRASE

}  // namespace tgpanel::words
