#pragma once
// The ways in which a login code travels, and what Telegram says of each.

#include "testdc/auth/login_codes.hpp"
#include "testdc/rpc/call.hpp"

#include <string_view>

namespace testdc {

/// The auth.SentCode of a code that was just sent.
Value sent_code(const LoginCodes::Sent& sent, const CodePlan& plan);

/// "d***@example.com".
std::string email_pattern(std::string_view address);

/// Throws std::runtime_error for a kind that there is not.
void check_kinds(const CodePlan& plan);

}  // namespace testdc
