#pragma once
// What malloc takes from the system and gives back.

#include "base/async.hpp"
#include "base/time.hpp"

#include <boost/asio/steady_timer.hpp>

namespace tgpanel::app {

/// One arena for all threads instead of eight for each processor, which grows by 4 MiB at a time,
/// unless MALLOC_ARENA_MAX or GLIBC_TUNABLES is set (mallopt(3)): a client that is closed in one
/// arena and opened again in another leaves holes, and resident memory grows though no more is held
/// (decisions/0003). Before any thread.
void bound_heap();

/// Gives the pages that are free within the heap back to the system (malloc_trim(3)), `every` so
/// often from start() to stop(): what a client that was closed leaves behind is between what others
/// hold, and stays the process's otherwise. Executor: the domain's, which waits for it some
/// milliseconds.
class HeapTrimmer {
 public:
  HeapTrimmer(const Executor& executor, Millis every);

  void start();
  void stop();

 private:
  void plan();

  asio::steady_timer timer_;
  Millis every_;
  bool stopped_ = false;
};

}  // namespace tgpanel::app
