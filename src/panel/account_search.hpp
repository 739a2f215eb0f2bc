#pragma once
// Finding accounts by what an admin types. Pure.

#include "accounts/account.hpp"

#include <string_view>
#include <vector>

namespace tgpanel::panel {

/// The accounts whose name, username, number (the account's own, also as "#12"; the phone's
/// visible digits) or label holds what was typed, both folded, in order. Nothing for a text without
/// letters and digits.
[[nodiscard]] std::vector<accounts::Account> find_accounts(
    const std::vector<accounts::Account>& accounts, std::string_view typed);

}  // namespace tgpanel::panel
