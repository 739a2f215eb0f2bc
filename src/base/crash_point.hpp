#pragma once
// Named instants at which a test may have the program die, as `kill -9` would.

#include <string_view>

namespace tgpanel {

/// Ends the process by SIGKILL when the environment names this point: TGPANEL_CRASH_AT="<name>" for
/// the first time it is reached, "<name>:<n>" for the n-th (from 1). Does nothing otherwise. Placed
/// before and after each durable step, so that tests reach instants that no signal from outside
/// hits.
void crash_point(std::string_view name);

/// Counts the steps of the whole process, from 1, and ends it by SIGKILL at step n when the
/// environment says TGPANEL_CRASH_STEP=<n>. TGPANEL_CRASH_COUNT=<file>: a clean end writes there
/// how many steps there were. Does nothing otherwise. Placed right before and right after each
/// commit that wrote something and each request that TDLib is given. Any thread.
void crash_step();

}  // namespace tgpanel
