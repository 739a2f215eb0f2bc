#pragma once
// A place where a thread of a test is held up.

#include <condition_variable>
#include <mutex>

namespace tgpanel::app {

/// A place where a thread stands until it may go on.
class Gate {
 public:
  [[gnu::noinline]] void stand_still_on_purpose() {
    std::unique_lock lock(mutex_);
    standing_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    passed_ = true;
  }

  void wait_for_somebody() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return standing_; });
  }

  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  [[nodiscard]] bool passed() const { return passed_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool standing_ = false;
  bool open_ = false;
  bool passed_ = false;
};

}  // namespace tgpanel::app
