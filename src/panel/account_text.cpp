#include "panel/account_text.hpp"

#include "words/errors_panel.hpp"

namespace tgpanel::panel {

Sentence why_not(const accounts::Account& account) {
  using enum accounts::AccountState;
  if (account.state == active && account.freeze.on) {
    return words::is_frozen;
  }
  if (account.state == active) return {};
  if (!account.reason.empty()) return account.reason;
  switch (account.state) {
    case active:
      break;
    case connecting:
      return words::still_connecting;
    case disabled:
      return words::is_switched_off;
    case login_needed:
      return words::its_session_ended;
    case banned:
      return words::is_banned;
    case duplicated_key:
      return words::its_session_used_twice;
    case wrong_key:
      return words::its_folder_wrong_key;
    case deleting:
      return words::is_being_deleted;
  }
  return {};
}

}  // namespace tgpanel::panel
