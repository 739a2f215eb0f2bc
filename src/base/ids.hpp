#pragma once
// Telegram's identifiers as TDLib gives them (td_api), and our own row ids.

#include <cstdint>

namespace tgpanel {

using ChatId = std::int64_t;     // td_api chat_id: users > 0, supergroups and channels -100...
using UserId = std::int64_t;     // td_api user_id
using MessageId = std::int64_t;  // td_api message_id: the server's id << 20
using AccountId = std::int64_t;  // row id in table account, never reused
using JobId = std::int64_t;      // row id in table job
using KeywordId = std::int64_t;  // row id in table keyword
using AlertId = std::int64_t;    // row id in table alert, the outbox id

/// The server's own message id (what t.me links carry).
constexpr std::int64_t server_message_id(MessageId id) {
  return id >> 20;
}

constexpr MessageId from_server_message_id(std::int64_t id) {
  return id << 20;
}

}  // namespace tgpanel
