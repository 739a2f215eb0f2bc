#pragma once
// How malloc shares the heap out among threads.

#include <span>

namespace tgpanel::app {

/// What glibc reads at a program's start, and only then (GLIBC_TUNABLES).
inline constexpr const char* kHeapTunables = "glibc.malloc.arena_max=2:glibc.malloc.tcache_count=0";

/// Two arenas for all threads instead of eight for each processor, and no cache of freed blocks for
/// each thread: what a client leaves behind when it is closed and opened again are holes in all of
/// them, and resident memory grows though no more is held. With one arena threads wait for each
/// other while many clients open (docs/decisions/0003-database-flags.md). glibc takes it from the
/// environment alone, so the program is executed anew with `arguments` (argv), as the same process.
/// Returns when GLIBC_TUNABLES is set already, by this or by whoever runs the program, or when it
/// cannot be done: the heap is glibc's own then. Before any thread.
void bound_heap(std::span<char*> arguments);

}  // namespace tgpanel::app
