#pragma once
// `tgpanel keyword ...`.

#include "app/command_line.hpp"
#include "app/settings.hpp"

namespace tgpanel::app {

/// Returns the exit code; what went wrong is on standard error. What changes the list needs the
/// data folder for itself (busy while the panel runs); reading it does not.
int run_keyword_command(const Settings& settings, const CommandLine& line);

}  // namespace tgpanel::app
