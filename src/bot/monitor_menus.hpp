#pragma once
// Monitor Mode: keywords, and who is ignored.

#include "bot/menus.hpp"

namespace tgpanel::bot {

[[nodiscard]] Screen monitor_menu(MenuRef menu, const View& view);
[[nodiscard]] Screen keyword_list(MenuRef menu, const View& view);
[[nodiscard]] Screen keyword_remove(MenuRef menu, const View& view);
[[nodiscard]] Screen ignored_list(MenuRef menu, const View& view);
[[nodiscard]] Screen ignored_remove(MenuRef menu, const View& view);

}  // namespace tgpanel::bot
