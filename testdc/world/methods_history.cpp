// Reading messages: by id, as history, by a word; and saying what was read.
#include "testdc/world/context.hpp"
#include "testdc/world/history.hpp"
#include "testdc/world/limits.hpp"
#include "testdc/world/names.hpp"

#include <algorithm>

namespace testdc {

std::vector<MessagePtr> history_page(const std::vector<MessagePtr>& all, std::int64_t viewer,
                                     const Value& query) {
  const auto id = [viewer](const MessagePtr& message) { return World::id_for(*message, viewer); };
  const int offset_id = query.value("offset_id", 0);
  const int offset_date = query.value("offset_date", 0);
  const int max_id = query.value("max_id", 0);
  const int min_id = query.value("min_id", 0);
  // core.telegram.org/api/offsets: from offset_id to older ones, moved by add_offset.
  std::vector<MessagePtr> newest_first(all.rbegin(), all.rend());
  const auto from = std::ranges::find_if(newest_first, [&](const MessagePtr& message) {
    return (offset_id == 0 || id(message) < offset_id) &&
           (offset_date == 0 || message->date < offset_date);
  });
  const auto size = static_cast<std::int64_t>(newest_first.size());
  const auto limit = std::clamp(query.at("limit").get<int>(), 0, limits::history_page);
  const auto start = (from - newest_first.begin()) + query.value("add_offset", 0);
  const auto first = std::clamp<std::int64_t>(start, 0, size);
  const auto last = std::clamp<std::int64_t>(start + limit, first, size);
  std::vector<MessagePtr> page;
  for (auto i = first; i < last; ++i) {
    const auto& message = newest_first[static_cast<std::size_t>(i)];
    if (max_id != 0 && id(message) >= max_id) continue;
    if (id(message) <= min_id) continue;
    page.push_back(message);
  }
  return page;
}

Value messages_answer(View& view, Peer dialog, const std::vector<MessagePtr>& page,
                      std::size_t count) {
  Value messages = Value::array();
  for (const auto& message : page) messages.push_back(view.message(*message));
  Value out = {{"messages", std::move(messages)}, {"topics", Value::array()}};
  if (dialog.is_channel()) {
    view.note(dialog);
    out["_"] = "messages.channelMessages";
    out["pts"] = view.world().find_chat(dialog)->box.pts;
    out["count"] = count;
  } else if (count > page.size()) {
    out["_"] = "messages.messagesSlice";
    out["count"] = count;
  } else {
    out["_"] = "messages.messages";
  }
  return view.finish(std::move(out));
}

namespace {

Value get_history(const Context& context, const Caller& caller, const Value& query) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  const auto all = context.world.messages(caller.user_id, dialog);
  View view(context.world, caller.user_id);
  return messages_answer(view, dialog, history_page(all, caller.user_id, query), all.size());
}

bool fits_filter(const Message& message, const std::string& filter) {
  if (filter == "inputMessagesFilterEmpty") return true;
  if (filter == "inputMessagesFilterPhotos" || filter == "inputMessagesFilterPhotoVideo") {
    return message.media.photo != nullptr;
  }
  return filter == "inputMessagesFilterDocument" && message.media.document != nullptr;
}

Value search(const Context& context, const Caller& caller, const Value& query) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  auto all = context.world.messages(caller.user_id, dialog);
  const auto wanted = lower(query.at("q").get_ref<const std::string&>());
  const auto& filter = query.at("filter").at("_").get_ref<const std::string&>();
  Peer from{};
  if (query.contains("from_id")) from = input_peer(context, caller.user_id, query["from_id"]);
  std::erase_if(all, [&](const MessagePtr& message) {
    return message->is_service() || !fits_filter(*message, filter) ||
           (from.id != 0 && message->from != from) ||
           lower(message->text).find(wanted) == std::string::npos;
  });
  View view(context.world, caller.user_id);
  return messages_answer(view, dialog, history_page(all, caller.user_id, query), all.size());
}

Value get_channel_messages(const Context& context, const Caller& caller, const Value& query) {
  const auto& chat = input_channel(context, caller.user_id, query.at("channel"));
  View view(context.world, caller.user_id);
  view.note(chat.peer());
  Value messages = Value::array();
  for (const int id : input_messages(context, caller.user_id, chat.peer(), query.at("id"))) {
    const auto message = context.world.find_message(caller.user_id, chat.peer(), id);
    messages.push_back(
        message ? view.message(*message)
                : Value{{"_", "messageEmpty"}, {"id", id}, {"peer_id", peer_value(chat.peer())}});
  }
  const auto count = messages.size();
  return view.finish({{"_", "messages.channelMessages"},
                      {"pts", chat.box.pts},
                      {"count", count},
                      {"messages", std::move(messages)},
                      {"topics", Value::array()}});
}

Value get_messages(const Context& context, const Caller& caller, const Value& query) {
  View view(context.world, caller.user_id);
  Value messages = Value::array();
  const Peer mailbox{Peer::Type::user, caller.user_id};
  for (const int id : input_messages(context, caller.user_id, mailbox, query.at("id"))) {
    const auto message = context.world.find_in_mailbox(caller.user_id, id);
    messages.push_back(message ? view.message(*message) : Value{{"_", "messageEmpty"}, {"id", id}});
  }
  return view.finish(
      {{"_", "messages.messages"}, {"messages", std::move(messages)}, {"topics", Value::array()}});
}

Value get_views(const Context& context, const Caller& caller, const Value& query) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  View view(context.world, caller.user_id);
  Value list = Value::array();
  for (const auto& id : query.at("id")) {
    Value views = {{"_", "messageViews"}};
    const auto message = context.world.find_message(caller.user_id, dialog, id.get<int>());
    if (message && message->post) {
      const auto rendered = view.message(*message);
      views["views"] = rendered["views"];
      views["forwards"] = rendered["forwards"];
      if (rendered.contains("replies")) views["replies"] = rendered["replies"];
    }
    list.push_back(std::move(views));
  }
  return view.finish({{"_", "messages.messageViews"}, {"views", std::move(list)}});
}

}  // namespace

void add_history_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("messages.getHistory", [context](const Caller& caller, const Value& query) {
    return get_history(context, caller, query);
  });
  dispatcher.add("messages.search", [context](const Caller& caller, const Value& query) {
    return search(context, caller, query);
  });
  dispatcher.add("channels.getMessages", [context](const Caller& caller, const Value& query) {
    return get_channel_messages(context, caller, query);
  });
  dispatcher.add("messages.getMessages", [context](const Caller& caller, const Value& query) {
    return get_messages(context, caller, query);
  });
  dispatcher.add("messages.getMessagesViews", [context](const Caller& caller, const Value& query) {
    return get_views(context, caller, query);
  });
  dispatcher.add("messages.readHistory", [context](const Caller& caller, const Value& query) {
    const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
    if (dialog.is_channel()) throw RpcError{400, "PEER_ID_INVALID"};
    const auto event = context.world.read(actor_of(caller), dialog, query.at("max_id").get<int>());
    return Value{
        {"_", "messages.affectedMessages"}, {"pts", event.pts}, {"pts_count", event.pts_count}};
  });
  dispatcher.add("channels.readHistory", [context](const Caller& caller, const Value& query) {
    const auto& chat = input_channel(context, caller.user_id, query.at("channel"));
    context.world.read(actor_of(caller), chat.peer(), query.at("max_id").get<int>());
    return Value(true);
  });
}

}  // namespace testdc
