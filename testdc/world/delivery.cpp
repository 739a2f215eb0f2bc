// How a message or a change reaches mailboxes, channels and clients.
#include "testdc/world/view.hpp"
#include "testdc/world/world.hpp"

#include <algorithm>

namespace testdc {

Event World::record(Box& box, Event event) const {
  box.pts += event.pts_count;
  event.pts = box.pts;
  event.date = now();
  box.log.push_back(event);
  return event;
}

Change World::deliver(Actor actor, Peer dialog, const MessagePtr& message) {
  if (dialog.is_channel()) {
    return {message, deliver_to_channel(actor, *find_chat(dialog), message)};
  }
  std::vector<std::int64_t> owners{actor.user};
  if (dialog.is_user()) {
    if (dialog.id != actor.user) owners.push_back(dialog.id);
  } else {
    for (const auto& [id, member] : find_chat(dialog)->members) {
      if (id != actor.user) owners.push_back(id);
    }
  }
  return {message, deliver_to_mailboxes(actor, owners, message)};
}

Event World::deliver_to_channel(Actor actor, Chat& chat, const MessagePtr& message) {
  message->id = ++chat.box.last_id;
  chat.box.messages.emplace(message->id, message);
  count_reply(message);
  // Before anybody is told of the post: it names the place of its comments.
  const auto copy = discussion_copy(chat, message);
  Event event;
  event.message = message;
  event.peer = chat.peer();
  event = record(chat.box, std::move(event));
  publish_to_channel(actor, chat, event);
  if (copy) deliver_to_channel({}, *find_chat(copy->place), copy);
  return event;
}

MessagePtr World::discussion_copy(const Chat& channel, const MessagePtr& post) const {
  if (!post->post || channel.linked == 0 || post->is_service()) return nullptr;
  auto copy = std::make_shared<Message>(*post);
  copy->place = find_chat({Peer::Type::channel, channel.linked})->peer();
  copy->post = false;
  copy->reply_markup = nullptr;
  copy->reply_to.reset();
  copy->origin = post;
  post->copy = copy;
  return copy;
}

Event World::deliver_to_mailboxes(Actor actor, const std::vector<std::int64_t>& owners,
                                  const MessagePtr& message) {
  // All ids first: a reply or keyboard that is shown to one owner must be known to all.
  for (const auto owner : owners) {
    auto& box = users_.at(owner).mailbox;
    message->ids[owner] = ++box.last_id;
    box.messages.emplace(box.last_id, message);
  }
  Event own;
  for (const auto owner : owners) {
    Event event;
    event.message = message;
    event = record(users_.at(owner).mailbox, std::move(event));
    if (owner == actor.user) own = event;
    publish_to_mailbox(actor, owner, event, withheld(*message));
  }
  return own;
}

int World::service_message(Chat& chat, std::int64_t from, Value action, int topic) {
  auto message = std::make_shared<Message>();
  message->place = chat.peer();
  message->author = from;
  message->post = chat.broadcast();
  message->from = message->post ? chat.peer() : Peer{Peer::Type::user, from};
  message->date = now();
  message->action = std::move(action);
  if (topic != 0) enter_topic(message, chat, topic);
  if (!chat.basic()) {
    deliver_to_channel({}, chat, message);
    return message->id;
  }
  std::vector<std::int64_t> owners;
  owners.reserve(chat.members.size());
  for (const auto& [id, member] : chat.members) owners.push_back(id);
  deliver_to_mailboxes({}, owners, message);
  return 0;
}

std::vector<std::int64_t> World::audience(const Message& message) const {
  std::vector<std::int64_t> out;
  if (message.place.is_channel()) {
    for (const auto& [id, member] : find_chat(message.place)->members) out.push_back(id);
  } else {
    for (const auto& [id, message_id] : message.ids) out.push_back(id);
  }
  return out;
}

bool World::withheld(const Message& message) const {
  const auto* chat = find_chat(message.place);
  return chat != nullptr && chat->withheld;
}

bool World::reachable(std::int64_t user) const {
  return transport_ != nullptr && keys_of_user_ && !keys_of_user_(user).empty();
}

bool World::online(std::int64_t user) const {
  if (!reachable(user)) return false;
  return std::ranges::any_of(keys_of_user_(user),
                             [this](std::uint64_t key) { return transport_->online(key); });
}

void World::publish_to_channel(Actor actor, const Chat& chat, const Event& event) {
  if (chat.withheld) return;
  for (const auto& [user, member] : chat.members) {
    push(user, actor, [&event](View& view) { return view.update(event); });
  }
}

void World::publish_to_mailbox(Actor actor, std::int64_t owner, const Event& event, bool withheld) {
  if (withheld) return;
  push(owner, actor, [&event](View& view) { return view.update(event); });
}

void World::push(std::int64_t user, Actor actor, const std::function<Value(View&)>& update) {
  if (quiet_ || !reachable(user)) return;
  Value updates;  // the same for all keys of the user
  for (const auto key : keys_of_user_(user)) {
    if (key == actor.key) continue;
    if (updates.is_null()) {
      View view(*this, user);
      Value list = Value::array();
      list.push_back(update(view));
      updates = view.updates(std::move(list));
    }
    transport_->push(key, updates);
  }
}

}  // namespace testdc
