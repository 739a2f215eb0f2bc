#pragma once

// How malloc shares the heap out among threads.

namespace tgpanel::app {

/// One arena for all threads instead of eight for each processor, which grows by 4 MiB at a time,
/// unless MALLOC_ARENA_MAX or GLIBC_TUNABLES is set (mallopt(3)): a client that is closed in one
/// arena and opened again in another leaves holes, and resident memory grows though no more is held
/// (decisions/0003). Before any thread.
void bound_heap();

}  // namespace tgpanel::app
