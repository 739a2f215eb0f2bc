// Members of chats: reading the list, leaving and removing.
#include "testdc/world/context.hpp"
#include "testdc/world/view.hpp"

namespace testdc {

namespace {

Value all_rights() {
  return {{"_", "chatAdminRights"}, {"change_info", true},   {"delete_messages", true},
          {"ban_users", true},      {"invite_users", true},  {"add_admins", true},
          {"other", true},          {"post_messages", true}, {"edit_messages", true}};
}

Value participant(const Chat& chat, std::int64_t user, std::int64_t viewer) {
  const auto it = chat.members.find(user);
  if (it == chat.members.end()) throw RpcError{400, "USER_NOT_PARTICIPANT"};
  if (user == chat.creator) {
    return {{"_", "channelParticipantCreator"}, {"user_id", user}, {"admin_rights", all_rights()}};
  }
  if (it->second.admin) {
    Value out = {{"_", "channelParticipantAdmin"},
                 {"user_id", user},
                 {"promoted_by", chat.creator},
                 {"date", it->second.date},
                 {"admin_rights", all_rights()}};
    if (user == viewer) {
      out["self"] = true;
      out["inviter_id"] = chat.creator;
    }
    return out;
  }
  if (user == viewer) {
    return {{"_", "channelParticipantSelf"},
            {"user_id", user},
            {"inviter_id", chat.creator},
            {"date", it->second.date}};
  }
  return {{"_", "channelParticipant"}, {"user_id", user}, {"date", it->second.date}};
}

Value get_participant(const Context& context, const Caller& caller, const Value& query) {
  const auto& chat = input_channel(context, caller.user_id, query.at("channel"));
  const auto peer = input_peer(context, caller.user_id, query.at("participant"));
  if (!peer.is_user()) throw RpcError{400, "PARTICIPANT_ID_INVALID"};
  if (chat.broadcast() && !chat.administered_by(caller.user_id) && peer.id != caller.user_id) {
    throw RpcError{400, "CHAT_ADMIN_REQUIRED"};
  }
  View view(context.world, caller.user_id);
  view.note(peer);
  view.note({Peer::Type::user, chat.creator});
  return view.finish({{"_", "channels.channelParticipant"},
                      {"participant", participant(chat, peer.id, caller.user_id)}});
}

Value get_participants(const Context& context, const Caller& caller, const Value& query) {
  const auto& chat = input_channel(context, caller.user_id, query.at("channel"));
  if (chat.broadcast() && !chat.administered_by(caller.user_id)) {
    throw RpcError{400, "CHAT_ADMIN_REQUIRED"};
  }
  const auto& filter = query.at("filter").at("_").get_ref<const std::string&>();
  View view(context.world, caller.user_id);
  Value list = Value::array();
  auto skip = query.at("offset").get<std::size_t>();
  const auto limit = query.at("limit").get<std::size_t>();
  int count = 0;
  for (const auto& [user, member] : chat.members) {
    if (filter == "channelParticipantsAdmins" && !chat.administered_by(user)) continue;
    if (filter == "channelParticipantsBots" && !context.world.is_bot(user)) continue;
    if (filter == "channelParticipantsKicked" || filter == "channelParticipantsBanned") continue;
    ++count;
    if (skip > 0) {
      --skip;
    } else if (list.size() < limit) {
      view.note({Peer::Type::user, user});
      list.push_back(participant(chat, user, caller.user_id));
    }
  }
  return view.finish(
      {{"_", "channels.channelParticipants"}, {"count", count}, {"participants", std::move(list)}});
}

Value delete_chat_user(const Context& context, const Caller& caller, const Value& query) {
  auto& chat = input_chat(context, caller.user_id, query.at("chat_id").get<std::int64_t>());
  const auto user = input_user(context, caller.user_id, query.at("user_id")).id;
  if (user != caller.user_id && !chat.administered_by(caller.user_id)) {
    throw RpcError{400, "CHAT_ADMIN_REQUIRED"};
  }
  if (!chat.has(user)) throw RpcError{400, "USER_NOT_PARTICIPANT"};
  // The caller's own copy of the service message reaches him as an update like all others'.
  context.world.remove_member(chat, user);
  View view(context.world, caller.user_id);
  view.note(chat.peer());
  return view.updates(Value::array());
}

}  // namespace

void add_member_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("channels.getParticipant", [context](const Caller& caller, const Value& query) {
    return get_participant(context, caller, query);
  });
  dispatcher.add("channels.getParticipants", [context](const Caller& caller, const Value& query) {
    return get_participants(context, caller, query);
  });
  dispatcher.add("messages.deleteChatUser", [context](const Caller& caller, const Value& query) {
    return delete_chat_user(context, caller, query);
  });
}

}  // namespace testdc
