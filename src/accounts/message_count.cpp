#include "accounts/message_count.hpp"

#include "telegram/td_types.hpp"

#include <algorithm>

namespace tgpanel::accounts {

void MessageCount::saw(std::span<const Json> messages) {
  // What is told together is held beside what was there before, in whatever order it comes.
  std::map<ChatId, Stretch> before;
  for (const auto& message : messages) {
    if (!message.is_object()) continue;
    const ChatId chat = telegram::int_field(message, "chat_id");
    const MessageId id = telegram::int_field(message, "id");
    auto& stretch = chats_.try_emplace(chat).first->second;
    const auto& known = before.try_emplace(chat, stretch).first->second;
    if (id >= known.first && id <= known.last) continue;
    ++count_;
    if (stretch.last == 0) stretch = {.first = id, .last = id};
    stretch.first = std::min(stretch.first, id);
    stretch.last = std::max(stretch.last, id);
  }
}

}  // namespace tgpanel::accounts
