#pragma once
// A login in progress, shared by every front end: what it waits for, and what may be told to it.

#include "accounts/account.hpp"
#include "base/async.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace tgpanel::accounts {

// What a login waits for (from TDLib's authorizationState...).
struct Opening {};

struct WaitPhone {};

struct WaitCode {
  std::string via;  // in plain words: "a message in the Telegram app", "an SMS", ...
  int length = 0;   // 0: not known
  std::string masked_phone;
  bool digits = true;  // false: a word or a phrase
};

struct WaitPassword {
  std::string hint;
};

struct WaitQr {
  std::string link;  // tg://login?token=...; changes when Telegram refreshes it
};

struct LoggedIn {
  Account account;
};

struct LoginFailed {
  Error error;  // message: a plain sentence that says what to do next
};

using LoginStep =
    std::variant<Opening, WaitPhone, WaitCode, WaitPassword, WaitQr, LoggedIn, LoginFailed>;

/// One login. The folder is on record before the client opens; when the object goes away before
/// LoggedIn, the client is closed (logged out if it was authorised) and folder and record are
/// removed. Executor: the domain's.
class Login {
 public:
  Login() = default;
  Login(const Login&) = delete;
  Login& operator=(const Login&) = delete;
  virtual ~Login() = default;

  [[nodiscard]] virtual const LoginStep& step() const = 0;
  /// Called after every change of step(), until the end. One observer.
  virtual void on_step(std::function<void(const LoginStep&)> observer) = 0;

  /// Each answers when Telegram has taken or refused it. A refusal that may be tried again (wrong
  /// code, wrong password, malformed number) leaves step() as it was; its Error says what is
  /// expected.
  virtual Awaitable<Result<void>> submit_phone(std::string phone) = 0;
  virtual Awaitable<Result<void>> submit_code(Secret code) = 0;
  virtual Awaitable<Result<void>> submit_password(Secret password) = 0;
  virtual Awaitable<Result<void>> request_qr() = 0;
  /// Ends the login and releases everything; returns once client, folder and record are gone.
  virtual Awaitable<> cancel() = 0;
};

}  // namespace tgpanel::accounts
