#include "panel/eligible.hpp"

#include "panel/account_text.hpp"
#include "words/errors_panel.hpp"

namespace tgpanel::panel {

bool eligible(const accounts::Account& account) {
  return why_not(account).empty() && !account.excluded;
}

Sentence why_not_chosen(const accounts::Account& account) {
  if (auto reason = why_not(account); !reason.empty()) return reason;
  return account.excluded ? words::is_excluded : Sentence();
}

}  // namespace tgpanel::panel
