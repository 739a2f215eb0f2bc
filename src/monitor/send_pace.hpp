#pragma once
// When the next alert may be sent, by Telegram's limits for one chat. Pure.

#include "base/time.hpp"
#include "monitor/limits.hpp"

#include <deque>

namespace tgpanel::monitor {

/// Counts sends by their end, so that Telegram, which sees them some time between begin and end,
/// never sees two closer than the interval, nor more than per_window in any window.
class SendPace {
 public:
  explicit SendPace(SendLimits limits) : limits_(limits) {}

  /// A send that ended at `at`, whatever its outcome. In order of time.
  void add(Instant at);
  /// The earliest instant for the next; at most one window after `now`, should the clock be set
  /// back.
  [[nodiscard]] Instant earliest(Instant now) const;

 private:
  SendLimits limits_;
  std::deque<Instant> ends_;  // the last per_window
};

}  // namespace tgpanel::monitor
