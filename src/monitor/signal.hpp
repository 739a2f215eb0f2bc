#pragma once
// "Something changed": wakes the one loop that waits for it.

#include "base/async.hpp"
#include "base/time.hpp"

#include <boost/asio/steady_timer.hpp>

#include <optional>

namespace tgpanel::monitor {

/// Executor: the domain's. One waiter.
class Signal {
 public:
  explicit Signal(const Executor& executor) : timer_(executor) {}

  void notify();
  /// Returns at the next notify, at once if there was one since the last wait, or after `bound`.
  Awaitable<> wait(std::optional<Millis> bound = std::nullopt);

 private:
  asio::steady_timer timer_;
  bool raised_ = false;
};

}  // namespace tgpanel::monitor
