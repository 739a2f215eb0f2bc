#pragma once
// The conversation of `tgpanel account add`, over any console.

#include "accounts/login.hpp"
#include "base/async.hpp"
#include "cli/account.hpp"
#include "cli/console.hpp"

#include <memory>

namespace tgpanel::cli {

/// Leads `login` to its end. Bad input is answered with a plain sentence and asked for again; end
/// of input and an interrupt, also while Telegram is asked, cancel the login; a second interrupt
/// does not wait for its release. Returns the exit code: 0 added, 1 failed, 6 flood
/// wait, 78 configuration, 130 cancelled. `console` must outlive it.
Awaitable<int> add_account(std::shared_ptr<accounts::Login> login, Console* console,
                           LoginMethod method = LoginMethod::ask);

}  // namespace tgpanel::cli
