#pragma once
// Where another thread of this process is right now.

#include "base/time.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace tgpanel::app {

/// Takes a real-time signal for reading stacks, for the rest of the process. Any thread; again is
/// harmless. Throws std::system_error.
void prepare_thread_stacks();

/// The stack of a thread, by the kernel's number of it, the innermost call first; each line is a
/// function with its place in the source, or in the file that was loaded. The thread is interrupted
/// for some microseconds and goes on. Empty: no such thread, or it did not take the signal within
/// `bound`, as when the kernel holds it on a disk that hangs. After prepare_thread_stacks(), from
/// any other thread; the first call reads the program's debug information, which takes a while.
std::vector<std::string> thread_stack(::pid_t thread, Millis bound);

}  // namespace tgpanel::app
