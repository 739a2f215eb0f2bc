// Users, chats, dialogs, and what goes along with an answer.
#include "testdc/world/view.hpp"

#include <algorithm>
#include <array>

namespace testdc {

namespace {

// Any other date makes TDLib log an error for the chat.
constexpr int forever = 2147483647;

void flag(Value& object, const char* name, bool set) {
  if (set) object[name] = true;
}

Value admin_rights(const Chat& chat) {
  Value rights = {{"_", "chatAdminRights"}};
  constexpr std::array common{"change_info", "delete_messages", "ban_users", "invite_users",
                              "add_admins",  "manage_call",     "other"};
  for (const auto* right : common) rights[right] = true;
  for (const auto* right : {"post_messages", "edit_messages"})
    flag(rights, right, chat.broadcast());
  flag(rights, "pin_messages", !chat.broadcast());
  return rights;
}

Value banned_rights(const Chat& chat) {
  Value rights = {{"_", "chatBannedRights"}, {"until_date", forever}};
  if (chat.write_forbidden) {
    for (const auto* right :
         {"send_messages", "send_media", "send_stickers", "send_gifs", "send_games", "send_inline",
          "embed_links", "send_polls", "send_photos", "send_videos", "send_roundvideos",
          "send_audios", "send_voices", "send_docs", "send_plain"}) {
      rights[right] = true;
    }
  }
  for (const auto* right : {"change_info", "pin_messages"}) rights[right] = true;
  return rights;
}

}  // namespace

Value peer_value(Peer peer) {
  switch (peer.type) {
    case Peer::Type::user:
      return {{"_", "peerUser"}, {"user_id", peer.id}};
    case Peer::Type::chat:
      return {{"_", "peerChat"}, {"chat_id", peer.id}};
    case Peer::Type::channel:
      break;
  }
  return {{"_", "peerChannel"}, {"channel_id", peer.id}};
}

void View::note(Peer peer) {
  if (peer.is_user()) {
    users_.insert(peer.id);
    return;
  }
  chats_.insert(peer);
}

Value View::peer(Peer peer) {
  note(peer);
  return peer_value(peer);
}

Value View::user(const User& user) const {
  Value out = {{"_", "user"},
               {"id", user.id},
               {"access_hash", world_.access_hash(viewer_, {Peer::Type::user, user.id})}};
  flag(out, "self", user.id == viewer_);
  if (user.deleted) {
    out["deleted"] = true;
    return out;
  }
  const auto* viewer = world_.find_user(viewer_);
  const bool contact = viewer != nullptr && viewer->contacts.contains(user.id);
  out["first_name"] = user.first_name;
  if (!user.last_name.empty()) out["last_name"] = user.last_name;
  if (!user.username.empty()) out["username"] = user.username;
  if (!user.phone.empty() && (user.id == viewer_ || contact)) out["phone"] = user.phone;
  flag(out, "contact", contact);
  flag(out, "mutual_contact", contact && user.contacts.contains(viewer_));
  if (user.id == World::service_user) {
    out["verified"] = true;
    out["support"] = true;
  }
  if (user.bot) {
    out["bot"] = true;
    out["bot_info_version"] = 1;
  } else {
    out["status"] = {{"_", "userStatusRecently"}};
  }
  return out;
}

Value View::chat(const Chat& chat) const {
  const bool member = chat.has(viewer_);
  if (chat.basic()) {
    if (!member) return {{"_", "chatForbidden"}, {"id", chat.id}, {"title", chat.title}};
    Value out = {{"_", "chat"},
                 {"id", chat.id},
                 {"title", chat.title},
                 {"photo", {{"_", "chatPhotoEmpty"}}},
                 {"participants_count", chat.members.size()},
                 {"date", chat.date},
                 {"version", chat.version},
                 {"default_banned_rights", banned_rights(chat)}};
    flag(out, "creator", viewer_ == chat.creator);
    if (chat.administered_by(viewer_)) out["admin_rights"] = admin_rights(chat);
    return out;
  }
  Value out = {{"_", "channel"},
               {"id", chat.id},
               {"access_hash", world_.access_hash(viewer_, chat.peer())},
               {"title", chat.title}};
  flag(out, "broadcast", chat.broadcast());
  flag(out, "megagroup", !chat.broadcast());
  flag(out, "slowmode_enabled", chat.slow_mode != 0);  // core.telegram.org/constructor/channel
  if (!world_.can_see(viewer_, chat)) {
    out["_"] = "channelForbidden";
    return out;
  }
  if (!chat.username.empty()) out["username"] = chat.username;
  out["photo"] = {{"_", "chatPhotoEmpty"}};
  out["date"] = member ? chat.members.at(viewer_).date : chat.date;
  out["participants_count"] = chat.members.size();
  flag(out, "left", !member);
  flag(out, "forum", chat.forum);
  flag(out, "has_link", chat.linked != 0);
  flag(out, "join_request", chat.join_request);
  flag(out, "creator", viewer_ == chat.creator);
  if (chat.administered_by(viewer_)) out["admin_rights"] = admin_rights(chat);
  if (!chat.broadcast()) out["default_banned_rights"] = banned_rights(chat);
  return out;
}

int View::top_message(Peer dialog) const {
  if (dialog.is_channel()) {
    const auto* chat = world_.find_chat(dialog);
    if (chat == nullptr) return 0;
    const auto& messages = chat->box.messages;
    auto it = std::find_if(messages.rbegin(), messages.rend(),
                           [](const auto& entry) { return !entry.second->deleted; });
    return it == messages.rend() ? 0 : it->first;
  }
  const auto* user = world_.find_user(viewer_);
  if (user == nullptr) return 0;
  const auto& messages = user->mailbox.messages;
  auto it = std::find_if(messages.rbegin(), messages.rend(), [this, dialog](const auto& entry) {
    return World::visible(*entry.second, viewer_) &&
           World::dialog_of(*entry.second, viewer_) == dialog;
  });
  return it == messages.rend() ? 0 : it->first;
}

int View::unread(Peer dialog) const {
  const auto* user = world_.find_user(viewer_);
  if (user == nullptr) return 0;
  auto read = user->read.find(dialog);
  const int seen = read == user->read.end() ? 0 : read->second.inbox;
  const auto* chat = world_.find_chat(dialog);
  const auto& box = dialog.is_channel() && chat != nullptr ? chat->box : user->mailbox;
  int count = 0;
  for (auto it = box.messages.upper_bound(seen); it != box.messages.end(); ++it) {
    const auto& message = *it->second;
    if (message.author != viewer_ && World::visible(message, viewer_) &&
        World::dialog_of(message, viewer_) == dialog) {
      ++count;
    }
  }
  return count;
}

Value View::dialog(Peer dialog) {
  const auto* user = world_.find_user(viewer_);
  auto read = user->read.find(dialog);
  const auto state = read == user->read.end() ? ReadState{} : read->second;
  Value out = {{"_", "dialog"},
               {"peer", peer(dialog)},
               {"top_message", top_message(dialog)},
               {"read_inbox_max_id", state.inbox},
               {"read_outbox_max_id", state.outbox},
               {"unread_count", unread(dialog)},
               {"unread_mentions_count", 0},
               {"unread_reactions_count", 0},
               {"notify_settings", {{"_", "peerNotifySettings"}}}};
  if (dialog.is_channel()) {
    const auto& box = world_.find_chat(dialog)->box;
    out["pts"] = box.pts;
    out["read_outbox_max_id"] = box.last_id;
  }
  return out;
}

Value View::finish(Value object) {
  auto& users = object["users"] = Value::array();
  auto& chats = object["chats"] = Value::array();
  for (const auto id : users_) {
    if (const auto* found = world_.find_user(id)) users.push_back(user(*found));
  }
  for (const auto& noted : chats_) {
    if (const auto* found = world_.find_chat(noted)) chats.push_back(chat(*found));
  }
  return object;
}

Value View::updates(Value list) {
  return finish(
      {{"_", "updates"}, {"updates", std::move(list)}, {"date", world_.now()}, {"seq", 0}});
}

}  // namespace testdc
