#pragma once
// `tgpanel backup create`, `verify`, `restore` and `confirm`.

#include "app/command_line.hpp"
#include "app/settings.hpp"

#include <optional>

namespace tgpanel::app {

/// Returns the exit code; what went wrong is on standard error.
int run_backup_command(const Settings& settings, const CommandLine& line);

/// For whatever would use sessions at Telegram: the exit code with which it is refused, once the
/// reason is on standard error; nothing where it may go on. A folder becomes quarantined only while
/// it is empty, so that looking before the lock is early enough.
[[nodiscard]] std::optional<int> refuse_quarantined(const Settings& settings);

}  // namespace tgpanel::app
