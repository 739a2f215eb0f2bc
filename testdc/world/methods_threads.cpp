// Comments below posts and replies in groups.
#include "testdc/world/context.hpp"
#include "testdc/world/history.hpp"

namespace testdc {

namespace {

// The message at which the thread starts: of a post its copy in the discussion group.
MessagePtr thread_start(const Context& context, const Caller& caller, const Value& query) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  const auto message =
      context.world.find_message(caller.user_id, dialog, query.at("msg_id").get<int>());
  if (message == nullptr || !dialog.is_channel()) throw RpcError{400, "MSG_ID_INVALID"};
  if (!message->post) {
    const auto top = message->thread.lock();
    return top ? top : message;
  }
  const auto copy = message->copy.lock();
  if (copy == nullptr || copy->deleted) throw RpcError{400, "MSG_ID_INVALID"};
  return copy;
}

std::vector<MessagePtr> thread_messages(const Context& context, const MessagePtr& start) {
  auto all = context.world.messages(0, start->place);
  std::erase_if(all,
                [&start](const MessagePtr& message) { return message->thread.lock() != start; });
  return all;
}

Value get_discussion(const Context& context, const Caller& caller, const Value& query) {
  const auto start = thread_start(context, caller, query);
  const auto comments = thread_messages(context, start);
  View view(context.world, caller.user_id);
  Value messages = Value::array();
  messages.push_back(view.message(*start));
  if (const auto post = start->origin.lock()) view.note(post->place);
  Value out = {{"_", "messages.discussionMessage"},
               {"messages", std::move(messages)},
               {"unread_count", comments.size()}};
  if (!comments.empty()) out["max_id"] = comments.back()->id;
  return view.finish(std::move(out));
}

Value get_replies(const Context& context, const Caller& caller, const Value& query) {
  const auto start = thread_start(context, caller, query);
  const auto all = thread_messages(context, start);
  View view(context.world, caller.user_id);
  return messages_answer(view, start->place, history_page(all, caller.user_id, query), all.size());
}

}  // namespace

void add_thread_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("messages.getDiscussionMessage",
                 [context](const Caller& caller, const Value& query) {
                   return get_discussion(context, caller, query);
                 });
  dispatcher.add("messages.getReplies", [context](const Caller& caller, const Value& query) {
    return get_replies(context, caller, query);
  });
  dispatcher.add("messages.readDiscussion",
                 [](const Caller&, const Value&) { return Value(true); });
}

}  // namespace testdc
