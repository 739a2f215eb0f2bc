#pragma once
// What the report check bot (@SpamBot) says of an account, read by a table of whole sentences.

#include "base/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tgpanel::actions {

struct ReportAnswer {
  enum class Verdict : std::uint8_t { clear, limited, unclear };
  Verdict verdict = Verdict::unclear;
  Instant until{};   // limited: the epoch when no date was named
  std::string text;  // word for word
};

/// Pure. An answer is clear when the whole of it says so, limited when one whole sentence of it
/// does; by words in it nothing is decided. Dates are read as "20 Nov 2026, 11:28 UTC".
[[nodiscard]] ReportAnswer read_report_answer(std::string_view text);

}  // namespace tgpanel::actions
