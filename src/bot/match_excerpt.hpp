#pragma once
// A short look at a message that met a keyword.

#include "bot/rich_text.hpp"
#include "monitor/alert_sink.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace tgpanel::bot {

/// The part of `text` with its first mark, in one line of at most `units`, the marks in bold.
[[nodiscard]] RichText match_excerpt(std::string_view text,
                                     std::span<const monitor::Alert::Span> marks,
                                     std::int32_t units);

}  // namespace tgpanel::bot
