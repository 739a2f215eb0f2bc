#include "panel/rotation.hpp"

#include <algorithm>

namespace tgpanel::panel {

std::vector<accounts::Account> rotated(std::vector<accounts::Account> accounts, AccountId last) {
  std::ranges::sort(accounts, {}, &accounts::Account::id);
  const auto next = std::ranges::upper_bound(accounts, last, {}, &accounts::Account::id);
  std::ranges::rotate(accounts, next);
  return accounts;
}

}  // namespace tgpanel::panel
