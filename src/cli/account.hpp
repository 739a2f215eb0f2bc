#pragma once
// `tgpanel account add` and `tgpanel account list`: for a terminal, while the panel is not running.

#include "accounts/manager.hpp"
#include "base/async.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace tgpanel::cli {

/// How to log in; `ask`: the person is asked.
enum class LoginMethod : std::uint8_t { ask, phone, qr };

/// Asks for everything a login needs on the terminal (lines of standard input when that is not a
/// terminal; the password is then read as a line too) and adds one account. Nothing secret is
/// echoed. End of input or Ctrl+C cancels the login. The manager need not be started; its lock on
/// the data folder is held by the caller. Returns the exit code: 0 added, 1 failed, 6 flood wait,
/// 130 cancelled.
Awaitable<int> run_account_add(accounts::Manager& manager, LoginMethod method = LoginMethod::ask);

/// Prints the accounts as a table, with times of this time zone, or as a JSON array with `json`.
/// Returns the exit code.
int run_account_list(std::span<const accounts::Account> accounts, bool json,
                     const std::string& zone);

}  // namespace tgpanel::cli
