#pragma once
// Many deadlines behind one timer.

#include "base/async.hpp"
#include "base/time.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace tgpanel::telegram {

/// No deadline is later, whatever is asked for: nobody waits for ever.
inline constexpr Millis kLongestDeadline{600'000};

/// Calls `expired(key)` on the executor for every key whose time has passed. Waits are measured by
/// the steady clock: setting the wall clock changes nothing. Executor: the domain's.
class Deadlines {
 public:
  using Key = std::uint64_t;
  using Expired = std::function<void(Key)>;
  using When = std::pair<std::chrono::steady_clock::time_point, Key>;

  explicit Deadlines(const Executor& executor);
  Deadlines(const Deadlines&) = delete;
  Deadlines& operator=(const Deadlines&) = delete;
  ~Deadlines();

  void on_expired(Expired expired);
  /// `key` must not be in use. At most kLongestDeadline from now on.
  [[nodiscard]] When add(Key key, Millis after);
  void remove(const When& when);
  [[nodiscard]] std::size_t size() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tgpanel::telegram
