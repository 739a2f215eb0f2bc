#pragma once
// The process's own terminal: standard input and output, Ctrl+C.

#include "base/async.hpp"
#include "cli/console.hpp"

#include <memory>

namespace tgpanel::cli {

/// Reads standard input until it goes away; SIGINT and SIGTERM come as Interrupted meanwhile. The
/// terminal's settings are put back when it goes away.
[[nodiscard]] std::unique_ptr<Console> open_terminal(const Executor& executor);

}  // namespace tgpanel::cli
