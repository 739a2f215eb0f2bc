#pragma once
// How many messages TDLib holds for a client, by what it told of. Pure.

#include "base/ids.hpp"
#include "base/json.hpp"

#include <cstddef>
#include <map>
#include <span>

namespace tgpanel::accounts {

/// Of each chat it remembers the first and the last message: what lies between was loaded before.
class MessageCount {
 public:
  /// Told together; td_api messages.
  void saw(std::span<const Json> messages);

  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  struct Stretch {
    MessageId first = 0;
    MessageId last = 0;
  };

  std::map<ChatId, Stretch> chats_;
  std::size_t count_ = 0;
};

}  // namespace tgpanel::accounts
