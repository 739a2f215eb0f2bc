#pragma once
// `tgpanel run`: every part wired together, from the start to an ordered stop.

#include "app/settings.hpp"

namespace tgpanel::app {

/// Runs the panel until SIGTERM or SIGINT (a second one ends it at once with 130). Prints one line
/// on standard output when it is ready. Returns the exit code; what went wrong is on standard
/// error.
int run_panel(const Settings& settings);

}  // namespace tgpanel::app
