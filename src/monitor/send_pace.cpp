#include "monitor/send_pace.hpp"

#include <algorithm>

namespace tgpanel::monitor {

void SendPace::add(Instant at) {
  ends_.push_back(at);
  if (ends_.size() > limits_.per_window) ends_.pop_front();
}

Instant SendPace::earliest(Instant now) const {
  auto earliest = now;
  if (!ends_.empty()) earliest = std::max(earliest, ends_.back() + limits_.interval);
  if (ends_.size() >= limits_.per_window) {
    earliest = std::max(earliest, ends_.front() + limits_.window);
  }
  return std::min(earliest, now + std::max(limits_.window, limits_.interval));
}

}  // namespace tgpanel::monitor
