#pragma once
// Phrases: what stops a login or an account.

#include "base/sentence.hpp"

namespace tgpanel::words {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) inline constexpr Phrase name{#name, en, fa};
#include "words/errors_accounts.def"
#undef PHRASE

}  // namespace tgpanel::words
