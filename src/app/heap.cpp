#include "app/heap.hpp"

#include <malloc.h>

#include <cstdlib>

namespace tgpanel::app {

namespace {
constexpr int kArenas = 1;
}

void bound_heap() {
  if (std::getenv("MALLOC_ARENA_MAX") != nullptr || std::getenv("GLIBC_TUNABLES") != nullptr) {
    return;
  }
  ::mallopt(M_ARENA_MAX, kArenas);
}

}  // namespace tgpanel::app
