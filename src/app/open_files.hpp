#pragma once
// How many files the panel needs to hold open, beside how many the system lets it.

#include "base/result.hpp"

#include <cstddef>

namespace tgpanel::app {

/// About as many as the clients of so many accounts and of the bot hold open on a machine with so
/// many processors, with some room.
[[nodiscard]] std::size_t files_needed(std::size_t accounts, unsigned processors);

/// TDLib ends the process when a file cannot be opened, so a panel that would come to that must not
/// begin. configuration: what is wrong, and how to mend it.
[[nodiscard]] Result<void> check_open_files(std::size_t accounts);

}  // namespace tgpanel::app
