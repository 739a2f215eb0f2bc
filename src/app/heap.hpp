#pragma once

// How malloc shares the heap out among threads.

namespace tgpanel::app {

/// Two arenas instead of eight for each processor, unless MALLOC_ARENA_MAX is set (mallopt(3)): a
/// client that is closed and opened again leaves holes in every arena that its threads have used,
/// and resident memory grows though nothing is held (decisions/0003). Before any thread.
void bound_heap();

}  // namespace tgpanel::app
