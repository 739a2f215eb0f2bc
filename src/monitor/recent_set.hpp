#pragma once
// The last messages looked at, so that what N accounts see is looked at once.

#include "base/ids.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <unordered_set>
#include <utility>

namespace tgpanel::monitor {

/// Remembers the last `capacity` message ids. A forgotten one costs work, never a second alert.
class RecentSet {
 public:
  explicit RecentSet(std::size_t capacity) : capacity_(capacity) {}

  /// True when it was not remembered.
  bool insert(ChatId chat, MessageId message) {
    const Key key{chat, message};
    if (!known_.insert(key).second) return false;
    order_.push_back(key);
    if (order_.size() > capacity_) {
      known_.erase(order_.front());
      order_.pop_front();
    }
    return true;
  }

  void erase(ChatId chat, MessageId message) { known_.erase(Key{chat, message}); }

  [[nodiscard]] std::size_t size() const { return order_.size(); }

 private:
  using Key = std::pair<ChatId, MessageId>;

  struct Hash {
    std::size_t operator()(const Key& key) const {
      constexpr std::size_t kSpread = 0x9E3779B97F4A7C15ULL;
      return std::hash<ChatId>{}(key.first) * kSpread ^ std::hash<MessageId>{}(key.second);
    }
  };

  std::size_t capacity_;
  std::unordered_set<Key, Hash> known_;
  std::deque<Key> order_;
};

}  // namespace tgpanel::monitor
