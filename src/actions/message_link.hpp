#pragma once
// Telegram's message links, in every form that people paste.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tgpanel::actions {

/// Where a link points to. Either `username` (a public chat) or `channel_id` is set.
struct MessageLink {
  std::string username;         // as written, without @; public chats
  std::int64_t channel_id = 0;  // the number after /c/, without -100; private chats
  std::int64_t post = 0;        // the server's message id, 1 ... 2^31-1
  std::int64_t thread = 0;      // the topic's or thread's first message; 0: none
  std::int64_t comment = 0;  // a comment below `post`, in the discussion group; 0: the post itself

  friend bool operator==(const MessageLink&, const MessageLink&) = default;
};

/// Longer texts are refused unread.
inline constexpr std::size_t kMaxLinkBytes = 512;

/// Reads t.me, telegram.me, telegram.dog (with www. or http(s)://, or without), name.t.me,
/// tg:resolve and tg:privatepost links, in any letter case, with /s/, a topic, ?single, ?comment=,
/// ?thread=, a trailing slash or a fragment; invisible marks are passed over, Persian and Arabic
/// digits count. invalid: a sentence with the exact reason and an example.
/// Source: https://core.telegram.org/api/links
[[nodiscard]] Result<MessageLink> parse_message_link(std::string_view text);

/// The form for td_api getMessageLinkInfo: https://t.me/name/5 or https://t.me/c/123/5. Reads back
/// to the same MessageLink.
[[nodiscard]] std::string canonical(const MessageLink& link);

}  // namespace tgpanel::actions
