#pragma once
// Folding: texts that people read as the same become the same bytes, for keywords and messages
// alike.
//
// Unicode NFKC_Casefold (letter case, width, presentation forms, invisible characters such as
// ZWNJ), then: Persian and Arabic spellings (ي ى ئ → ی, ك → ک, أ إ آ ٱ → ا, ة ۀ → ه, ؤ → و), every
// decimal digit → 0-9, no tatweel, no diacritics on Latin, Greek, Arabic and Hebrew letters
// (ё → е, but й stays), every run of white space → one space, no control characters.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::monitor {

/// The folded text as UTF-8. Ill-formed input bytes become U+FFFD. Idempotent. Throws
/// std::runtime_error when ICU's data is missing.
[[nodiscard]] std::string fold(std::string_view utf8);

/// Folded text that knows where each byte came from.
struct TracedFold {
  struct Origin {
    std::uint32_t begin = 0;  // UTF-16 units in the original text
    std::uint32_t end = 0;
  };

  std::string text;             // equal to fold(original)
  std::vector<Origin> origins;  // one for each byte of `text`; begins and ends never decrease
};

/// As fold, several times slower: for texts in which something was found.
[[nodiscard]] TracedFold fold_traced(std::string_view utf8);

/// True when the text has a letter or a digit of any script.
[[nodiscard]] bool has_letter_or_digit(std::string_view utf8);

/// Code points in UTF-8 text.
[[nodiscard]] std::size_t count_characters(std::string_view utf8);

}  // namespace tgpanel::monitor
