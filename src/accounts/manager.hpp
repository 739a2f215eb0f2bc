#pragma once
// All accounts of the panel: their clients, states and look-ups.

#include "accounts/account.hpp"
#include "accounts/login.hpp"
#include "accounts/notice.hpp"
#include "accounts/recycler.hpp"
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
#include <optional>
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
  Millis start_bound{kPatience};                      // start() waits no longer for Telegram
  Millis outage_bound{kPatience};                     // until an account is `connecting` again
  Millis login_patience{kLoginPatience};              // of a login without a successful step
  Millis login_deadline{telegram::kDefaultDeadline};  // for Telegram's answer to a step of a login
  Millis login_retry{3 * 60'000};                     // between tries to end a login at Telegram
  RecycleLimits recycle{};                            // of clients that have grown
  std::vector<UserId> admins;                         // are told when an account needs a person
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
  /// each reopening, and when a connection that was gone for long is back.
  void on_ready(std::function<void(AccountId)> observer);
  /// The account's client is closed now and opened again, to free what it holds in memory; the
  /// account stays active. What its client had loaded is forgotten. on_ready follows, or a change
  /// of state.
  void on_reopen(std::function<void(AccountId)> observer);
  /// After every change of an account's state, and when one is added.
  void on_change(std::function<void(const Account&)> observer);

  /// There are recovery notes to take.
  void on_note(std::function<void()> observer);
  /// There are notices to deliver.
  void on_notice(std::function<void()> observer);
  /// The account is gone; `what` says what was done.
  void on_removed(std::function<void(AccountId, const Sentence& what)> observer);
  /// The session is over, but our own disk keeps the account: it stays `deleting`, and the next
  /// start goes on with it.
  void on_removal_failed(std::function<void(AccountId, const Error&)> observer);

  /// Reads all accounts, finishes what a crash left of logins and opens every account side by side.
  /// Returns once all are open or have failed, and after the start bound in any case: accounts that
  /// Telegram does not answer keep connecting and become active later, and so do interrupted
  /// logins. storage: the table cannot be read. cancelled: stop() came first; nothing was opened.
  Awaitable<Result<void>> start();
  /// Instead of start(), for a command line: reads all accounts and opens none. Only remove() then
  /// opens a client.
  Awaitable<Result<void>> load();
  /// Closes every client side by side (logins are released first); at most `bound`. From its first
  /// instant on the end of a client is ours and says nothing of an account. Ends a start() that
  /// still waits; again: waits for what is still open.
  Awaitable<> stop(Millis bound = Millis{4'000});

  [[nodiscard]] std::vector<Account> list() const;  // in order of id
  /// What is on disk, without opening anything: for a manager that is not started. Never
  /// connecting.
  Awaitable<Result<std::vector<Account>>> stored();
  [[nodiscard]] Result<Account> find(AccountId id) const;
  /// The client of an active account; nullptr for any other, and while it is reopened. Whoever
  /// holds it keeps it from being closed to be opened again: hold it as long as an act lasts.
  [[nodiscard]] std::shared_ptr<telegram::Client> client(AccountId id) const;
  /// As client(), after the account's client is open again, if it is being reopened.
  Awaitable<std::shared_ptr<telegram::Client>> client_soon(AccountId id) const;
  /// The account is active, and its client is being closed and opened again.
  [[nodiscard]] bool is_reopening(AccountId id) const;
  /// The account whose user this is; 0: none of ours.
  [[nodiscard]] AccountId account_of(UserId user) const;
  [[nodiscard]] std::vector<UserId> my_user_ids() const;

  /// A new login; released by itself after 10 minutes without a successful step. busy: 10 are open
  /// already. The login is the caller's; LoggedIn means that the account is on disk and in list().
  /// With `again`, an account that needs_person(): its session becomes the account's, which keeps
  /// its id and all that admins gave it; the session of another user is refused and logged out.
  /// not_found. exists: it needs no login.
  Awaitable<Result<std::shared_ptr<Login>>> begin_login(AccountId again = 0);
  /// Until it is taken back, begin_login() fails with `why` (storage). Logins that are open go on.
  void hold_logins(std::optional<Sentence> why);
  /// What became of logins that a crash interrupted, one sentence each; each is told once.
  [[nodiscard]] std::vector<Sentence> take_recovery_notes();
  /// The start found a login on record that had not ended.
  [[nodiscard]] bool had_unfinished_login() const;
  /// Telegram answers again: the logins that could not be ended there are tried now. Without a call
  /// that happens when an account comes online, and every few minutes.
  void retry_kept_logins();

  // What admins decide. Each answers once it is on disk. not_found: no such account. busy:
  // something else is being done with it.
  /// Closes the client; it stays closed over restarts. exists: switched off already. invalid: there
  /// is nothing to switch off.
  Awaitable<Result<void>> disable(AccountId id);
  /// Opens a disabled account again. exists: it is not switched off.
  Awaitable<Result<void>> enable(AccountId id);
  /// Puts it on record that the account is to be deleted, and begins: logs out at Telegram, removes
  /// the session folder, then the row; on_removed tells of the end, and a notice to `asked_by` (0:
  /// to nobody). It stays `deleting` until Telegram has confirmed, over restarts too. A session
  /// that has ended or cannot be opened is removed without Telegram. exists: it is being deleted.
  Awaitable<Result<void>> remove(AccountId id, UserId asked_by);
  /// After load(): goes on with a deletion that an earlier process began. not_found: there is none.
  Awaitable<Result<void>> go_on_deleting(AccountId id);
  /// `folded` is equal for labels that people read as the same. exists: it has this label. invalid:
  /// it has kMostLabels.
  Awaitable<Result<void>> add_label(AccountId id, std::string label, std::string folded);
  /// not_found: it has no such label.
  Awaitable<Result<void>> remove_label(AccountId id, std::string label);
  Awaitable<Result<void>> set_excluded(AccountId id, bool excluded);
  /// What the report check bot said; admins are told when it is on that was off.
  Awaitable<Result<void>> set_limit(AccountId id, Limit limit);

  /// Update groups has stored how many groups the account is in.
  void set_known_groups(AccountId id, KnownGroups groups);

  // Notices: what admins are to be told, in order, each until it was told.
  Awaitable<Result<std::vector<Notice>>> notices();
  /// Before the message leaves; `after` is a message known to be in the chat. not_found: a newer
  /// notice took its place.
  Awaitable<Result<void>> hand_over_notice(std::int64_t id, MessageId after);
  Awaitable<Result<void>> notice_told(std::int64_t id, MessageId message);
  /// A message known to be, or to have been, in the admin's chat; 0: none.
  Awaitable<Result<MessageId>> newest_in_chat(UserId admin);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tgpanel::accounts
