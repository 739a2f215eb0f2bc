#include "testdc/world/names.hpp"
#include "testdc/world/view.hpp"
#include "testdc/world/world.hpp"

#include <stdexcept>

namespace testdc {

namespace {

bool bans(const Chat& chat, std::int64_t user) {
  return chat.banned.contains(user);
}

}  // namespace

Chat& World::add_chat(ChatKind kind, std::string_view title, std::string_view username,
                      const std::vector<std::int64_t>& members) {
  if (members.empty()) throw std::runtime_error("a chat needs a creator: the first of its members");
  Chat chat;
  chat.kind = kind;
  chat.id = kind == ChatKind::basic_group ? ++last_chat_id_ : ++last_channel_id_;
  chat.title = title;
  chat.username = bare_username(username);
  chat.invite_hash = "inv" + std::to_string(chat.id);
  chat.date = now();
  chat.creator = members.front();
  for (const auto id : members) {
    if (find_user(id) == nullptr) throw std::runtime_error("no user " + std::to_string(id));
    chat.members.emplace(id, Member{now(), id == chat.creator});
  }
  auto& added = chats_.emplace(chat.peer(), std::move(chat)).first->second;
  Value action = {{"_", "messageActionChannelCreate"}, {"title", added.title}};
  if (added.basic()) {
    action = {{"_", "messageActionChatCreate"}, {"title", added.title}, {"users", members}};
  }
  service_message(added, added.creator, std::move(action));
  for (const auto id : members) {
    if (!added.basic()) publish_chat({}, added, id);
  }
  changed();
  return added;
}

Chat* World::find_chat(Peer peer) {
  auto it = chats_.find(peer);
  return it == chats_.end() ? nullptr : &it->second;
}

const Chat* World::find_chat(Peer peer) const {
  auto it = chats_.find(peer);
  return it == chats_.end() ? nullptr : &it->second;
}

std::string World::title_of(Peer dialog) const {
  if (const auto* chat = find_chat(dialog)) return chat->title;
  const auto* user = find_user(dialog.id);
  return user == nullptr ? std::to_string(dialog.id) : user->first_name;
}

Chat* World::chat_by_username(std::string_view username) {
  for (auto& [peer, chat] : chats_) {
    if (same_username(chat.username, username)) return &chat;
  }
  return nullptr;
}

Chat* World::chat_by_title(std::string_view title) {
  for (auto& [peer, chat] : chats_) {
    if (chat.title == title) return &chat;
  }
  return nullptr;
}

Chat* World::chat_by_invite(std::string_view hash) {
  for (auto& [peer, chat] : chats_) {
    if (chat.invite_hash == hash) return &chat;
  }
  return nullptr;
}

void World::join(Actor actor, Chat& chat) {
  if (bans(chat, actor.user)) throw RpcError{400, "USER_BANNED_IN_CHANNEL"};
  if (chat.has(actor.user)) return;
  add_member(chat, actor.user, false);
}

void World::ask_to_join(std::int64_t user, Chat& chat) {
  chat.join_requests.insert(user);
  changed();
}

void World::answer_join_request(Chat& chat, std::int64_t user, bool approve) {
  if (!chat.join_requests.contains(user)) throw RpcError{400, "HIDE_REQUESTER_MISSING"};
  chat.join_requests.erase(user);
  if (approve) add_member(chat, user, false);
  changed();
}

void World::leave(Actor actor, Chat& chat) {
  if (!chat.has(actor.user)) {
    if (chat.basic()) throw RpcError{400, "USER_NOT_PARTICIPANT"};
    return;  // leaving a channel twice is no error
  }
  if (actor.user == chat.creator) throw RpcError{400, "USER_CREATOR"};
  remove_member(chat, actor.user);
}

void World::add_member(Chat& chat, std::int64_t user, bool admin) {
  if (find_user(user) == nullptr) throw std::runtime_error("no user " + std::to_string(user));
  const bool known = chat.has(user);
  if (known && chat.members.at(user).admin == admin) return;
  chat.banned.erase(user);
  chat.join_requests.erase(user);
  if (known) {
    chat.members.at(user).admin = admin;
  } else {
    chat.members.emplace(user, Member{now(), admin});
    ++chat.version;
    users_.at(user).read[chat.peer()] = {chat.box.last_id, chat.box.last_id};
  }
  if (chat.basic() && !known) {
    service_message(chat, chat.creator, {{"_", "messageActionChatAddUser"}, {"users", {user}}});
  } else {
    publish_chat({}, chat, user);
  }
  changed();
}

void World::remove_member(Chat& chat, std::int64_t user) {
  if (!chat.has(user)) return;
  if (chat.basic()) {
    // Told before the removal, or he himself would not learn of it.
    service_message(chat, user, {{"_", "messageActionChatDeleteUser"}, {"user_id", user}});
  }
  chat.members.erase(user);
  ++chat.version;
  publish_chat({}, chat, user);
  changed();
}

void World::link_discussion(Chat& channel, Chat& group) {
  if (channel.kind != ChatKind::channel || group.kind != ChatKind::supergroup) {
    throw std::runtime_error("a discussion links a channel with a supergroup");
  }
  channel.linked = group.id;
  group.linked = channel.id;
  for (const auto& [user, member] : channel.members) publish_chat({}, channel, user);
  for (const auto& [user, member] : group.members) publish_chat({}, group, user);
  changed();
}

bool World::can_see(std::int64_t user, const Chat& chat) const {
  if (bans(chat, user)) return false;
  if (chat.has(user) || !chat.username.empty()) return true;
  if (chat.linked == 0) return false;
  const auto* other = find_chat({Peer::Type::channel, chat.linked});
  return other != nullptr && !bans(*other, user) && (other->has(user) || !other->username.empty());
}

void World::publish_chat(Actor actor, const Chat& chat, std::int64_t user) {
  push(user, actor, [&chat](View& view) {
    view.note(chat.peer());
    if (chat.basic()) return Value{{"_", "updateChat"}, {"chat_id", chat.id}};
    return Value{{"_", "updateChannel"}, {"channel_id", chat.id}};
  });
}

}  // namespace testdc
