#pragma once
// What people write to name a chat or a person: @name, a link, an invite link, an id.

#include "base/ids.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>

namespace tgpanel::actions {

/// Exactly one of them is set.
struct ChatLink {
  std::string username = {};  // as written, without @
  std::string invite = {};    // https://t.me/+hash or https://t.me/joinchat/hash
  ChatId chat_id = 0;         // as in td_api: -100...

  friend bool operator==(const ChatLink&, const ChatLink&) = default;
};

/// Exactly one of them is set.
struct UserLink {
  std::string username = {};  // as written, without @
  UserId user_id = 0;

  friend bool operator==(const UserLink&, const UserLink&) = default;
};

/// Reads @name, links of chats and of messages in them in every form of message_link.hpp, invite
/// links (t.me/+hash, t.me/joinchat/hash, tg:join) and ids (-100...). invalid: a sentence with the
/// reason and an example.
/// Source: https://core.telegram.org/api/links
[[nodiscard]] Result<ChatLink> parse_chat_link(std::string_view text);
/// The same for what an account can join: no ids, no links of private chats without an invitation.
[[nodiscard]] Result<ChatLink> parse_join_link(std::string_view text);
/// Reads @name, t.me/name, name.t.me, tg:resolve, tg:user?id= and ids of users. invalid: a sentence
/// with the reason and an example.
[[nodiscard]] Result<UserLink> parse_user_link(std::string_view text);

}  // namespace tgpanel::actions
