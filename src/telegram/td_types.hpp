#pragma once
// The few td_api objects that the panel reads, as structs, and builders for what it sends.
// Readers take parsed td_api objects and never throw on missing fields: they leave defaults.

#include "base/ids.hpp"
#include "base/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tgpanel::telegram {

/// "@type" of an object; empty when there is none.
[[nodiscard]] std::string_view type_of(const Json& object);
/// Fields by name; the default when missing or of another kind. int64 values that td_api writes as
/// strings ("id":"123") are read as numbers.
[[nodiscard]] std::int64_t int_field(const Json& object, const char* name,
                                     std::int64_t otherwise = 0);
[[nodiscard]] std::string string_field(const Json& object, const char* name);
[[nodiscard]] bool bool_field(const Json& object, const char* name);
/// The member object; a null object when missing.
[[nodiscard]] const Json& object_field(const Json& object, const char* name);

/// The updateConnectionState that says that Telegram answers.
[[nodiscard]] bool came_online(const Json& update);

/// Telegram's service chat: carries login codes. Never match, forward, log or index it.
inline constexpr UserId kServiceUser = 777000;

struct Message {
  ChatId chat_id = 0;
  MessageId id = 0;
  UserId sender_id = 0;       // 0 when a chat wrote
  ChatId sender_chat_id = 0;  // 0 when a user wrote
  bool is_outgoing = false;
  bool is_channel_post = false;
  std::int64_t date = 0;       // Unix seconds
  std::int64_t edit_date = 0;  // Unix seconds; 0: never edited
  std::string text;            // as text_of(content)
  UserId via_bot_id = 0;
};

/// td_api `message` (updateNewMessage.message, updateChatLastMessage.last_message, ...).
[[nodiscard]] Message parse_message(const Json& message);

/// What people read in a message: text, caption of media, question and options of a poll (one a
/// line), title of a checklist and the like. Empty for service messages and media without a
/// caption.
[[nodiscard]] std::string text_of(const Json& content);

enum class ChatKind : std::uint8_t {
  unknown,
  private_chat,
  basic_group,
  supergroup,
  channel,
  secret
};

struct Chat {
  ChatId id = 0;
  ChatKind kind = ChatKind::unknown;
  std::int64_t peer_id = 0;  // user, basic group or supergroup id of the kind
  std::string title;
  MessageId last_message_id = 0;  // 0: none known
};

/// td_api `chat` (getChat, updateNewChat.chat).
[[nodiscard]] Chat parse_chat(const Json& chat);

struct User {
  UserId id = 0;
  std::string name;  // first and last name; the username or the id where there is none; never empty
  std::string username;  // the first active one, without @; may be empty
  std::string phone;     // digits; only for oneself and contacts: mask it before it goes anywhere
  bool is_bot = false;
};

/// td_api `user` (getMe, getUser).
[[nodiscard]] User parse_user(const Json& user);

/// The first active username of td_api `usernames`; empty when there is none.
[[nodiscard]] std::string first_username(const Json& usernames);

/// td_api `formattedText` without entities.
[[nodiscard]] Json plain_text(std::string_view text);
/// td_api `inputMessageText` with link previews off; `formatted` from plain_text or with entities.
[[nodiscard]] Json input_text(Json formatted);
/// td_api `textEntity`; offset and length in UTF-16 units. `type`: "textEntityTypeBold", ...
[[nodiscard]] Json text_entity(std::int32_t offset, std::int32_t length, std::string_view type);
}  // namespace tgpanel::telegram
