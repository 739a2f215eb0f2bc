#pragma once
// All accounts of the panel: their clients, states and look-ups.

#include "accounts/account.hpp"
#include "accounts/login.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "telegram/client.hpp"
#include "telegram/open_client.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tgpanel::storage {
class Database;
class Keyring;
}  // namespace tgpanel::storage

namespace tgpanel::accounts {

struct ManagerOptions {
  std::filesystem::path folder;  // data folder; sessions live in its subfolder "sessions"
  telegram::ClientSettings client;
  Millis start_bound{10'000};                         // start() waits no longer for Telegram
  Millis login_deadline{telegram::kDefaultDeadline};  // for Telegram's answer to a step of a login
};

/// Owns the clients of all accounts and of logins in progress. One bad account never stops the
/// others. Executor: the domain's; every observer is called there. References must outlive it.
class Manager {
 public:
  Manager(Executor executor, telegram::ClientFactory& factory, storage::Database& database,
          storage::Keyring& keyring, const Clock& clock, ManagerOptions options);
  Manager(const Manager&) = delete;
  Manager& operator=(const Manager&) = delete;
  /// stop() must have returned.
  ~Manager();

  // Observers: set before start(), called until stop().
  /// Every wanted update of an active or connecting account, in order per account.
  void on_update(std::function<void(AccountId, const Json& update)> observer);
  /// The account became active: connected, its own user known, its chat list loaded. Also after
  /// each reopening.
  void on_ready(std::function<void(AccountId)> observer);
  /// After every change of an account's state, and when one is added.
  void on_change(std::function<void(const Account&)> observer);

  /// There are recovery notes to take.
  void on_note(std::function<void()> observer);

  /// Reads all accounts, finishes what a crash left of logins and opens every account side by side.
  /// Returns once all are open or have failed, and after the start bound in any case: accounts that
  /// Telegram does not answer keep connecting and become active later, and so do interrupted
  /// logins. storage: the table cannot be read.
  Awaitable<Result<void>> start();
  /// Closes every client side by side (logins are released first); at most `bound`.
  Awaitable<> stop(Millis bound = Millis{4'000});

  [[nodiscard]] std::vector<Account> list() const;  // in order of id
  /// What is on disk, without opening anything: for a manager that is not started. Never
  /// connecting.
  Awaitable<Result<std::vector<Account>>> stored();
  [[nodiscard]] Result<Account> find(AccountId id) const;
  /// The client of an active account; nullptr for any other.
  [[nodiscard]] std::shared_ptr<telegram::Client> client(AccountId id) const;
  /// The account whose user this is; 0: none of ours.
  [[nodiscard]] AccountId account_of(UserId user) const;
  [[nodiscard]] std::vector<UserId> my_user_ids() const;

  /// A new login; released by itself after 10 minutes without a successful step. busy: 10 are open
  /// already. The login is the caller's; LoggedIn means that the account is on disk and in list().
  Awaitable<Result<std::shared_ptr<Login>>> begin_login();
  /// What became of logins that a crash interrupted, one plain sentence each; each is told once.
  [[nodiscard]] std::vector<std::string> take_recovery_notes();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tgpanel::accounts
