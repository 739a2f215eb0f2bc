#pragma once
// The rules of one login, without clients, disk or time: events in, effects out.

#include "accounts/login.hpp"
#include "accounts/login_errors.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "telegram/error.hpp"
#include "telegram/td_types.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tgpanel::accounts {

namespace login {

// Events
struct OpenFailed {
  telegram::TdError error;
};

struct Authorization {
  Json state;  // td_api authorizationState...
};

struct PhoneGiven {
  std::string text;
};

struct CodeGiven {
  Secret text;
};

struct EmailAddressGiven {
  std::string text;
};

struct EmailCodeGiven {
  Secret text;
};

struct ResendWanted {};

struct PasswordGiven {
  Secret password;
};

struct QrWanted {};

struct Answered {  // to the last Request; no error: ok
  std::optional<telegram::TdError> error;
};

struct ProfileRead {
  telegram::User user;
};

struct ProfileFailed {
  telegram::TdError error;
};

struct Adopted {
  Account account;
};

struct AdoptFailed {
  Error error;
};

struct Cancelled {};

struct Tick {};  // time may have passed

using Event = std::variant<OpenFailed, Authorization, PhoneGiven, CodeGiven, EmailAddressGiven,
                           EmailCodeGiven, ResendWanted, PasswordGiven, QrWanted, Answered,
                           ProfileRead, ProfileFailed, Adopted, AdoptFailed, Cancelled, Tick>;

// Effects, to be carried out in order
struct Request {
  Json function;  // its outcome comes back as Answered
};

struct Reply {  // to whoever gave the last number, address, code, password or wish
  Result<void> result;
};

struct Publish {};  // tell the observer about step()

struct ReadProfile {};  // getMe; comes back as ProfileRead or ProfileFailed

struct Adopt {  // make it an account; comes back as Adopted or AdoptFailed
  telegram::User user;
};

struct Release {  // close the client (log out first if told to), remove folder and record
  bool log_out = false;
};

using Effect = std::variant<Request, Reply, Publish, ReadProfile, Adopt, Release>;

}  // namespace login

/// Every (state, event) pair has an answer; events that cannot matter any more do nothing. After
/// LoggedIn or LoginFailed nothing happens any more; LoginFailed always comes with one Release.
class LoginMachine {
 public:
  /// `patience`: how long it may go without a successful step.
  explicit LoginMachine(Instant now, Millis patience = kLoginPatience)
      : patience_(patience), last_success_(now) {}

  std::vector<login::Effect> step(login::Event event, Instant now);

  [[nodiscard]] const LoginStep& step() const { return step_; }

  [[nodiscard]] bool ended() const;

  /// When Tick releases the login.
  [[nodiscard]] Instant expires() const { return last_success_ + patience_; }

  /// When Tick does something next, unless an event comes before: the login is released, or a code
  /// may be sent again.
  [[nodiscard]] Instant next_tick() const;

 private:
  using Effects = std::vector<login::Effect>;

  void on(const login::OpenFailed& event, Effects& out);
  void on(const login::Authorization& event, Effects& out);
  void on(const login::PhoneGiven& event, Effects& out);
  void on(const login::CodeGiven& event, Effects& out);
  void on(const login::EmailAddressGiven& event, Effects& out);
  void on(const login::EmailCodeGiven& event, Effects& out);
  void on(const login::ResendWanted& event, Effects& out);
  void on(const login::PasswordGiven& event, Effects& out);
  void on(const login::QrWanted& event, Effects& out);
  void on(const login::Answered& event, Effects& out);
  void on(const login::ProfileRead& event, Effects& out);
  void on(const login::ProfileFailed& event, Effects& out);
  void on(const login::Adopted& event, Effects& out);
  void on(const login::AdoptFailed& event, Effects& out);
  void on(const login::Cancelled& event, Effects& out);
  void on(const login::Tick& event, Effects& out);

  void ask(Ask what, Json function, Effects& out);
  bool refuse_if_busy(Effects& out) const;
  void move_to(LoginStep next, Effects& out);
  void end(Error error, Effects& out);

  LoginStep step_ = Opening{};
  std::optional<Ask> asked_;    // a request in flight
  bool resending_ = false;      // ... that nobody waits for: a new code after an expired one
  std::optional<Secret> held_;  // a code that came meanwhile: checked after it
  bool authorized_ = false;     // Telegram has a session of ours: releasing must log out
  bool unsure_ = false;         // it may have one: a check is unanswered, or a QR code is on show
  bool adopting_ = false;       // the account is being written: only its outcome matters
  int codes_ = 0;               // sent in this login
  std::string phone_;           // normalised; for asking for a new code
  Millis patience_;
  Instant now_{};
  Instant last_success_;
};

}  // namespace tgpanel::accounts
