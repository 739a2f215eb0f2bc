#pragma once
// `tgpanel account enable`, `disable` and `delete`: while the panel is not running.

#include "accounts/manager.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "cli/console.hpp"

namespace tgpanel::cli {

/// How long Telegram has to confirm a log out; after it the deletion goes on at the panel's next
/// start.
inline constexpr Millis kDeletionBound{30'000};

/// Switches one account on or off, on disk. Loads the manager, which is not started. Returns the
/// exit code: 0 done (also when it was so already), 1 not possible, 4 no such account.
Awaitable<int> run_account_switch(accounts::Manager& manager, AccountId id, bool on);

/// Deletes one account after asking on the console (a line "yes"; not with `yes`). Loads the
/// manager, which is not started. Returns the exit code: 0 deleted, 1 the session is over, but this
/// machine's disk keeps the account `deleting`, 3 it stays `deleting` (Telegram has not confirmed
/// within `bound`), 4 no such account, 130 not wanted.
Awaitable<int> delete_account(accounts::Manager* manager, Console* console, AccountId id, bool yes,
                              Millis bound = kDeletionBound);

/// delete_account() on the process's own terminal.
Awaitable<int> run_account_delete(accounts::Manager& manager, AccountId id, bool yes);

}  // namespace tgpanel::cli
