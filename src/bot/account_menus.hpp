#pragma once
// The menus of accounts: list, one account, its labels and groups, the inactive ones. Pure.

#include "bot/menus.hpp"

#include <cstdint>
#include <string>

namespace tgpanel::bot {

[[nodiscard]] Screen account_list(MenuRef menu, const View& view);
[[nodiscard]] Screen account_page(MenuRef menu, const View& view);
[[nodiscard]] Screen account_delete(MenuRef menu, const View& view);
[[nodiscard]] Screen account_labels(MenuRef menu, const View& view);
[[nodiscard]] Screen account_groups(MenuRef menu, const View& view);
[[nodiscard]] Screen inactive_accounts(MenuRef menu, const View& view);

/// What a person can do about an account in this state; null for an active one.
[[nodiscard]] const Phrase* next_step(accounts::AccountState state);

/// "3. Ali", as on the button that opens the account.
[[nodiscard]] std::string account_button(Language language, const accounts::Account& account);

/// The parameter of Menu::account_groups.
inline constexpr std::int64_t kMostGroupPages = 10'000;

[[nodiscard]] constexpr std::int64_t groups_parameter(AccountId account, std::int64_t page) {
  return account * kMostGroupPages + page;
}

[[nodiscard]] constexpr AccountId account_of_groups(std::int64_t parameter) {
  return parameter / kMostGroupPages;
}

}  // namespace tgpanel::bot
