#pragma once
// The inside of Manager.

#include "accounts/account_session.hpp"
#include "accounts/login_session.hpp"
#include "accounts/manager.hpp"
#include "base/time.hpp"
#include "storage/account_repository.hpp"
#include "storage/keyring.hpp"
#include "storage/login_repository.hpp"
#include "storage/notice_repository.hpp"

#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tgpanel::accounts {

inline constexpr Millis kCloseBound{10'000};  // for AccountSession::close() and switch_off()

struct Manager::Impl final : AccountHost, LoginHost, std::enable_shared_from_this<Manager::Impl> {
  Impl(Executor executor_, telegram::ClientFactory& factory_, storage::Database& database_,
       storage::Keyring& keyring_, const Clock& clock_, ManagerOptions options_);

  using Self = std::shared_ptr<Impl>;

  // AccountHost
  void account_changed(const Account& account) override;
  void profile_changed(const Account& account) override;
  void account_frozen(AccountId id, Freeze freeze) override;
  void account_ready(AccountId id) override;
  void account_update(AccountId id, const Json& update) override;
  void session_gone(AccountId id, bool asked) override;

  // LoginHost
  Awaitable<Result<Account>> adopt(std::shared_ptr<LoginSession> login,
                                   telegram::User user) override;
  Awaitable<> forget(LoginRecord record) override;
  void login_ended(const LoginSession& login) override;

  static Awaitable<Result<void>> start(Self self);
  static Awaitable<> stop(Self self, Millis bound);
  static Awaitable<Result<std::shared_ptr<Login>>> begin_login(Self self, AccountId again);
  static Awaitable<Result<void>> load(Self self);
  void fill(const std::vector<storage::AccountRow>& rows);

  /// While it lives nobody else changes the account.
  class Hold {
   public:
    Hold(Self self, AccountId id) : self_(std::move(self)), id_(id) { self_->held.insert(id); }

    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

    ~Hold() { self_->held.erase(id_); }

   private:
    Self self_;
    AccountId id_;
  };

  // What admins decide (decisions.cpp).
  [[nodiscard]] Result<std::shared_ptr<AccountSession>> free_session(AccountId id) const;
  static Awaitable<Result<bool>> store_decision(Self self, AccountId id, AccountState state);
  static Awaitable<Result<void>> disable(Self self, AccountId id);
  static Awaitable<Result<void>> enable(Self self, AccountId id);
  static Awaitable<Result<void>> set_excluded(Self self, AccountId id, bool excluded);
  static Awaitable<Result<void>> set_limit(Self self, AccountId id, Limit limit);
  static Awaitable<> set_freeze(Self self, AccountId id, Freeze freeze);
  static Awaitable<Result<void>> add_label(Self self, AccountId id, std::string label,
                                           std::string folded);
  static Awaitable<Result<void>> remove_label(Self self, AccountId id, std::string label);
  void changed(AccountId id);

  // Deletion, in steps that a restart goes on with (deletion.cpp).
  static Awaitable<Result<void>> remove(Self self, AccountId id, UserId asked_by);
  static Awaitable<> go_on_deleting(Self self, storage::AccountRow row);
  static Awaitable<> finish_deletion(Self self, AccountId id, Sentence what);
  static Awaitable<> confirm_deletion(Self self, AccountId id);
  void removal_failed(AccountId id, const Error& error);

  /// A login whose session Telegram could not be asked to end.
  struct KeptLogin {
    storage::LoginRow row;
    std::shared_ptr<telegram::Client> client;  // until it is closed the folder is in use
    bool unwanted = false;                     // LoginRecord
  };

  enum class Recovery : std::uint8_t { at_start, again, unwanted };

  // Logins that were not ended as they should (recovery.cpp).
  /// Opens such a login once more and waits for what becomes of it.
  static Awaitable<> recover(Self self, storage::LoginRow row, Recovery how);
  void keep(const LoginSession& login);
  void retry_kept_logins();
  static Awaitable<> retry_all(Self self, std::vector<KeptLogin> logins);
  void arm_retry();
  static Awaitable<> open_account(Self self, storage::AccountRow row);

  // Clients that have grown (recycling.cpp).
  void look_for_recycling();
  void arm_recycling();
  static Awaitable<> recycle(Self self, AccountId id);
  /// Tells observers that the account's client is about to close. False: it is needed after all.
  bool begin_recycling(AccountId id);
  void end_recycling(AccountId id);
  [[nodiscard]] bool is_reopening(AccountId id) const;
  /// Returns at once unless the account's client is being reopened.
  static Awaitable<> reopened(Self self, AccountId id);

  std::shared_ptr<LoginSession> make_session(LoginRecord record);
  /// False: it is still there.
  Awaitable<bool> remove_folder(std::filesystem::path folder);
  [[nodiscard]] std::filesystem::path folder_path(const std::string& name) const;
  [[nodiscard]] AccountSession* session_of(UserId user) const;
  [[nodiscard]] bool any_connecting() const;
  static Awaitable<> store_state(Self self, Account account);
  static Awaitable<> store_profile(Self self, Account account);
  static Awaitable<> counted(Self self, Awaitable<> work);
  [[nodiscard]] bool is_settled() const;
  static Awaitable<> wait_settled(Self self, Millis bound);
  void settle_if_done();
  void note(Sentence sentence);

  Executor executor;
  telegram::ClientFactory& factory;
  storage::Database& database;
  storage::Keyring& keyring;
  const Clock& clock;
  ManagerOptions options;
  storage::AccountRepository accounts;
  storage::LoginRepository logins;
  storage::NoticeRepository notices_;

  std::map<AccountId, std::shared_ptr<AccountSession>> sessions;
  std::vector<std::shared_ptr<LoginSession>> open_logins;
  std::vector<KeptLogin> kept_logins;  // none of them is open
  asio::steady_timer retry_timer;      // for them
  bool retrying = false;               // one after the other, never two at once
  Recycler recycler;
  asio::steady_timer recycle_timer;
  std::vector<telegram::Completion<bool>> reopening_waiters;
  bool had_unfinished_login = false;  // at the start
  std::vector<Sentence> notes;
  std::vector<std::function<void(AccountId, const Json&)>> update_observers;
  std::vector<std::function<void(AccountId)>> ready_observers;
  std::vector<std::function<void(AccountId)>> reopen_observers;
  std::vector<std::function<void(const Account&)>> change_observers;
  std::vector<std::function<void()>> note_observers;
  std::vector<std::function<void()>> notice_observers;
  std::vector<std::function<void(AccountId, const Sentence&)>> removal_observers;
  std::vector<std::function<void(AccountId, const Error&)>> removal_failure_observers;
  std::set<AccountId> held;             // being changed (Hold)
  std::set<AccountId> finishing;        // the last steps of their deletion have begun
  bool opens_clients = true;            // false after load()
  std::size_t opening = 0;              // what start() has begun and has not ended yet
  telegram::Completion<bool> settled;   // start() waits for it
  std::optional<Sentence> logins_held;  // why no login may begin now
  bool stopping = false;
};

/// True for states whose account takes no second login of the same user.
[[nodiscard]] bool in_use(AccountState state);
[[nodiscard]] AccountState state_from_row(const std::string& word);
/// The account of a row; one that was active is connecting.
[[nodiscard]] Account account_from(const storage::AccountRow& row);

}  // namespace tgpanel::accounts
