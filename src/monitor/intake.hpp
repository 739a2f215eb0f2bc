#pragma once
// What becomes of one new message: a pure decision.

#include "base/ids.hpp"
#include "telegram/td_types.hpp"

#include <cstdint>
#include <string>
#include <unordered_set>

namespace tgpanel::monitor {

enum class ChatScope : std::uint8_t {
  unwatched,     // secret and direct-messages chats
  private_chat,  // message ids count per mailbox; monitored only when that is switched on
  basic_group,   // message ids count per mailbox
  shared,        // supergroups and channels: one id for everybody
};

/// By the ranges of td_api chat ids. Source: TDLib's DialogId.
[[nodiscard]] ChatScope scope_of(ChatId chat);

/// Basic groups, supergroups and channels.
[[nodiscard]] bool is_group(ChatId chat);

/// Telegram's own chats, which carry login codes: the service chat and the bot that sends the codes
/// of other services (TDLib's option verification_codes_bot_chat_id).
[[nodiscard]] constexpr bool is_service_peer(std::int64_t peer) {
  constexpr UserId kVerificationCodes = 489'000;
  return peer == telegram::kServiceUser || peer == kVerificationCodes;
}

/// True for ids that the server gave; messages on their way have others.
[[nodiscard]] constexpr bool is_server_message(MessageId id) {
  return id > 0 && from_server_message_id(server_message_id(id)) == id;
}

enum class Verdict : std::uint8_t {
  look,           // match it
  unwatched,      // of a chat that is not monitored
  service,        // Telegram's service chats
  alert_channel,  // where our own alerts are, or a copy of one elsewhere
  unsent,         // a message on its way, without the server's id
  ours,           // written by one of the team's accounts
  ignored,        // its sender or its chat is on the ignore list
  no_text,
};

/// Does not copy anything: valid as long as what it points to.
struct IntakeRules {
  ChatId alert_channel = 0;     // 0: none
  ChatId alert_discussion = 0;  // the group where its posts are discussed; 0: none
  const std::unordered_set<std::int64_t>* ignored = {};  // users (> 0) and chats (< 0)
  bool sender_is_ours = false;
  bool private_chats = false;  // are monitored
};

[[nodiscard]] Verdict judge(const telegram::Message& message, const IntakeRules& rules);

/// What tells a message from every other of its chat, for all accounts: the server's id where it is
/// shared; in a basic group sender, date and a hash of the text, since ids count per mailbox there
/// (two equal texts by one sender within one second count as one message). A private chat is
/// another one for each account, `mailbox`.
[[nodiscard]] std::string identity_of(const telegram::Message& message, AccountId mailbox);

/// What the identities of all versions of an edited message begin with; empty where they are equal.
/// In a basic group two messages by one sender within one second count as one when one of them is
/// edited.
[[nodiscard]] std::string identity_prefix_of(const telegram::Message& message);

}  // namespace tgpanel::monitor
