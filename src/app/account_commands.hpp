#pragma once
// `tgpanel account add` and `tgpanel account list`.

#include "app/settings.hpp"
#include "cli/account.hpp"

namespace tgpanel::app {

/// Each returns the exit code; what went wrong is on standard error.
int add_account(const Settings& settings, cli::LoginMethod method);
int list_accounts(const Settings& settings, bool json);

}  // namespace tgpanel::app
