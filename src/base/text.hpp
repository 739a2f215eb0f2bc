#pragma once
// Text as people and Telegram count it. All text is UTF-8; lengths of Telegram are UTF-16 units.

#include <cstddef>
#include <string>
#include <string_view>

namespace tgpanel {

[[nodiscard]] bool valid_utf8(std::string_view text);

/// UTF-16 units of valid UTF-8.
[[nodiscard]] std::size_t utf16_length(std::string_view text);

/// The longest beginning of valid UTF-8 that has at most `units` UTF-16 units and ends between two
/// graphemes (what people see as one character). With `ellipsis`, what is cut ends in "…", counted.
/// A first grapheme that is too long by itself is cut between code points.
[[nodiscard]] std::string cut_utf16(std::string_view text, std::size_t units,
                                    bool ellipsis = false);

/// The first `count` graphemes, followed by "…" when something was cut.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t count);

/// Without white space at both ends: Unicode's (no-break spaces among it), and the invisible
/// U+200B, U+200C, U+200D, U+2060, U+FEFF and the direction marks U+200E, U+200F, U+061C.
[[nodiscard]] std::string_view trim(std::string_view text);

/// "+989121234567" → "+98 ••• ••67": the country's digits and the last two. Never more than that is
/// shown; a number of fewer than 7 digits is hidden whole.
[[nodiscard]] std::string mask_phone(std::string_view phone);

/// Wraps in U+2068 … U+2069, so that a name in another direction does not disturb the sentence
/// around it; isolates and overrides that the name leaves open are closed first.
[[nodiscard]] std::string isolate(std::string_view text);

/// ASCII letters in lower case; other bytes as they are.
[[nodiscard]] std::string ascii_lower(std::string_view text);

}  // namespace tgpanel
