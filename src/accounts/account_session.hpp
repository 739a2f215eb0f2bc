#pragma once
// Carries out what AccountMachine decides for one account: its client, its profile, its chat list.

#include "accounts/account.hpp"
#include "accounts/account_machine.hpp"
#include "accounts/update_slot.hpp"
#include "accounts/watched_client.hpp"
#include "base/async.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "telegram/open_client.hpp"

#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>

namespace tgpanel::accounts {

/// What an account's session tells the manager.
class AccountHost {
 public:
  AccountHost() = default;
  AccountHost(const AccountHost&) = delete;
  AccountHost& operator=(const AccountHost&) = delete;
  virtual ~AccountHost() = default;

  virtual void account_changed(const Account& account) = 0;      // state, reason
  virtual void profile_changed(const Account& account) = 0;      // names, phone
  virtual void account_frozen(AccountId id, Freeze freeze) = 0;  // or not any more
  virtual void account_ready(AccountId id) = 0;
  virtual void account_update(AccountId id, const Json& update) = 0;
  /// Of an account that is being deleted, once its client is closed (link::SessionGone).
  virtual void session_gone(AccountId id, bool asked) = 0;
};

class AccountSession final : public std::enable_shared_from_this<AccountSession> {
 public:
  /// `host` must outlive the closed client. `patience`: see kPatience.
  AccountSession(Executor executor, const Clock& clock, AccountHost& host, Account account,
                 Millis patience);
  AccountSession(const AccountSession&) = delete;
  AccountSession& operator=(const AccountSession&) = delete;
  ~AccountSession();

  [[nodiscard]] const Account& account() const { return account_; }

  /// While active, and not while it is being reopened; nullptr otherwise.
  [[nodiscard]] std::shared_ptr<telegram::Client> client() const;

  /// Opens a new client on the folder. Returns once TDLib has taken or refused it.
  Awaitable<> open(telegram::ClientFactory& factory, telegram::ClientSettings settings,
                   std::filesystem::path folder, Secret key);
  /// Its client is going to be closed and another opened in its place by reopen(); it stays active.
  /// False, and nothing is done, when it is not active.
  bool begin_reopening();
  /// Closes the client and opens another. Returns once TDLib has taken or refused that, or when it
  /// is not wanted any more.
  static Awaitable<> reopen(std::shared_ptr<AccountSession> self, telegram::ClientFactory* factory,
                            telegram::ClientSettings settings, std::filesystem::path folder,
                            Secret key);

  [[nodiscard]] bool reopening() const { return machine_.reopening(); }

  /// Active and connected, and nobody holds its client: whoever holds it may make another call.
  [[nodiscard]] bool idle() const;

  // Of the client.
  [[nodiscard]] Instant opened() const { return opened_; }

  [[nodiscard]] std::size_t messages() const;  // it has been told of

  [[nodiscard]] std::size_t chats() const { return chats_; }

  /// There is nothing to open.
  void cannot_open(AccountState state, Sentence reason);
  /// Takes over the client of a login that has just become this account. `stopping`: only for it to
  /// be closed.
  void take_over(SlottedClient client, Account account, bool stopping);
  /// Closes the client; returns when it is closed or after `bound`.
  Awaitable<> close(Millis bound);
  /// The account is disabled from now on; its client is closed as by close().
  Awaitable<> switch_off(Millis bound);
  /// A disabled account is to be opened by whoever starts next.
  void switch_on_unopened();
  /// The account is being deleted from now on: an open client logs out at Telegram.
  void begin_deletion();

  /// Its client is there and not closed yet.
  [[nodiscard]] bool has_client() const { return client_.client && client_.client->open(); }

  // What admins decide; in memory alone.
  void set_labels(std::vector<std::string> labels) { account_.labels = std::move(labels); }

  void set_excluded(bool excluded) { account_.excluded = excluded; }

  void set_limit(Limit limit) { account_.limit = limit; }

  void set_freeze(Freeze freeze) { account_.freeze = std::move(freeze); }

  void set_known_groups(KnownGroups groups) { account_.known_groups = groups; }

 private:
  using Self = std::shared_ptr<AccountSession>;

  void listen();
  void feed(const link::Event& event);
  void perform(const link::Effect& effect);
  void on_update(const Json& update);
  void watch_outage(int number);
  void watch_reopening();
  static Awaitable<> open_client(Self self, telegram::ClientSettings settings,
                                 std::filesystem::path folder, Secret key);
  static Awaitable<> read_profile(Self self);
  static Awaitable<> load_chats(Self self, Millis after);
  static Awaitable<> log_out(Self self);
  static Awaitable<> close_client(std::shared_ptr<telegram::Client> client, Millis bound);

  Executor executor_;
  const Clock& clock_;
  AccountHost& host_;
  Millis patience_;
  asio::steady_timer outage_timer_;  // of the outage that is watched
  Account account_;
  AccountMachine machine_;
  SlottedClient client_;
  std::shared_ptr<WatchedClient> watched_;  // client_.client as it is handed out
  asio::steady_timer reopen_timer_;
  Instant opened_{};
  std::size_t chats_ = 0;
  bool closing_ = false;
};

}  // namespace tgpanel::accounts
