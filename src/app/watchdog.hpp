#pragma once
// Notices when the executor or TDLib's receive thread stands still, and says so in the log.

#include "app/watchdog_rule.hpp"
#include "base/async.hpp"
#include "base/pulse.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace tgpanel::app {

/// Looks at two pulses on a thread of its own: the executor's, which a timer beats, and that of the
/// thread that receives from TDLib. One that stays away longer than the limit is logged once, as an
/// error with the stack of its thread, and once more when it is back. While both are alive, and
/// systemd wants to know (WatchdogSec), it is told.
class Watchdog {
 public:
  /// Executor. `receiving` outlives the watchdog.
  Watchdog(const Executor& executor, const Pulse& receiving, const WatchdogLimits& limits);
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  /// As stop().
  ~Watchdog();

  /// Ends timer and thread, at once. Executor, or when it does not run.
  void stop();

 private:
  struct Heart;

  void watch(const std::stop_token& stop);
  void look(WatchdogRule& rule);
  void report(const WatchdogVerdict::Turn& turn);
  [[nodiscard]] const Pulse& pulse(std::size_t thread) const;

  const Pulse& receiving_;
  WatchdogLimits limits_;
  std::shared_ptr<Heart> heart_;
  std::mutex mutex_;  // for wake_ alone
  std::condition_variable_any wake_;
  std::jthread thread_;
};

/// The panel's limits: systemd gets a sign of life three times within its own, if it has one.
[[nodiscard]] WatchdogLimits watchdog_limits();

}  // namespace tgpanel::app
