#include "monitor/intake.hpp"

#include "base/crypto.hpp"

#include <fmt/core.h>
#include <sodium.h>

#include <array>

namespace tgpanel::monitor {

namespace {

// td_api: supergroups and channels are -10^12 - id, with id at most 10^12 - 2^31.
constexpr ChatId kBeforeSupergroups = -1'000'000'000'000;
constexpr ChatId kLastSupergroup = -1'997'852'516'352;

std::string hash_of(std::string_view text) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash(
      digest.data(), digest.size(),
      reinterpret_cast<const unsigned char*>(text.data()),  // NOLINT(*-reinterpret-cast)
      text.size(), nullptr, 0);
  return crypto::to_hex(
      {reinterpret_cast<const char*>(digest.data()),  // NOLINT(*-reinterpret-cast)
       digest.size()});
}

std::string sender_and_date(const telegram::Message& message) {
  const auto sender = message.sender_id != 0 ? message.sender_id : message.sender_chat_id;
  return fmt::format("{}:{}:", sender, message.date);
}

}  // namespace

ChatScope scope_of(ChatId chat) {
  if (chat > 0) return ChatScope::private_chat;
  if (chat < 0 && chat > kBeforeSupergroups) return ChatScope::basic_group;
  if (chat < kBeforeSupergroups && chat >= kLastSupergroup) return ChatScope::shared;
  return ChatScope::unwatched;
}

bool is_group(ChatId chat) {
  const auto scope = scope_of(chat);
  return scope == ChatScope::basic_group || scope == ChatScope::shared;
}

Verdict judge(const telegram::Message& message, const IntakeRules& rules) {
  if (is_service_peer(message.chat_id) || is_service_peer(message.sender_id)) {
    return Verdict::service;
  }
  const bool watched_private =
      rules.private_chats && scope_of(message.chat_id) == ChatScope::private_chat;
  if (!is_group(message.chat_id) && !watched_private) return Verdict::unwatched;
  // Its posts are copied to the group where they are discussed, as written by the channel.
  if (rules.alert_channel != 0 &&
      (message.chat_id == rules.alert_channel || message.sender_chat_id == rules.alert_channel ||
       message.chat_id == rules.alert_discussion)) {
    return Verdict::alert_channel;
  }
  if (!is_server_message(message.id)) return Verdict::unsent;
  if (message.is_outgoing || rules.sender_is_ours) return Verdict::ours;
  const auto listed = [&](std::int64_t peer) {
    return peer != 0 && rules.ignored != nullptr && rules.ignored->contains(peer);
  };
  if (listed(message.chat_id) || listed(message.sender_id) || listed(message.sender_chat_id)) {
    return Verdict::ignored;
  }
  return message.text.empty() ? Verdict::no_text : Verdict::look;
}

std::string identity_of(const telegram::Message& message, AccountId mailbox) {
  if (scope_of(message.chat_id) == ChatScope::shared) {
    return fmt::format("{}", server_message_id(message.id));
  }
  if (scope_of(message.chat_id) == ChatScope::private_chat) {
    return fmt::format("{}:{}", mailbox, server_message_id(message.id));
  }
  return fmt::format("{}{}", sender_and_date(message), hash_of(message.text));
}

std::string identity_prefix_of(const telegram::Message& message) {
  const bool by_text = scope_of(message.chat_id) == ChatScope::basic_group;
  return by_text && message.edit_date != 0 ? sender_and_date(message) : std::string();
}

}  // namespace tgpanel::monitor
