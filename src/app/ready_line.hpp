#pragma once
// The line that says that the panel is ready.

#include "accounts/account.hpp"

#include <span>
#include <string>
#include <string_view>

namespace tgpanel::app {

/// "bot @name, 3 accounts (2 active, 1 login needed)".
[[nodiscard]] std::string ready_line(std::string_view bot,
                                     std::span<const accounts::Account> accounts);

}  // namespace tgpanel::app
