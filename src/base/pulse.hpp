#pragma once
// A thread's sign of life, for whoever watches it from another one.

#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace tgpanel {

/// Beaten by one thread, read by any.
class Pulse {
 public:
  /// The watched thread only.
  void beat() noexcept {
    if (thread_.load(std::memory_order_relaxed) == 0) {
      thread_.store(::gettid(), std::memory_order_relaxed);
    }
    beats_.fetch_add(1, std::memory_order_relaxed);
  }

  [[nodiscard]] std::uint64_t beats() const noexcept {
    return beats_.load(std::memory_order_relaxed);
  }

  /// The kernel's number of the thread; 0 before its first beat.
  [[nodiscard]] ::pid_t thread() const noexcept { return thread_.load(std::memory_order_relaxed); }

 private:
  std::atomic<::pid_t> thread_{0};
  std::atomic<std::uint64_t> beats_{0};
};

}  // namespace tgpanel
