#pragma once
// Which accounts are offered to operations that choose accounts by number.

#include "accounts/account.hpp"

namespace tgpanel::panel {

/// Active, not frozen, and not excluded from operations by an admin. An account that is picked by
/// hand need only be active.
[[nodiscard]] bool eligible(const accounts::Account& account);

/// Why it is not chosen, in a sentence; empty for an eligible one.
[[nodiscard]] Sentence why_not_chosen(const accounts::Account& account);

}  // namespace tgpanel::panel
