#pragma once
// `tgpanel audit`.

#include "app/settings.hpp"

#include <string>

namespace tgpanel::app {

/// Prints every act of an account since `since` (empty: all there are) as CSV on standard output.
/// Works beside a running panel. Returns the exit code; what went wrong is on standard error.
int export_audit(const Settings& settings, const std::string& since);

}  // namespace tgpanel::app
