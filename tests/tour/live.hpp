#pragma once
// Prints the transcript while something else acts: looks again after every change in the data
// centre.

#include "tour/transcript.hpp"

#include <mutex>
#include <thread>

namespace tour {

class Live {
 public:
  Live(testdc::Driver driver, Transcript& transcript);
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;
  ~Live() = default;

  /// Runs `print` between two looks, so that lines do not mix; what had changed is printed first.
  template <class F>
  void with(F print) {
    const std::lock_guard lock(mutex_);
    transcript_.catch_up();
    print(transcript_);
  }

 private:
  void follow(const std::stop_token& stop);

  testdc::Driver driver_;
  Transcript& transcript_;
  std::mutex mutex_;
  std::jthread thread_;
};

}  // namespace tour
