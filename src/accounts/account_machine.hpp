#pragma once
// The rules of one account's connection, without clients or disk: events in, effects out.

#include "accounts/account.hpp"
#include "base/sentence.hpp"
#include "base/time.hpp"
#include "telegram/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tgpanel::accounts {

namespace link {

// Events
struct Reopening {};  // the client is being closed for another to be opened in its place

struct ReopeningLasts {};  // longer than people are to see nothing of it

struct Opening {};  // a client is being opened on the account's folder

struct CannotOpen {  // before there is a client: no folder, or a key that does not unwrap
  AccountState state = AccountState::login_needed;
  Sentence reason;
};

struct OpenFailed {
  telegram::TdError error;
};

struct Authorization {
  std::string type;  // "authorizationState..."
};

struct Connection {
  bool online = false;    // connectionStateReady
  bool reached = online;  // Telegram answers: this, or connectionStateUpdating
};

struct OutageLasts {  // what WatchOutage asked for
  int number = 0;
};

struct ProfileRead {};

struct ProfileFailed {};

struct ChatsLoaded {};

struct ChatsFailed {
  telegram::TdError error;
};

struct CallFailed {  // any call of this account was answered with an error that ends a session
  telegram::TdError error;
};

struct Stopping {};  // the panel closes the client

struct SwitchedOff {};  // an admin has switched the account off; the client is being closed

struct Deleting {};  // an admin wants the account deleted; its client is open, or will be

using Event = std::variant<Reopening, ReopeningLasts, Opening, CannotOpen, OpenFailed,
                           Authorization, Connection, OutageLasts, ProfileRead, ProfileFailed,
                           ChatsLoaded, ChatsFailed, CallFailed, Stopping, SwitchedOff, Deleting>;

// Effects, to be carried out in order
struct StateChanged {   // store and tell state() and reason()
  bool outage = false;  // it began as long ago as WatchOutage waited
};

struct WatchOutage {  // when it is over the bound: OutageLasts with this number
  int number = 0;
};

struct ReadProfile {};

struct LoadChats {
  Millis after{0};
};

struct Ready {};  // tell that the chat list is there, or that a lost connection is back

struct CloseClient {};  // the session is of no use

struct LogOut {};  // at Telegram; its end is a closed client

struct SessionGone {   // of an account that is being deleted; its client is closed
  bool asked = false;  // Telegram was asked, and has no such session any more
};

using Effect = std::variant<StateChanged, WatchOutage, ReadProfile, LoadChats, Ready, CloseClient,
                            LogOut, SessionGone>;

}  // namespace link

class AccountMachine {
 public:
  AccountMachine(AccountState state, Sentence reason) : state_(state), reason_(std::move(reason)) {}

  std::vector<link::Effect> step(const link::Event& event);

  [[nodiscard]] AccountState state() const { return state_; }

  [[nodiscard]] const Sentence& reason() const { return reason_; }

  /// From Reopening until the chat list of the new client is there, or it turns out that it will
  /// not be. The state stays what it was.
  [[nodiscard]] bool reopening() const { return reopening_ != Reopens::no; }

  [[nodiscard]] bool online() const { return online_; }

 private:
  using Effects = std::vector<link::Effect>;

  enum class Reopens : std::uint8_t { no, closing, opening };

  void on(const link::Reopening& event, Effects& out);
  void on(const link::ReopeningLasts& event, Effects& out);
  void on(const link::Opening& event, Effects& out);
  void on(const link::CannotOpen& event, Effects& out);
  void on(const link::OpenFailed& event, Effects& out);
  void on(const link::Authorization& event, Effects& out);
  void on(const link::Connection& event, Effects& out);
  void on(const link::OutageLasts& event, Effects& out);
  void on(const link::ProfileRead& event, Effects& out);
  void on(const link::ProfileFailed& event, Effects& out);
  void on(const link::ChatsLoaded& event, Effects& out);
  void on(const link::ChatsFailed& event, Effects& out);
  void on(const link::CallFailed& event, Effects& out);
  void on(const link::Stopping& event, Effects& out);
  void on(const link::SwitchedOff& event, Effects& out);
  void on(const link::Deleting& event, Effects& out);

  void delete_on(const link::Authorization& event, Effects& out);

  [[nodiscard]] bool deleting() const { return state_ == AccountState::deleting; }

  void change(AccountState state, Sentence reason, Effects& out, bool outage = false);
  void watch_outage(Effects& out);
  void end_session(Effects& out);
  void load_chats(Millis after, Effects& out);

  AccountState state_;
  Sentence reason_;
  Reopens reopening_ = Reopens::no;
  bool stopping_ = false;
  bool ready_ = false;    // authorizationStateReady
  bool profile_ = false;  // own user known
  bool online_ = false;
  bool lost_ = false;  // Telegram is out of reach
  int outage_ = 0;     // the number of the last that was watched
  bool loading_ = false;
  bool loaded_ = false;
  bool ended_ = false;  // Telegram ended the session
  bool asked_ = true;   // deleting: the session could be opened, so Telegram hears of it
  std::optional<telegram::TdError> why_;
};

}  // namespace tgpanel::accounts
