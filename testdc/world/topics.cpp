// Forums: supergroups whose messages are in topics (core.telegram.org/api/forum).
#include "testdc/world/world.hpp"

#include <stdexcept>

namespace testdc {

void World::make_forum(Chat& chat) {
  if (chat.kind != ChatKind::supergroup) throw std::runtime_error("a forum is a supergroup");
  chat.forum = true;
  for (const auto& [user, member] : chat.members) publish_chat({}, chat, user);
  changed();
}

int World::add_topic(Actor actor, Chat& chat, std::string_view title) {
  // core.telegram.org/method/channels.createForumTopic: 400 CHANNEL_FORUM_MISSING.
  if (!chat.forum) throw RpcError{400, "CHANNEL_FORUM_MISSING"};
  if (title.empty()) throw RpcError{400, "TOPIC_TITLE_EMPTY"};
  // core.telegram.org/api/forum: the topic's id is that of this service message.
  const int id = service_message(
      chat, actor.user,
      {{"_", "messageActionTopicCreate"}, {"title", title}, {"icon_color", 0x6FB9F0}});
  chat.topics.emplace(id, Topic{id, now(), actor.user, std::string(title), false});
  changed();
  return id;
}

void World::close_topic(Actor actor, Chat& chat, int topic, bool closed) {
  const auto found = chat.topics.find(topic);
  // core.telegram.org/method/channels.editForumTopic: 400 TOPIC_ID_INVALID.
  if (found == chat.topics.end()) throw RpcError{400, "TOPIC_ID_INVALID"};
  if (!chat.administered_by(actor.user) && found->second.creator != actor.user) {
    throw RpcError{400, "CHAT_ADMIN_REQUIRED"};
  }
  found->second.closed = closed;
  service_message(chat, actor.user, {{"_", "messageActionTopicEdit"}, {"closed", closed}}, topic);
  changed();
}

void World::enter_topic(const MessagePtr& message, const Chat& forum, int topic) const {
  message->thread.reset();
  if (topic == general_topic) return;
  const auto found = forum.topics.find(topic);
  // core.telegram.org/method/messages.sendMessage: 400 TOPIC_DELETED, TOPIC_CLOSED. Admins and
  // whoever opened it still write in a closed one.
  if (found == forum.topics.end()) throw RpcError{400, "TOPIC_DELETED"};
  if (found->second.closed && !forum.administered_by(message->author) &&
      found->second.creator != message->author) {
    throw RpcError{400, "TOPIC_CLOSED"};
  }
  const auto start = forum.box.messages.at(topic);
  message->thread = start;
  if (message->reply_to.lock() == nullptr) message->reply_to = start;
}

std::vector<MessagePtr> World::topic_messages(const Chat& chat, int topic) const {
  auto all = messages(0, chat.peer());
  std::erase_if(all, [&](const MessagePtr& message) {
    if (message->id == topic) return false;
    const auto start = message->thread.lock();
    const bool in_topic = start != nullptr && chat.topics.contains(start->id);
    if (topic != general_topic) return !in_topic || start->id != topic;
    return in_topic || chat.topics.contains(message->id);
  });
  return all;
}

}  // namespace testdc
