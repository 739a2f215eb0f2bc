#include "panel/eligible.hpp"

#include "panel/account_text.hpp"

namespace tgpanel::panel {

bool eligible(const accounts::Account& account) {
  return why_not(account).empty() && !account.excluded;
}

std::string why_not_chosen(const accounts::Account& account) {
  if (auto reason = why_not(account); !reason.empty()) return reason;
  return account.excluded ? "It is excluded from operations." : std::string();
}

}  // namespace tgpanel::panel
