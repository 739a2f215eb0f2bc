#pragma once
// Bulk → Do not contact: the people to whom no account writes, and accounts that Telegram stopped.

#include "base/async.hpp"
#include "bot/menus.hpp"

#include <string>

namespace tgpanel::bot {

[[nodiscard]] Screen do_not_contact_list(MenuRef menu, const View& view);
[[nodiscard]] Screen do_not_contact_remove(MenuRef menu, const View& view);
[[nodiscard]] Screen stopped_accounts(MenuRef menu, const View& view);
[[nodiscard]] Screen stop_end(MenuRef menu, const View& view);

/// "Name · @name", the id where there is no @name.
[[nodiscard]] std::string describe(Language language, const jobs::DoNotContact& person);

// Each does it and returns what to say.
Awaitable<Sentence> remove_do_not_contact(Language language, panel::Panel* panel, std::int64_t row);
Awaitable<Sentence> end_stop(panel::Panel* panel, AccountId account);

}  // namespace tgpanel::bot
