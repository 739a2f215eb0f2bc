// Any text is either read as a chat or a person, of which exactly one thing is known, or refused
// with a sentence; what can be joined is a chat.

#include "actions/peer_link.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace actions = tgpanel::actions;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto chat = actions::parse_chat_link(text);
  const auto join = actions::parse_join_link(text);
  const auto user = actions::parse_user_link(text);
  if (chat) {
    const int known = (chat->username.empty() ? 0 : 1) + (chat->invite.empty() ? 0 : 1) +
                      (chat->chat_id == 0 ? 0 : 1);
    if (known != 1 || chat->chat_id > 0) std::abort();
  } else if (chat.error().message.empty()) {
    std::abort();
  }
  if (join && (!chat || *join != *chat || join->chat_id != 0)) std::abort();
  if (!join && join.error().message.empty()) std::abort();
  if (user && user->username.empty() == (user->user_id == 0)) std::abort();
  if (!user && user.error().message.empty()) std::abort();
  if (chat && !chat->invite.empty()) {
    const auto again = actions::parse_chat_link(chat->invite);
    if (!again || *again != *chat) std::abort();
  }
  return 0;
}
