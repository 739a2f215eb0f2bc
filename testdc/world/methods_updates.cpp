// What a client missed: updates.getState, getDifference, getChannelDifference.
#include "testdc/world/context.hpp"
#include "testdc/world/limits.hpp"
#include "testdc/world/view.hpp"

namespace testdc {

namespace {

// New messages and all else that happened in a box after pts, as it is by now.
struct Missed {
  Value messages = Value::array();
  Value others = Value::array();
};

Missed missed(const Box& box, int pts, View& view) {
  Missed out;
  for (const auto& event : box.log) {
    if (event.pts <= pts) continue;
    if (event.message && !World::visible(*event.message, view.viewer())) continue;
    if (event.kind == Event::Kind::added) {
      out.messages.push_back(view.message(*event.message));
    } else {
      out.others.push_back(view.update(event));
    }
  }
  return out;
}

// A client that was away has to be told which channels moved, or it does not ask for them.
void add_moved_channels(const Context& context, int since, View& view, Value& others) {
  for (const auto& [peer, chat] : context.world.chats()) {
    if (chat.basic() || !chat.has(view.viewer()) || chat.box.log.empty()) continue;
    if (chat.box.log.back().date < since) continue;
    view.note(peer);
    others.push_back(
        {{"_", "updateChannelTooLong"}, {"channel_id", chat.id}, {"pts", chat.box.pts}});
  }
}

Value get_difference(const Context& context, const Caller& caller, const Value& query) {
  View view(context.world, caller.user_id);
  const auto& box = context.world.find_user(caller.user_id)->mailbox;
  auto found = missed(box, query.at("pts").get<int>(), view);
  add_moved_channels(context, query.at("date").get<int>(), view, found.others);
  if (found.messages.empty() && found.others.empty() && query.at("pts").get<int>() == box.pts) {
    return {{"_", "updates.differenceEmpty"}, {"date", context.world.now()}, {"seq", 0}};
  }
  return view.finish({{"_", "updates.difference"},
                      {"new_messages", std::move(found.messages)},
                      {"new_encrypted_messages", Value::array()},
                      {"other_updates", std::move(found.others)},
                      {"state", updates_state(context, caller.user_id)}});
}

Value too_long(const Chat& chat, View& view) {
  Value messages = Value::array();
  for (auto it = chat.box.messages.rbegin(); it != chat.box.messages.rend(); ++it) {
    if (it->second->deleted) continue;
    messages.push_back(view.message(*it->second));
    break;
  }
  return view.finish({{"_", "updates.channelDifferenceTooLong"},
                      {"final", true},
                      {"timeout", 30},
                      {"dialog", view.dialog(chat.peer())},
                      {"messages", std::move(messages)}});
}

Value get_channel_difference(const Context& context, const Caller& caller, const Value& query) {
  const auto& chat = input_channel(context, caller.user_id, query.at("channel"));
  const int pts = query.at("pts").get<int>();
  if (pts <= 0) throw RpcError{400, "PERSISTENT_TIMESTAMP_EMPTY"};
  if (pts > chat.box.pts) throw RpcError{400, "PERSISTENT_TIMESTAMP_INVALID"};
  if (pts == chat.box.pts) {
    return {
        {"_", "updates.channelDifferenceEmpty"}, {"final", true}, {"pts", pts}, {"timeout", 30}};
  }
  View view(context.world, caller.user_id);
  // Bots may ask for 100,000 events (core.telegram.org/method/updates.getChannelDifference).
  const int limit = context.world.is_bot(caller.user_id) ? 100'000 : limits::channel_difference;
  if (chat.box.pts - pts > limit) return too_long(chat, view);
  auto found = missed(chat.box, pts, view);
  return view.finish({{"_", "updates.channelDifference"},
                      {"final", true},
                      {"pts", chat.box.pts},
                      {"timeout", 30},
                      {"new_messages", std::move(found.messages)},
                      {"other_updates", std::move(found.others)}});
}

}  // namespace

Value updates_state(const Context& context, std::int64_t user) {
  return {{"_", "updates.state"},
          {"pts", context.world.find_user(user)->mailbox.pts},
          {"qts", 0},
          {"date", context.world.now()},
          {"seq", 0},
          {"unread_count", 0}};
}

void add_update_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("updates.getState", [context](const Caller& caller, const Value&) {
    return updates_state(context, caller.user_id);
  });
  dispatcher.add("updates.getDifference", [context](const Caller& caller, const Value& query) {
    return get_difference(context, caller, query);
  });
  dispatcher.add("updates.getChannelDifference",
                 [context](const Caller& caller, const Value& query) {
                   return get_channel_difference(context, caller, query);
                 });
}

}  // namespace testdc
