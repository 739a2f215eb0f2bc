#pragma once
// Carries out what LoginMachine decides: client, folder, record, timer.

#include "accounts/login.hpp"
#include "accounts/login_machine.hpp"
#include "accounts/update_slot.hpp"
#include "base/async.hpp"
#include "base/secret.hpp"
#include "telegram/completion.hpp"
#include "telegram/open_client.hpp"
#include "telegram/session_watch.hpp"

#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tgpanel::accounts {

/// A login as it is on record before its client opens.
struct LoginRecord {
  std::int64_t row = 0;
  std::string folder;          // name inside the sessions folder
  std::filesystem::path path;  // the folder itself
  std::string wrapped_key;
  Secret key;
  AccountId again = 0;    // the account whose session it is to replace; 0: a new account
  bool unwanted = false;  // it ended in this process: never to be adopted
};

class LoginSession;

/// What a login needs of the manager.
class LoginHost {
 public:
  LoginHost() = default;
  LoginHost(const LoginHost&) = delete;
  LoginHost& operator=(const LoginHost&) = delete;
  virtual ~LoginHost() = default;

  /// Writes the account and takes over client and slot. exists: refused, nothing was changed.
  virtual Awaitable<Result<Account>> adopt(std::shared_ptr<LoginSession> login,
                                           telegram::User user) = 0;
  /// Removes folder and record of a login whose client is closed.
  virtual Awaitable<> forget(LoginRecord record) = 0;
  /// The login holds nothing any more.
  virtual void login_ended(const LoginSession& login) = 0;
};

class LoginSession final : public std::enable_shared_from_this<LoginSession> {
 public:
  /// `host` must outlive the end of the login. `patience`: see LoginMachine.
  LoginSession(const Executor& executor, const Clock& clock, LoginHost& host, LoginRecord record,
               SlottedClient client, Millis patience);
  LoginSession(const LoginSession&) = delete;
  LoginSession& operator=(const LoginSession&) = delete;
  ~LoginSession() = default;

  /// Before open(): the login ended, or its process did, and what Telegram made of it is not known.
  /// Unless it becomes an account its key is destroyed there, and with it any session that the
  /// folder does not know of.
  void take_up() { abandoned_ = true; }

  /// Opens the client. Once. Telegram has `answer_deadline` for each step.
  void open(const telegram::ClientSettings& settings, Millis answer_deadline);

  void observe(std::function<void(const LoginStep&)> observer) { observer_ = std::move(observer); }

  /// Gives an event and waits for its Reply.
  Awaitable<Result<void>> submit(login::Event event);
  /// Ends the login unless it has ended; returns when everything is released.
  Awaitable<> cancel();
  /// Closes the client but leaves folder and record for the next start to finish.
  Awaitable<> suspend();

  [[nodiscard]] const LoginStep& step() const { return machine_.step(); }

  [[nodiscard]] const LoginRecord& record() const { return record_; }

  [[nodiscard]] const SlottedClient& client() const { return client_; }

  /// Logging out failed: folder and record were kept, to be tried again.
  [[nodiscard]] bool kept() const { return kept_; }

  /// take_up() was called.
  [[nodiscard]] bool abandoned() const { return abandoned_; }

 private:
  using Self = std::shared_ptr<LoginSession>;

  void feed(login::Event event);
  void perform(login::Effect effect);
  void arm_timer();
  void finish();
  static Awaitable<> open_client(Self self, telegram::ClientSettings settings);
  static Awaitable<> ask(Self self, Json function);
  static Awaitable<> read_profile(Self self);
  static Awaitable<> adopt(Self self, telegram::User user);
  static Awaitable<> release(Self self, bool log_out);
  static Awaitable<> wait_finished(Self self);

  Executor executor_;
  const Clock& clock_;
  LoginHost& host_;
  LoginRecord record_;
  SlottedClient client_;
  LoginMachine machine_;
  telegram::SessionWatch watch_;
  std::function<void(const LoginStep&)> observer_;
  telegram::Completion<Result<void>> reply_;
  std::vector<telegram::Completion<bool>> waiting_for_end_;
  asio::steady_timer timer_;
  Millis answer_deadline_ = telegram::kDefaultDeadline;
  bool finished_ = false;
  bool suspended_ = false;
  bool abandoned_ = false;
  bool kept_ = false;
};

/// The Login that front ends hold: cancels when it goes away.
[[nodiscard]] std::shared_ptr<Login> make_login(std::shared_ptr<LoginSession> session,
                                                const Executor& executor);

}  // namespace tgpanel::accounts
