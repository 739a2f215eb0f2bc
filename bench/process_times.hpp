#pragma once
// What a process has used so far, from /proc.

#include <sys/types.h>

namespace bench {

/// User and system time of all threads, in seconds. Throws std::runtime_error when there is no such
/// process.
double cpu_seconds(pid_t process);
/// Resident memory in MB.
double resident_mb(pid_t process);

}  // namespace bench
