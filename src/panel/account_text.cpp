#include "panel/account_text.hpp"

namespace tgpanel::panel {

std::string why_not(const accounts::Account& account) {
  using enum accounts::AccountState;
  if (account.state == active && account.freeze.on) {
    return "Telegram has frozen it: it can read and nothing else.";
  }
  if (account.state == active) return {};
  if (!account.reason.empty()) return account.reason;
  switch (account.state) {
    case active:
      break;
    case connecting:
      return "It is still connecting.";
    case disabled:
      return "It is switched off.";
    case login_needed:
      return "Telegram has ended its session: log it in again.";
    case banned:
      return "Telegram has banned it.";
    case duplicated_key:
      return "Its session was used in two places at once: log it in again.";
    case wrong_key:
      return "Its session folder does not open with the master key.";
    case deleting:
      return "It is being deleted.";
  }
  return {};
}

}  // namespace tgpanel::panel
