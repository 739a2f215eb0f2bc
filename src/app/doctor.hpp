#pragma once
// `tgpanel doctor`: what a start needs, looked at one by one.

#include "app/setting_sources.hpp"
#include "base/result.hpp"

#include <string>
#include <vector>

namespace tgpanel::app {

struct Finding {
  bool good = false;
  std::string what;  // "processor"
  std::string says;  // a sentence; for what is not good, with what to do
};

/// Looks; changes nothing.
[[nodiscard]] std::vector<Finding> examine(const SettingSources& sources);

/// Prints the findings. Returns 0, or 78 when one is not good.
int run_doctor(const SettingSources& sources);

/// Vectorscan needs SSE4.2. configuration: this processor has none.
Result<void> check_processor();

}  // namespace tgpanel::app
