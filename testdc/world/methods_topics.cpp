// Topics of forums: TDLib asks for those that messages name.
#include "testdc/world/context.hpp"
#include "testdc/world/names.hpp"
#include "testdc/world/view.hpp"

#include <algorithm>

namespace testdc {

Value View::topic(const Chat& chat, int id) {
  const auto found = chat.topics.find(id);
  const bool general = id == World::general_topic;
  if (!general && found == chat.topics.end()) return {{"_", "forumTopicDeleted"}, {"id", id}};
  const auto all = world_.topic_messages(chat, id);
  const auto* user = world_.find_user(viewer_);
  const auto read = user->read.find(chat.peer());
  const int seen = read == user->read.end() ? 0 : read->second.inbox;
  const auto unread = std::ranges::count_if(all, [&](const MessagePtr& message) {
    return message->id > seen && message->author != viewer_;
  });
  const auto creator = general ? chat.creator : found->second.creator;
  Value out = {{"_", "forumTopic"},
               {"id", id},
               {"date", general ? chat.date : found->second.date},
               {"peer", peer(chat.peer())},
               {"title", general ? std::string("General") : found->second.title},
               {"icon_color", 0x6FB9F0},
               {"top_message", all.empty() ? id : all.back()->id},
               {"read_inbox_max_id", seen},
               {"read_outbox_max_id", chat.box.last_id},
               {"unread_count", unread},
               {"unread_mentions_count", 0},
               {"unread_reactions_count", 0},
               {"from_id", peer({Peer::Type::user, creator})},
               {"notify_settings", {{"_", "peerNotifySettings"}}}};
  if (creator == viewer_) out["my"] = true;
  if (!general && found->second.closed) out["closed"] = true;
  return out;
}

namespace {

Chat& forum_of(const Context& context, const Caller& caller, const Value& query) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  auto* chat = context.world.find_chat(dialog);
  // core.telegram.org/method/channels.getForumTopics: 400 CHANNEL_FORUM_MISSING.
  if (chat == nullptr || !chat->forum) throw RpcError{400, "CHANNEL_FORUM_MISSING"};
  return *chat;
}

// With the newest message of each, as TDLib wants them.
Value topics_answer(const Context& context, const Caller& caller, const Chat& chat,
                    const std::vector<int>& ids) {
  View view(context.world, caller.user_id);
  Value topics = Value::array();
  Value messages = Value::array();
  for (const int id : ids) {
    auto topic = view.topic(chat, id);
    if (topic.contains("top_message")) {
      const auto top =
          context.world.find_message(caller.user_id, chat.peer(), topic["top_message"].get<int>());
      if (top) messages.push_back(view.message(*top));
    }
    topics.push_back(std::move(topic));
  }
  return view.finish({{"_", "messages.forumTopics"},
                      {"count", chat.topics.size() + 1},
                      {"topics", std::move(topics)},
                      {"messages", std::move(messages)},
                      {"pts", chat.box.pts}});
}

Value get_topics(const Context& context, const Caller& caller, const Value& query) {
  const auto& chat = forum_of(context, caller, query);
  const auto wanted = lower(query.value("q", ""));
  const int offset = query.at("offset_topic").get<int>();
  std::vector<int> ids;  // the newest topic first, General last
  for (const auto& [id, topic] : chat.topics) {
    if (lower(topic.title).find(wanted) != std::string::npos) ids.insert(ids.begin(), id);
  }
  if (std::string("general").find(wanted) != std::string::npos) ids.push_back(World::general_topic);
  if (offset != 0) std::erase_if(ids, [offset](int id) { return id >= offset; });
  const auto limit = static_cast<std::size_t>(std::clamp(query.at("limit").get<int>(), 1, 100));
  if (ids.size() > limit) ids.resize(limit);
  return topics_answer(context, caller, chat, ids);
}

}  // namespace

void add_topic_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("messages.getForumTopics", [context](const Caller& caller, const Value& query) {
    return get_topics(context, caller, query);
  });
  dispatcher.add(
      "messages.getForumTopicsByID", [context](const Caller& caller, const Value& query) {
        const auto& chat = forum_of(context, caller, query);
        return topics_answer(context, caller, chat, query.at("topics").get<std::vector<int>>());
      });
}

}  // namespace testdc
