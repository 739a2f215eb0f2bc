#pragma once

// The second step of folding: one code point at a time, after Unicode's own folding.

namespace tgpanel::monitor {

/// U+0000 stands for "nothing": the code point is dropped.
inline constexpr char32_t kDropped = 0;

/// The plain form of a code point of NFKC_Casefold text; U+0020 for every white space.
/// plain_letter(plain_letter(c)) == plain_letter(c).
[[nodiscard]] char32_t plain_letter(char32_t c);

}  // namespace tgpanel::monitor
