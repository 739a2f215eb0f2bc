#pragma once
// `tgpanel account add`, `list`, `enable`, `disable` and `delete`.

#include "app/settings.hpp"
#include "base/ids.hpp"
#include "cli/account.hpp"

namespace tgpanel::app {

/// Each returns the exit code; what went wrong is on standard error.
int add_account(const Settings& settings, cli::LoginMethod method);
int list_accounts(const Settings& settings, bool json);
int switch_account(const Settings& settings, AccountId id, bool on);
int delete_account(const Settings& settings, AccountId id, bool yes);

}  // namespace tgpanel::app
