#pragma once
// A login in progress, shared by every front end: what it waits for, and what may be told to it.

#include "accounts/account.hpp"
#include "base/async.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

namespace tgpanel::accounts {

/// A login that nothing successful happens to is released after this.
inline constexpr Millis kLoginPatience{10 * 60 * 1000};

// What a login waits for (from TDLib's authorizationState...).
struct Opening {};

struct WaitPhone {};

/// How Telegram brings a login code to its owner.
enum class CodeKind : std::uint8_t {
  none,
  app,  // Telegram's own chat
  sms,
  word,    // an SMS with one word
  phrase,  // an SMS with several words
  call,
  flash_call,   // the whole number that called is the code
  missed_call,  // the last digits of that number are
  fragment,     // fragment.com, for anonymous numbers
};

/// "an SMS", "a phone call", ...; empty for none.
[[nodiscard]] const char* to_string(CodeKind kind);

struct WaitCode {
  std::string via;  // in plain words: "a message in the Telegram app", "an SMS", ...
  int length = 0;   // 0: not known
  std::string masked_phone;
  bool digits = true;  // false: a word or a phrase
  CodeKind kind = CodeKind::app;
  /// The word's first letter, the phrase's first word, how the number of a missed call begins, the
  /// pattern of a flash call's number, or Fragment's address; may be empty.
  std::string begins{};
  CodeKind next = CodeKind::none;  // how it would be sent again
  Instant next_at{};               // not before
  bool can_resend = false;         // there is a next kind, and its time has come
  int number = 0;                  // of the code in this login
};

struct WaitEmailAddress {};  // Telegram wants one for the account before it sends a code

struct WaitEmailCode {
  std::string pattern;      // "a***@e***.com"
  int length = 0;           // 0: not known
  bool can_resend = false;  // the address was given in this login
  int number = 0;           // of the code in this login
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

using LoginStep = std::variant<Opening, WaitPhone, WaitCode, WaitEmailAddress, WaitEmailCode,
                               WaitPassword, WaitQr, LoggedIn, LoginFailed>;

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
  /// Called after every change of step(), until the end; also when can_resend becomes true. One
  /// observer.
  virtual void on_step(std::function<void(const LoginStep&)> observer) = 0;

  /// Each answers when Telegram has taken or refused it. A refusal that may be tried again (wrong
  /// code, wrong password, malformed number) leaves step() as it was; its Error says what is
  /// expected.
  virtual Awaitable<Result<void>> submit_phone(std::string phone) = 0;
  virtual Awaitable<Result<void>> submit_code(Secret code) = 0;
  virtual Awaitable<Result<void>> submit_email_address(std::string address) = 0;
  virtual Awaitable<Result<void>> submit_email_code(Secret code) = 0;
  /// Another code, of the next kind (WaitCode) or to the same address (WaitEmailCode). flood_wait:
  /// its time has not come. invalid: there is none.
  virtual Awaitable<Result<void>> resend_code() = 0;
  virtual Awaitable<Result<void>> submit_password(Secret password) = 0;
  virtual Awaitable<Result<void>> request_qr() = 0;
  /// Ends the login and releases everything; returns once client, folder and record are gone.
  virtual Awaitable<> cancel() = 0;
};

}  // namespace tgpanel::accounts
