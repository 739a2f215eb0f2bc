#include "accounts/ended_session.hpp"

#include <array>
#include <string_view>

namespace tgpanel::accounts {

namespace {

struct Row {
  std::string_view message;
  AccountState state;
  const char* reason;
};

// Source: core.telegram.org/api/errors, 401 UNAUTHORIZED and 406 AUTH_KEY_DUPLICATED.
constexpr std::array<Row, 7> kRows{{
    {"AUTH_KEY_DUPLICATED", AccountState::duplicated_key,
     "The session was used from two places at once, so Telegram ended it. Make sure that nothing "
     "else uses a copy of it, then log the account in again."},
    {"AUTH_KEY_UNREGISTERED", AccountState::login_needed,
     "Telegram does not know this session any more. Log the account in again."},
    {"AUTH_KEY_INVALID", AccountState::login_needed,
     "Telegram does not know this session any more. Log the account in again."},
    {"SESSION_EXPIRED", AccountState::login_needed,
     "The session has expired. Log the account in again."},
    {"SESSION_REVOKED", AccountState::login_needed,
     "The session was ended from another device. Log the account in again."},
    {"USER_DEACTIVATED", AccountState::banned, "Telegram has deleted this account."},
    {"USER_DEACTIVATED_BAN", AccountState::banned,
     "Telegram has banned this account. Ask Telegram at recover@telegram.org."},
}};

}  // namespace

EndedSession ended_session(const std::optional<telegram::TdError>& error) {
  if (error && telegram::ends_session(*error)) {
    for (const auto& row : kRows) {
      if (row.message == error->message) return {row.state, row.reason};
    }
  }
  return {AccountState::login_needed,
          "The session has ended; Telegram gave no reason. Log the account in again."};
}

}  // namespace tgpanel::accounts
