// Supergroups, channels and basic groups: looking them up, joining and leaving.
#include "testdc/world/context.hpp"
#include "testdc/world/view.hpp"

namespace testdc {

namespace {

Value chat_updated(const Context& context, const Caller& caller, const Chat& chat) {
  View view(context.world, caller.user_id);
  view.note(chat.peer());
  Value update = {{"_", "updateChannel"}, {"channel_id", chat.id}};
  if (chat.basic()) update = {{"_", "updateChat"}, {"chat_id", chat.id}};
  return view.updates(Value::array({std::move(update)}));
}

// Channels that the caller names wrongly are left out, unless that is all he asked for.
Value get_channels(const Context& context, const Caller& caller, const Value& query) {
  const View view(context.world, caller.user_id);
  Value chats = Value::array();
  for (const auto& input : query.at("id")) {
    chats.push_back(view.chat(input_channel(context, caller.user_id, input)));
  }
  return {{"_", "messages.chats"}, {"chats", std::move(chats)}};
}

Value get_chats(const Context& context, const Caller& caller, const Value& query) {
  const View view(context.world, caller.user_id);
  Value chats = Value::array();
  for (const auto& id : query.at("id")) {
    chats.push_back(view.chat(input_chat(context, caller.user_id, id.get<std::int64_t>())));
  }
  return {{"_", "messages.chats"}, {"chats", std::move(chats)}};
}

// core.telegram.org/type/ChatReactions
Value chat_reactions(const Chat& chat) {
  if (!chat.allowed_reactions) return {{"_", "chatReactionsAll"}};
  if (chat.allowed_reactions->empty()) return {{"_", "chatReactionsNone"}};
  Value list = Value::array();
  for (const auto& emoji : *chat.allowed_reactions) {
    list.push_back({{"_", "reactionEmoji"}, {"emoticon", emoji}});
  }
  return {{"_", "chatReactionsSome"}, {"reactions", std::move(list)}};
}

int admins(const Chat& chat) {
  int count = 0;
  for (const auto& [user, member] : chat.members) count += chat.administered_by(user) ? 1 : 0;
  return count;
}

Value get_full_channel(const Context& context, const Caller& caller, const Value& query) {
  const auto& chat = input_channel(context, caller.user_id, query.at("channel"));
  View view(context.world, caller.user_id);
  view.note(chat.peer());
  const auto dialog = view.dialog(chat.peer());
  Value full = {{"_", "channelFull"},
                {"id", chat.id},
                {"about", ""},
                {"participants_count", chat.members.size()},
                {"read_inbox_max_id", dialog["read_inbox_max_id"]},
                {"read_outbox_max_id", dialog["read_outbox_max_id"]},
                {"unread_count", dialog["unread_count"]},
                {"chat_photo", {{"_", "photoEmpty"}, {"id", 0}}},
                {"notify_settings", {{"_", "peerNotifySettings"}}},
                {"bot_info", Value::array()},
                {"pts", chat.box.pts},
                {"available_reactions", chat_reactions(chat)}};
  if (chat.linked != 0) {
    full["linked_chat_id"] = chat.linked;
    view.note({Peer::Type::channel, chat.linked});
  }
  // core.telegram.org/constructor/channelFull
  if (chat.slow_mode != 0) {
    full["slowmode_seconds"] = chat.slow_mode;
    const auto last = chat.last_sent_ms.find(caller.user_id);
    if (last != chat.last_sent_ms.end() && !chat.administered_by(caller.user_id)) {
      const auto next = last->second / 1000 + chat.slow_mode;
      if (next > context.world.now()) full["slowmode_next_send_date"] = next;
    }
  }
  if (chat.administered_by(caller.user_id)) full["admins_count"] = admins(chat);
  if (!chat.broadcast() || chat.administered_by(caller.user_id))
    full["can_view_participants"] = true;
  return view.finish({{"_", "messages.chatFull"}, {"full_chat", std::move(full)}});
}

Value get_full_chat(const Context& context, const Caller& caller, const Value& query) {
  const auto& chat = input_chat(context, caller.user_id, query.at("chat_id").get<std::int64_t>());
  View view(context.world, caller.user_id);
  view.note(chat.peer());
  Value list = Value::array();
  for (const auto& [user, member] : chat.members) {
    view.note({Peer::Type::user, user});
    if (user == chat.creator) {
      list.push_back({{"_", "chatParticipantCreator"}, {"user_id", user}});
    } else {
      list.push_back({{"_", member.admin ? "chatParticipantAdmin" : "chatParticipant"},
                      {"user_id", user},
                      {"inviter_id", chat.creator},
                      {"date", member.date}});
    }
  }
  Value full = {{"_", "chatFull"},
                {"id", chat.id},
                {"about", ""},
                {"participants",
                 {{"_", "chatParticipants"},
                  {"chat_id", chat.id},
                  {"participants", std::move(list)},
                  {"version", chat.version}}},
                {"notify_settings", {{"_", "peerNotifySettings"}}},
                {"bot_info", Value::array()},
                {"available_reactions", chat_reactions(chat)}};
  return view.finish({{"_", "messages.chatFull"}, {"full_chat", std::move(full)}});
}

Chat& invited_to(const Context& context, const Value& query) {
  const auto& hash = query.at("hash").get_ref<const std::string&>();
  if (hash.empty()) throw RpcError{400, "INVITE_HASH_EMPTY"};
  auto* chat = context.world.chat_by_invite(hash);
  if (chat == nullptr) throw RpcError{400, "INVITE_HASH_EXPIRED"};
  return *chat;
}

Value check_invite(const Context& context, const Caller& caller, const Value& query) {
  const auto& chat = invited_to(context, query);
  const View view(context.world, caller.user_id);
  if (chat.has(caller.user_id)) return {{"_", "chatInviteAlready"}, {"chat", view.chat(chat)}};
  Value out = {{"_", "chatInvite"},
               {"title", chat.title},
               {"photo", {{"_", "photoEmpty"}, {"id", 0}}},
               {"participants_count", chat.members.size()},
               {"color", 1}};
  if (!chat.basic()) {
    out["channel"] = true;
    out[chat.broadcast() ? "broadcast" : "megagroup"] = true;
  }
  if (!chat.username.empty()) out["public"] = true;
  if (chat.join_by_request) out["request_needed"] = true;
  return out;
}

Value import_invite(const Context& context, const Caller& caller, const Value& query) {
  auto& chat = invited_to(context, query);
  if (chat.has(caller.user_id)) throw RpcError{400, "USER_ALREADY_PARTICIPANT"};
  if (chat.banned.contains(caller.user_id)) throw RpcError{400, "INVITE_HASH_EXPIRED"};
  // core.telegram.org/api/invites#join-requests: the request is the error's meaning.
  if (chat.join_by_request) {
    context.world.ask_to_join(caller.user_id, chat);
    throw RpcError{400, "INVITE_REQUEST_SENT"};
  }
  context.world.join(actor_of(caller), chat);
  return chat_updated(context, caller, chat);
}

Value join_channel(const Context& context, const Caller& caller, const Value& query) {
  auto& chat = input_channel(context, caller.user_id, query.at("channel"));
  // core.telegram.org/method/channels.joinChannel: where joining has to be approved.
  if (chat.join_request && !chat.has(caller.user_id)) {
    context.world.ask_to_join(caller.user_id, chat);
    throw RpcError{400, "INVITE_REQUEST_SENT"};
  }
  context.world.join(actor_of(caller), chat);
  return chat_updated(context, caller, chat);
}

}  // namespace

void add_chat_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("channels.getChannels", [context](const Caller& caller, const Value& query) {
    return get_channels(context, caller, query);
  });
  dispatcher.add("messages.getChats", [context](const Caller& caller, const Value& query) {
    return get_chats(context, caller, query);
  });
  dispatcher.add("channels.getFullChannel", [context](const Caller& caller, const Value& query) {
    return get_full_channel(context, caller, query);
  });
  dispatcher.add("messages.getFullChat", [context](const Caller& caller, const Value& query) {
    return get_full_chat(context, caller, query);
  });
  dispatcher.add("channels.joinChannel", [context](const Caller& caller, const Value& query) {
    return join_channel(context, caller, query);
  });
  dispatcher.add("channels.leaveChannel", [context](const Caller& caller, const Value& query) {
    auto& chat = input_channel(context, caller.user_id, query.at("channel"));
    context.world.leave(actor_of(caller), chat);
    return chat_updated(context, caller, chat);
  });
  dispatcher.add("messages.checkChatInvite", [context](const Caller& caller, const Value& query) {
    return check_invite(context, caller, query);
  });
  dispatcher.add("messages.importChatInvite", [context](const Caller& caller, const Value& query) {
    return import_invite(context, caller, query);
  });
}

}  // namespace testdc
