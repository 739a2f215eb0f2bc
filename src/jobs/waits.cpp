#include "jobs/waits.hpp"

#include <algorithm>
#include <utility>

namespace tgpanel::jobs {

bool Waits::tell(const WaitKey& key, Instant until) {
  Wait& wait = waits_[key];
  if (until <= wait.told) return false;
  wait.told = until;
  return true;
}

bool Waits::infer(const WaitKey& key, Instant until) {
  Wait& wait = waits_[key];
  const bool longer = until > std::max(wait.told, wait.inferred);
  wait.inferred = std::max(wait.inferred, until);
  return longer;
}

bool Waits::answer(const WaitKey& key) {
  const auto found = waits_.find(key);
  if (found == waits_.end()) return false;
  Wait& wait = found->second;
  const bool shorter = std::exchange(wait.inferred, {}) > wait.told;
  if (wait.told == Instant{}) waits_.erase(found);
  return shorter;
}

bool Waits::narrow(const WaitKey& key) {
  const auto found = waits_.find({key.account, key.method, 0});
  if (found == waits_.end()) return false;
  const Instant until = std::exchange(found->second.told, {});
  if (until == Instant{}) return false;
  if (found->second.inferred == Instant{}) waits_.erase(found);
  tell(key, until);
  return true;
}

std::optional<Instant> Waits::end_of(const WaitKey& key) const {
  const auto found = waits_.find(key);
  if (found == waits_.end()) return std::nullopt;
  return std::max(found->second.told, found->second.inferred);
}

std::optional<Instant> Waits::until(const WaitKey& key, Instant now) const {
  auto end = end_of({key.account, key.method, 0});
  if (key.chat != 0) end = std::max(end, end_of(key));
  return end && *end > now ? end : std::nullopt;
}

std::optional<Instant> Waits::until(AccountId account, Instant now) const {
  std::optional<Instant> latest;
  for (const auto& [key, wait] : waits_) {
    const Instant end = std::max(wait.told, wait.inferred);
    if (key.account != account || key.chat != 0 || end <= now) continue;
    latest = std::max(latest, std::optional(end));
  }
  return latest;
}

}  // namespace tgpanel::jobs
