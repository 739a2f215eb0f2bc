#pragma once
// When a thread counts as stalled: decided from its beats and the time alone.

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tgpanel::app {

struct WatchdogLimits {
  /// A thread without a beat for so long is stalled.
  Millis silence{10'000};
  /// Between two looks at the beats.
  Millis look_every{1'000};
  /// Between two signs of life to systemd; without it none are given.
  std::optional<Millis> tell_every = {};
};

/// What a look found out. The process is alive while no thread is stalled.
struct WatchdogVerdict {
  struct Turn {
    std::size_t thread = 0;
    bool stalled = false;  // false: it beats again
    Millis silent{};
  };

  std::vector<Turn> turns;
  bool tell = false;  // a sign of life is due
};

/// Each stall has two turns: its beginning and its end. Time in which nobody looked does not count
/// as silence: the whole process stood still then (stopped, swapped out, a paused machine), and no
/// thread could have beaten.
class WatchdogRule {
 public:
  using Time = std::chrono::steady_clock::time_point;

  WatchdogRule(std::size_t threads, const WatchdogLimits& limits, Time now);

  /// `beats`: how often each thread has beaten so far.
  WatchdogVerdict look(std::span<const std::uint64_t> beats, Time now);

 private:
  struct Watched {
    std::uint64_t beats = 0;
    Time beaten;      // when the last beat was seen
    Millis silent{};  // what of the time since then counts
    bool stalled = false;
  };

  WatchdogLimits limits_;
  std::vector<Watched> threads_;
  Time looked_;
  std::optional<Time> told_;
};

}  // namespace tgpanel::app
