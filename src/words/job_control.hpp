#pragma once
// Phrases: what admins do with jobs, and how jobs answer.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/job_control.def"
#undef PHRASE

}  // namespace tgpanel::words
