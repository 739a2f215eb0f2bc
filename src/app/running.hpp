#pragma once
// `tgpanel run`: the whole panel from start to a clean stop.

#include "app/settings.hpp"

namespace tgpanel::app {

/// Runs until SIGTERM or SIGINT; a second one ends it at once. Returns the exit code, having said
/// on standard error what was wrong.
int run_panel(const Settings& settings);

}  // namespace tgpanel::app
