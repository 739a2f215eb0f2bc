#include "jobs/outlook.hpp"

#include <algorithm>

namespace tgpanel::jobs {

std::size_t open_items(const Job& job) {
  return static_cast<std::size_t>(
      std::ranges::count_if(job.items, [](const Item& item) { return !is_final(item.state); }));
}

Instant latest_wait(const Job& job) {
  Instant latest{};
  for (const auto& item : job.items) {
    if (item.state == ItemState::waiting) latest = std::max(latest, item.not_before);
  }
  return latest;
}

Millis expected_time(const Pace& pace, std::size_t items, std::span<const std::size_t> others,
                     Millis longest_wait) {
  if (items == 0) return Millis{0};
  std::size_t turns = items - 1;
  for (const auto open : others) turns += std::min(open, items);
  return std::max(pace.panel_gap * static_cast<Millis::rep>(turns), longest_wait);
}

}  // namespace tgpanel::jobs
