#pragma once
// Every phrase by its name: how sentences are kept on disk and read back, and what tests look over.

#include "base/sentence.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace tgpanel::words {

/// All phrases, sorted by name.
[[nodiscard]] std::span<const Phrase* const> all();

/// Null when no phrase has that name.
[[nodiscard]] const Phrase* find(std::string_view name);

/// How many gaps a pattern needs: one more than its highest number, at most ten.
[[nodiscard]] std::size_t gaps_in(std::string_view pattern);

/// A sentence as tables keep it: a JSON array of the phrase's name and what fills its gaps, or the
/// words themselves where there is no phrase.
[[nodiscard]] std::string encode(const Sentence& sentence);

/// Reads what encode() wrote, in any version of the catalogue: of a phrase that is gone, the gaps
/// remain. A text that is no such array is the words themselves.
[[nodiscard]] Sentence decode(std::string_view stored);

}  // namespace tgpanel::words
