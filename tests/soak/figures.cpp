#include "soak/figures.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace soak {

double growth_per_hour(const std::vector<Sample>& samples) {
  if (samples.size() < 2) return 0;
  double hours = 0;
  double mb = 0;
  for (const auto& sample : samples) {
    hours += sample.hours;
    mb += sample.mb;
  }
  const auto count = static_cast<double>(samples.size());
  hours /= count;
  mb /= count;
  double rise = 0;
  double run = 0;
  for (const auto& sample : samples) {
    rise += (sample.hours - hours) * (sample.mb - mb);
    run += (sample.hours - hours) * (sample.hours - hours);
  }
  return run == 0 || mb == 0 ? 0 : rise / run / mb * 100;
}

double percentile(std::vector<double> values, double percent) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto rank = std::ceil(percent / 100 * static_cast<double>(values.size()));
  return values[static_cast<std::size_t>(std::max(1.0, rank)) - 1];
}

}  // namespace soak
