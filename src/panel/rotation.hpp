#pragma once
// Which accounts act: in turn, so that it is not always the same first few.

#include "accounts/account.hpp"
#include "base/ids.hpp"

#include <vector>

namespace tgpanel::panel {

/// The accounts in order of id, beginning after `last` (the account that was used last; 0: from the
/// first), each once.
[[nodiscard]] std::vector<accounts::Account> rotated(std::vector<accounts::Account> accounts,
                                                     AccountId last);

}  // namespace tgpanel::panel
