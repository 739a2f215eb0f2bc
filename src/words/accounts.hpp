#pragma once
// Phrases: accounts, their states and notices.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/accounts.def"
#undef PHRASE

}  // namespace tgpanel::words
