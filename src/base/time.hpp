#pragma once
// Instants are UTC milliseconds; rules get the clock passed in, so that tests own time.

#include <chrono>
#include <cstdint>

namespace tgpanel {

using Millis = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Milliseconds since 1970-01-01 UTC, as stored on disk.
constexpr std::int64_t to_unix_ms(Instant instant) {
  return instant.time_since_epoch().count();
}

constexpr Instant from_unix_ms(std::int64_t ms) {
  return Instant{Millis{ms}};
}

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override {
    return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now());
  }
};

/// For tests: time moves only when told to.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}

  [[nodiscard]] Instant now() const override { return now_; }

  void advance(Millis by) { now_ += by; }

 private:
  Instant now_;
};

}  // namespace tgpanel
