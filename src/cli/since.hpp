#pragma once
// A point in the past, as people type it on the command line.

#include "base/result.hpp"
#include "base/time.hpp"

#include <string_view>

namespace tgpanel::cli {

/// "2026-11-24", "2026-11-24T13:00", "2026-11-24T13:00:05" (UTC, with or without Z), or a time ago:
/// "90m", "24h", "7d". invalid: a sentence with examples.
[[nodiscard]] Result<Instant> parse_since(std::string_view text, Instant now);

}  // namespace tgpanel::cli
