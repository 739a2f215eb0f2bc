#pragma once
// Named instants at which a test may have the program die, as `kill -9` would.

#include <string_view>

namespace tgpanel {

/// Ends the process by SIGKILL when the environment names this point: TGPANEL_CRASH_AT="<name>" for
/// the first time it is reached, "<name>:<n>" for the n-th (from 1). Does nothing otherwise. Placed
/// before and after each durable step, so that tests reach instants that no signal from outside
/// hits.
void crash_point(std::string_view name);

}  // namespace tgpanel
