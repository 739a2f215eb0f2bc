#pragma once
// Why an account's session is over, as an account state with a reason for people.

#include "accounts/account.hpp"
#include "base/sentence.hpp"
#include "telegram/error.hpp"

#include <optional>

namespace tgpanel::accounts {

struct EndedSession {
  AccountState state = AccountState::login_needed;
  Sentence reason;
};

/// `error`: what a call in flight was answered when the session ended (Telegram gives the reason
/// nowhere else); nothing: Telegram gave no reason. Compared by code and whole text.
[[nodiscard]] EndedSession ended_session(const std::optional<telegram::TdError>& error);

}  // namespace tgpanel::accounts
