#pragma once
// Why an account cannot act, in a sentence.

#include "accounts/account.hpp"

#include <string>

namespace tgpanel::panel {

/// Empty for an active account that Telegram has not frozen.
[[nodiscard]] std::string why_not(const accounts::Account& account);

}  // namespace tgpanel::panel
