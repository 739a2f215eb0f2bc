#pragma once
// The instant at which tests of the rules of time begin.

#include "base/time.hpp"

namespace tgpanel::jobs {

inline constexpr Instant kNow = from_unix_ms(1'000'000);

}  // namespace tgpanel::jobs
