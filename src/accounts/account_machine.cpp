#include "accounts/account_machine.hpp"

#include "accounts/ended_session.hpp"
#include "telegram/open_client.hpp"
#include "words/errors_accounts.hpp"

#include <utility>

namespace tgpanel::accounts {

namespace {

// Between tries to load chats when the server failed without naming a wait.
constexpr Millis kRetryChats{5'000};

}  // namespace

std::vector<link::Effect> AccountMachine::step(const link::Event& event) {
  Effects out;
  std::visit([&](const auto& e) { on(e, out); }, event);
  return out;
}

void AccountMachine::change(AccountState state, Sentence reason, Effects& out, bool outage) {
  if (state == state_ && reason == reason_) return;
  state_ = state;
  reason_ = std::move(reason);
  out.emplace_back(link::StateChanged{outage});
}

void AccountMachine::watch_outage(Effects& out) {
  if (lost_ && state_ == AccountState::active) out.emplace_back(link::WatchOutage{++outage_});
}

void AccountMachine::end_session(Effects& out) {
  ready_ = loading_ = loaded_ = false;
  ended_ = true;
  reopening_ = Reopens::no;
  auto ended = ended_session(why_);
  change(ended.state, std::move(ended.reason), out);
}

void AccountMachine::load_chats(Millis after, Effects& out) {
  loading_ = true;
  out.emplace_back(link::LoadChats{after});
}

void AccountMachine::on(const link::Reopening&, Effects&) {
  if (state_ != AccountState::active || !loaded_ || stopping_) return;
  reopening_ = Reopens::closing;
  stopping_ = true;  // what the old client still says is of no account
}

void AccountMachine::on(const link::ReopeningLasts&, Effects& out) {
  if (reopening() && state_ == AccountState::active) {
    change(AccountState::connecting, {}, out, true);
  }
}

void AccountMachine::on(const link::Opening&, Effects& out) {
  ready_ = profile_ = online_ = lost_ = loading_ = loaded_ = ended_ = stopping_ = false;
  why_.reset();
  reopening_ = reopening_ == Reopens::closing ? Reopens::opening : Reopens::no;
  if (!deleting() && !reopening()) change(AccountState::connecting, {}, out);
}

void AccountMachine::on(const link::CannotOpen& event, Effects& out) {
  reopening_ = Reopens::no;
  change(event.state, event.reason, out);
}

void AccountMachine::on(const link::OpenFailed& event, Effects& out) {
  if (stopping_ || ended_) return;
  if (deleting()) {
    asked_ = false;
    out.emplace_back(link::CloseClient{});
    return;
  }
  ended_ = true;  // closing the client, which follows, is no end of a session
  reopening_ = Reopens::no;
  if (event.error.code == 401 && event.error.message == telegram::kWrongKey) {
    change(AccountState::wrong_key, words::folder_wrong_key, out);
  } else if (event.error.message == telegram::kDamagedSession) {
    change(AccountState::login_needed, words::session_damaged, out);
  } else {
    change(AccountState::login_needed, {words::folder_does_not_open, event.error.message}, out);
  }
  out.emplace_back(link::CloseClient{});
}

void AccountMachine::on(const link::Authorization& event, Effects& out) {
  if (stopping_) return;
  if (deleting()) return delete_on(event, out);
  if (event.type == "authorizationStateReady") {
    if (!std::exchange(ready_, true)) out.emplace_back(link::ReadProfile{});
  } else if (event.type == "authorizationStateLoggingOut" ||
             event.type == "authorizationStateClosing" ||
             event.type == "authorizationStateClosed") {
    if (!ended_) end_session(out);
  } else if (event.type == "authorizationStateWaitPhoneNumber") {
    if (!ended_) end_session(out);
    out.emplace_back(link::CloseClient{});
  }
}

// TDLib keeps in its log that it is logging out, and goes on with it by itself when it is opened
// again; only the end of it, a closed client, says that Telegram has confirmed.
void AccountMachine::delete_on(const link::Authorization& event, Effects& out) {
  if (event.type == "authorizationStateReady") {
    if (!std::exchange(ready_, true)) out.emplace_back(link::LogOut{});
  } else if (event.type == "authorizationStateWaitPhoneNumber") {
    out.emplace_back(link::CloseClient{});  // logged out already
  } else if (event.type == "authorizationStateClosed") {
    if (!std::exchange(ended_, true)) out.emplace_back(link::SessionGone{asked_});
  }
}

void AccountMachine::on(const link::Connection& event, Effects& out) {
  online_ = event.online;
  const bool was_lost = std::exchange(lost_, !event.reached);
  if (deleting() || stopping_ || ended_) return;
  if (!was_lost) watch_outage(out);
  if (!online_ || !ready_) return;
  if (loaded_ && state_ == AccountState::connecting) {
    change(AccountState::active, {}, out);
    out.emplace_back(link::Ready{});
  } else if (profile_ && !loaded_ && !loading_) {
    load_chats(Millis{0}, out);
  }
}

// Its session is as good as before: no reason is given, and nobody has to do anything.
void AccountMachine::on(const link::OutageLasts& event, Effects& out) {
  if (stopping_ || ended_ || !lost_ || event.number != outage_) return;
  if (state_ == AccountState::active) change(AccountState::connecting, {}, out, true);
}

void AccountMachine::on(const link::ProfileRead&, Effects& out) {
  if (!ready_ || deleting()) return;
  profile_ = true;
  if (!loading_ && !loaded_) load_chats(Millis{0}, out);
}

void AccountMachine::on(const link::ProfileFailed&, Effects& out) {
  // What is stored of the account's name still holds.
  on(link::ProfileRead{}, out);
}

void AccountMachine::on(const link::ChatsLoaded&, Effects& out) {
  if (!ready_ || !loading_ || stopping_) return;
  loading_ = false;
  loaded_ = true;
  reopening_ = Reopens::no;
  change(AccountState::active, {}, out);
  out.emplace_back(link::Ready{});
  watch_outage(out);
}

void AccountMachine::on(const link::ChatsFailed& event, Effects& out) {
  if (!ready_ || !loading_ || stopping_) return;
  loading_ = false;
  const auto& error = event.error;
  if (error.code == telegram::TdError::kClosed || telegram::ends_session(error)) return;
  if (const auto wait = error.retry_after_s(); wait > 0) {
    load_chats(Millis{wait * 1000}, out);
  } else if (error.code == telegram::TdError::kDeadline || error.code >= 500 || error.code == 429) {
    // Offline: connectionStateReady begins again.
    if (online_) load_chats(kRetryChats, out);
  } else {
    // Telegram refuses the list itself: the account works, its chats become known as they speak.
    loading_ = true;
    on(link::ChatsLoaded{}, out);
  }
}

void AccountMachine::on(const link::CallFailed& event, Effects& out) {
  if (stopping_ || deleting()) return;
  // "Unauthorized" is what TDLib says afterwards; the first error holds the reason.
  const bool better = !why_ || why_->message == "Unauthorized";
  if (better) why_ = event.error;
  // The answer may come after the states that it explains.
  if (ended_ && better) end_session(out);
}

void AccountMachine::on(const link::Stopping&, Effects&) {
  stopping_ = true;
  reopening_ = Reopens::no;
}

void AccountMachine::on(const link::SwitchedOff&, Effects& out) {
  if (deleting()) return;
  stopping_ = true;  // what its client still says is of no account
  reopening_ = Reopens::no;
  ready_ = profile_ = online_ = lost_ = loading_ = loaded_ = false;
  change(AccountState::disabled, {}, out);
}

void AccountMachine::on(const link::Deleting&, Effects& out) {
  if (deleting()) return;
  const bool was_ready = ready_ && !ended_ && !stopping_;
  profile_ = loading_ = loaded_ = false;
  ended_ = false;
  reopening_ = Reopens::no;
  asked_ = true;
  change(AccountState::deleting, {}, out);
  if (was_ready) out.emplace_back(link::LogOut{});
}

}  // namespace tgpanel::accounts
