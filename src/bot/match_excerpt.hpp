#pragma once
// What is shown of a message that met a keyword.

#include "bot/rich_text.hpp"
#include "monitor/alert_sink.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace tgpanel::bot {

/// `text` in at most `units`, the marks in bold: where it is longer, the part with its first mark.
[[nodiscard]] RichText match_part(std::string_view text,
                                  std::span<const monitor::Alert::Span> marks, std::int32_t units);

/// The same in one line.
[[nodiscard]] RichText match_excerpt(std::string_view text,
                                     std::span<const monitor::Alert::Span> marks,
                                     std::int32_t units);

}  // namespace tgpanel::bot
