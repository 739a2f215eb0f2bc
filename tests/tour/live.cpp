#include "tour/live.hpp"

namespace tour {

Live::Live(testdc::Driver driver, Transcript& transcript)
    : driver_(std::move(driver)),
      transcript_(transcript),
      thread_([this](const std::stop_token& stop) { follow(stop); }) {}

void Live::follow(const std::stop_token& stop) {
  std::int64_t version = 0;
  try {
    while (!stop.stop_requested()) {
      // The deadline only bounds how late a stop is noticed.
      const testdc::Json change =
          driver_.call("wait_change", {{"since", version}, {"timeout_ms", 500}});
      version = change.at("version").get<std::int64_t>();
      const std::lock_guard lock(mutex_);
      transcript_.catch_up();
    }
  } catch (const std::exception& problem) {  // whoever acts learns of it too
    const std::lock_guard lock(mutex_);
    if (!stop.stop_requested()) transcript_.note(problem.what());
  }
}

}  // namespace tour
