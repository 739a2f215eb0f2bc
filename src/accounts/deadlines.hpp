#pragma once
// How long the client of an account or of a login may take to answer what needs no network.

#include "base/time.hpp"

namespace tgpanel::accounts {

inline constexpr Millis kOfflineDeadline{30'000};  // getMe and the like: from its own files
inline constexpr Millis kCloseDeadline{10'000};    // the answer to `close`

}  // namespace tgpanel::accounts
