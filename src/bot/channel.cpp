#include "bot/channel.hpp"

#include "telegram/td_types.hpp"
#include "words/start.hpp"

#include <spdlog/spdlog.h>

#include <string>
#include <string_view>

namespace tgpanel::bot {
namespace {

bool may_post(const Json& status, bool is_channel) {
  const std::string_view type = telegram::type_of(status);
  if (type == "chatMemberStatusCreator") return true;
  if (type == "chatMemberStatusAdministrator") {
    return !is_channel ||
           telegram::bool_field(telegram::object_field(status, "rights"), "can_post_messages");
  }
  if (is_channel) return false;
  if (type == "chatMemberStatusRestricted") {
    return telegram::bool_field(status, "is_member") &&
           telegram::bool_field(telegram::object_field(status, "permissions"),
                                "can_send_basic_messages");
  }
  return type == "chatMemberStatusMember";
}

std::string name_of(const Channel& channel) {
  if (const auto* id = std::get_if<ChatId>(&channel)) return std::to_string(*id);
  return "@" + std::get<std::string>(channel);
}

Json lookup(const Channel& channel) {
  if (const auto* id = std::get_if<ChatId>(&channel)) {
    return {{"@type", "getChat"}, {"chat_id", *id}};
  }
  return {{"@type", "searchPublicChat"}, {"username", std::get<std::string>(channel)}};
}

Error cannot_use(const telegram::TdError& error, const Phrase& why, const std::string& name) {
  const Error plain = error.to_error();
  if (plain.code == Errc::telegram) return fail(Errc::configuration, {why, name}).error();
  const Sentence unknown(words::channel_unknown, name, error.message);
  return fail(plain.code, unknown, plain.retry_after_s).error();
}

}  // namespace

Awaitable<ChatId> find_discussion(std::shared_ptr<telegram::Client> client, ChatId channel) {
  Json get_chat{{"@type", "getChat"}, {"chat_id", channel}};
  const auto chat = co_await client->request(std::move(get_chat));
  if (!chat || telegram::parse_chat(*chat).kind != telegram::ChatKind::channel) co_return 0;
  Json get{{"@type", "getSupergroupFullInfo"},
           {"supergroup_id", telegram::parse_chat(*chat).peer_id}};
  const auto full = co_await client->request(std::move(get));
  if (full) co_return telegram::int_field(*full, "linked_chat_id");
  spdlog::warn("bot: it is not known where the posts of the alert channel are discussed: {}",
               full.error().message);
  co_return 0;
}

Awaitable<Result<ChatId>> find_channel(std::shared_ptr<telegram::Client> client, Channel channel) {
  if (std::holds_alternative<std::monostate>(channel)) co_return ChatId{0};
  const std::string name = name_of(channel);
  Json function = lookup(channel);
  auto found = co_await client->request(std::move(function));
  if (!found) co_return std::unexpected(cannot_use(found.error(), words::channel_not_seen, name));
  const auto chat = telegram::parse_chat(*found);
  const bool is_channel = chat.kind == telegram::ChatKind::channel;
  if (is_channel || chat.kind == telegram::ChatKind::supergroup) {
    Json get{{"@type", "getSupergroup"}, {"supergroup_id", chat.peer_id}};
    auto supergroup = co_await client->request(std::move(get));
    if (!supergroup) {
      co_return std::unexpected(cannot_use(supergroup.error(), words::channel_not_seen, name));
    }
    if (!may_post(telegram::object_field(*supergroup, "status"), is_channel)) {
      co_return fail(Errc::configuration, {words::channel_no_rights, name});
    }
  } else if (chat.kind != telegram::ChatKind::basic_group) {
    co_return fail(Errc::configuration, {words::channel_no_channel, name});
  }
  co_return chat.id;
}

}  // namespace tgpanel::bot
