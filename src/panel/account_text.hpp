#pragma once
// Why an account cannot act, in a sentence.

#include "accounts/account.hpp"

namespace tgpanel::panel {

/// Empty for an active account that Telegram has not frozen.
[[nodiscard]] Sentence why_not(const accounts::Account& account);

}  // namespace tgpanel::panel
