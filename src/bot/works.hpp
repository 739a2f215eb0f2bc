#pragma once
// Coroutines that run beside, counted, so that the end can wait for them.

#include "base/async.hpp"
#include "base/time.hpp"

#include <memory>

namespace tgpanel::bot {

/// Executor: the domain's.
class Works {
 public:
  explicit Works(const Executor& executor);
  Works(const Works&) = delete;
  Works& operator=(const Works&) = delete;
  ~Works();

  /// Starts `work` by post: what was started first reaches Telegram first. It must own what it
  /// uses. An exception that leaves it is logged.
  void start(Awaitable<> work);
  /// Returns when nothing runs any more, or after `bound`.
  Awaitable<> wait(Millis bound);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tgpanel::bot
