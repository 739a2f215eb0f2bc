#pragma once
// What is made of many measurements.

#include <vector>

namespace soak {

struct Sample {
  double hours = 0;  // since the load began
  double mb = 0;     // resident memory
};

/// The regression line through the samples: its rise in percent of their mean, per hour. 0 for
/// fewer than two.
[[nodiscard]] double growth_per_hour(const std::vector<Sample>& samples);

/// Of all values, `percent` of which are not above the result; 0 when there is none.
[[nodiscard]] double percentile(std::vector<double> values, double percent);

}  // namespace soak
