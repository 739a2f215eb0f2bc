#include "accounts/ended_session.hpp"

#include "words/errors_accounts.hpp"
#include "words/errors_actions.hpp"

#include <array>
#include <string_view>

namespace tgpanel::accounts {

namespace {

struct Ending {
  std::string_view message;
  AccountState state;
  const Phrase* reason;
};

// Source: core.telegram.org/api/errors, 401 UNAUTHORIZED and 406 AUTH_KEY_DUPLICATED.
constexpr std::array<Ending, 7> kEndings{{
    {"AUTH_KEY_DUPLICATED", AccountState::duplicated_key, &words::session_used_twice},
    {"AUTH_KEY_UNREGISTERED", AccountState::login_needed, &words::session_unknown},
    {"AUTH_KEY_INVALID", AccountState::login_needed, &words::session_unknown},
    {"SESSION_EXPIRED", AccountState::login_needed, &words::session_expired},
    {"SESSION_REVOKED", AccountState::login_needed, &words::session_ended_elsewhere},
    {"USER_DEACTIVATED", AccountState::banned, &words::telegram_deleted_account},
    {"USER_DEACTIVATED_BAN", AccountState::banned, &words::banned_ask_telegram},
}};

}  // namespace

EndedSession ended_session(const std::optional<telegram::TdError>& error) {
  if (error && telegram::ends_session(*error)) {
    for (const auto& row : kEndings) {
      if (row.message == error->message) return {row.state, *row.reason};
    }
  }
  return {AccountState::login_needed, words::session_ended_no_reason};
}

}  // namespace tgpanel::accounts
