#include "app/watchdog_rule.hpp"

#include <algorithm>

namespace tgpanel::app {

WatchdogRule::WatchdogRule(std::size_t threads, const WatchdogLimits& limits, Time now)
    : limits_(limits), threads_(threads, Watched{.beaten = now}), looked_(now) {}

WatchdogVerdict WatchdogRule::look(std::span<const std::uint64_t> beats, Time now) {
  const auto passed = std::chrono::duration_cast<Millis>(now - looked_);
  const auto counted = std::min(passed, limits_.look_every * 2);
  looked_ = now;

  WatchdogVerdict verdict;
  bool alive = true;
  for (std::size_t index = 0; index < threads_.size(); ++index) {
    Watched& thread = threads_[index];
    const auto silent = std::chrono::duration_cast<Millis>(now - thread.beaten);
    if (beats[index] != thread.beats) {
      if (thread.stalled) verdict.turns.push_back({index, false, silent});
      thread = {.beats = beats[index], .beaten = now};
      continue;
    }
    thread.silent += counted;
    if (!thread.stalled && thread.silent >= limits_.silence) {
      thread.stalled = true;
      verdict.turns.push_back({index, true, silent});
    }
    alive = alive && !thread.stalled;
  }

  if (alive && limits_.tell_every && (!told_ || now - *told_ >= *limits_.tell_every)) {
    told_ = now;
    verdict.tell = true;
  }
  return verdict;
}

}  // namespace tgpanel::app
