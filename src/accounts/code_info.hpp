#pragma once
// What TDLib says of a login code, as a step of a login.

#include "accounts/login.hpp"
#include "base/json.hpp"
#include "base/time.hpp"

namespace tgpanel::accounts {

/// From td_api authenticationCodeInfo; a timeout in it counts from `now`.
[[nodiscard]] WaitCode wait_code(const Json& info, Instant now);

/// From td_api emailAddressAuthenticationCodeInfo. can_resend is the caller's to know.
[[nodiscard]] WaitEmailCode wait_email_code(const Json& info);

}  // namespace tgpanel::accounts
