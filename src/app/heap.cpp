#include "app/heap.hpp"

#include <malloc.h>

#include <cstdlib>

namespace tgpanel::app {

namespace {
constexpr int kArenas = 1;
// Bytes that the arena grows by at once, under its lock, which all clients wait for while they
// open. The process has a page of them only when it writes to it. It also fixes the size from which
// on a block is mapped on its own at 128 KiB.
constexpr int kGrowth = 4 << 20;
}  // namespace

void bound_heap() {
  if (std::getenv("MALLOC_ARENA_MAX") != nullptr || std::getenv("GLIBC_TUNABLES") != nullptr) {
    return;
  }
  ::mallopt(M_ARENA_MAX, kArenas);
  ::mallopt(M_TOP_PAD, kGrowth);
}

}  // namespace tgpanel::app
