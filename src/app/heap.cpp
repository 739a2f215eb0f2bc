#include "app/heap.hpp"

#include <malloc.h>
#include <spdlog/spdlog.h>

#include <chrono>
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

HeapTrimmer::HeapTrimmer(const Executor& executor, Millis every)
    : timer_(executor), every_(every) {}

void HeapTrimmer::start() {
  plan();
}

void HeapTrimmer::stop() {
  stopped_ = true;
  timer_.cancel();
}

void HeapTrimmer::plan() {
  timer_.expires_after(every_);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error || stopped_) return;
    const auto begun = std::chrono::steady_clock::now();
    ::malloc_trim(0);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    spdlog::debug("the heap is trimmed in {:.1f} ms", took.count());
    plan();
  });
}

}  // namespace tgpanel::app
