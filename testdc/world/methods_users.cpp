// Users, usernames, contacts and blocks.
#include "testdc/world/context.hpp"
#include "testdc/world/view.hpp"

#include <algorithm>

namespace testdc {

namespace {

Value resolved(View& view, Peer peer) {
  Value out = {{"_", "contacts.resolvedPeer"}, {"peer", view.peer(peer)}};
  return view.finish(std::move(out));
}

Value resolve_username(const Context& context, const Caller& caller, const Value& query) {
  const auto& name = query.at("username").get_ref<const std::string&>();
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (name.empty() || !std::ranges::all_of(name, allowed)) throw RpcError{400, "USERNAME_INVALID"};
  View view(context.world, caller.user_id);
  if (const auto* user = context.world.user_by_username(name)) {
    return resolved(view, {Peer::Type::user, user->id});
  }
  if (const auto* chat = context.world.chat_by_username(name)) return resolved(view, chat->peer());
  throw RpcError{400, "USERNAME_NOT_OCCUPIED"};
}

Value get_users(const Context& context, const Caller& caller, const Value& query) {
  const View view(context.world, caller.user_id);
  Value out = Value::array();
  for (const auto& input : query.at("id")) {
    out.push_back(view.user(input_user(context, caller.user_id, input)));
  }
  return out;
}

Value get_full_user(const Context& context, const Caller& caller, const Value& query) {
  const auto& user = input_user(context, caller.user_id, query.at("id"));
  const auto& viewer = *context.world.find_user(caller.user_id);
  View view(context.world, caller.user_id);
  view.note({Peer::Type::user, user.id});
  const auto common = std::ranges::count_if(context.world.chats(), [&](const auto& entry) {
    return user.id != viewer.id && entry.second.has(user.id) && entry.second.has(viewer.id);
  });
  Value full = {{"_", "userFull"},
                {"id", user.id},
                {"settings", {{"_", "peerSettings"}}},
                {"notify_settings", {{"_", "peerNotifySettings"}}},
                {"common_chats_count", common}};
  if (viewer.blocked.contains(user.id)) full["blocked"] = true;
  if (user.bot) full["bot_info"] = {{"_", "botInfo"}, {"user_id", user.id}};
  return view.finish({{"_", "users.userFull"}, {"full_user", std::move(full)}});
}

Value get_contacts(const Context& context, const Caller& caller) {
  View view(context.world, caller.user_id);
  Value contacts = Value::array();
  for (const auto id : context.world.find_user(caller.user_id)->contacts) {
    view.note({Peer::Type::user, id});
    const bool mutual = context.world.find_user(id)->contacts.contains(caller.user_id);
    contacts.push_back({{"_", "contact"}, {"user_id", id}, {"mutual", mutual}});
  }
  auto out = view.finish(
      {{"_", "contacts.contacts"}, {"contacts", std::move(contacts)}, {"saved_count", 0}});
  out.erase("chats");
  return out;
}

Value import_contacts(const Context& context, const Caller& caller, const Value& query) {
  View view(context.world, caller.user_id);
  Value imported = Value::array();
  for (const auto& contact : query.at("contacts")) {
    const auto* user =
        context.world.user_by_phone(contact.at("phone").get_ref<const std::string&>());
    if (user == nullptr || user->id == World::service_user) continue;
    context.world.set_contact(caller.user_id, user->id, true);
    view.note({Peer::Type::user, user->id});
    imported.push_back(
        {{"_", "importedContact"}, {"user_id", user->id}, {"client_id", contact.at("client_id")}});
  }
  auto out = view.finish({{"_", "contacts.importedContacts"},
                          {"imported", std::move(imported)},
                          {"popular_invites", Value::array()},
                          {"retry_contacts", Value::array()}});
  out.erase("chats");
  return out;
}

Value get_blocked(const Context& context, const Caller& caller, const Value& query) {
  View view(context.world, caller.user_id);
  Value list = Value::array();
  auto skip = query.at("offset").get<std::size_t>();
  const auto limit = query.at("limit").get<std::size_t>();
  const auto& blocked = context.world.find_user(caller.user_id)->blocked;
  for (const auto id : blocked) {
    if (skip > 0) {
      --skip;
    } else if (list.size() < limit) {
      list.push_back({{"_", "peerBlocked"},
                      {"peer_id", view.peer({Peer::Type::user, id})},
                      {"date", context.world.now()}});
    }
  }
  if (list.size() == blocked.size()) {
    return view.finish({{"_", "contacts.blocked"}, {"blocked", std::move(list)}});
  }
  return view.finish(
      {{"_", "contacts.blockedSlice"}, {"count", blocked.size()}, {"blocked", std::move(list)}});
}

Value set_contacts(const Context& context, const Caller& caller, const Value& inputs,
                   bool contact) {
  View view(context.world, caller.user_id);
  for (const auto& input : inputs) {
    const auto id = input_user(context, caller.user_id, input).id;
    context.world.set_contact(caller.user_id, id, contact);
    view.note({Peer::Type::user, id});
  }
  return view.updates(Value::array());
}

Value set_blocked(const Context& context, const Caller& caller, const Value& query, bool blocked) {
  const auto peer = input_peer(context, caller.user_id, query.at("id"));
  if (!peer.is_user() || peer.id == caller.user_id) throw RpcError{400, "PEER_ID_INVALID"};
  context.world.set_blocked(actor_of(caller), peer.id, blocked);
  return true;
}

}  // namespace

void add_user_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("contacts.resolveUsername", [context](const Caller& caller, const Value& query) {
    return resolve_username(context, caller, query);
  });
  dispatcher.add("contacts.resolvePhone", [context](const Caller& caller, const Value& query) {
    const auto* user = context.world.user_by_phone(query.at("phone").get_ref<const std::string&>());
    if (user == nullptr) throw RpcError{400, "PHONE_NOT_OCCUPIED"};
    View view(context.world, caller.user_id);
    return resolved(view, {Peer::Type::user, user->id});
  });
  dispatcher.add("users.getUsers", [context](const Caller& caller, const Value& query) {
    return get_users(context, caller, query);
  });
  dispatcher.add("users.getFullUser", [context](const Caller& caller, const Value& query) {
    return get_full_user(context, caller, query);
  });
  dispatcher.add("contacts.getContacts", [context](const Caller& caller, const Value&) {
    return get_contacts(context, caller);
  });
  dispatcher.add("contacts.importContacts", [context](const Caller& caller, const Value& query) {
    return import_contacts(context, caller, query);
  });
  dispatcher.add("contacts.addContact", [context](const Caller& caller, const Value& query) {
    return set_contacts(context, caller, Value::array({query.at("id")}), true);
  });
  dispatcher.add("contacts.deleteContacts", [context](const Caller& caller, const Value& query) {
    return set_contacts(context, caller, query.at("id"), false);
  });
  dispatcher.add("contacts.getBlocked", [context](const Caller& caller, const Value& query) {
    return get_blocked(context, caller, query);
  });
  dispatcher.add("contacts.block", [context](const Caller& caller, const Value& query) {
    return set_blocked(context, caller, query, true);
  });
  dispatcher.add("contacts.unblock", [context](const Caller& caller, const Value& query) {
    return set_blocked(context, caller, query, false);
  });
}

}  // namespace testdc
