// The list of chats.
#include "testdc/world/context.hpp"
#include "testdc/world/view.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <tuple>

namespace testdc {

namespace {

struct Entry {
  Peer peer;
  MessagePtr top;
};

// The chat id of td_api: chats with equal top messages go by it, or TDLib's pages never end.
std::int64_t td_chat_id(Peer peer) {
  constexpr std::int64_t channels = -1'000'000'000'000;
  if (peer.is_user()) return peer.id;
  return peer.is_channel() ? channels - peer.id : -peer.id;
}

// The order of the list, the greatest first.
std::tuple<int, int, std::int64_t> place_of(const Entry& entry, std::int64_t user) {
  return {entry.top->date, World::id_for(*entry.top, user), td_chat_id(entry.peer)};
}

// All chats of a user, the one with the newest message first.
std::vector<Entry> entries(const Context& context, std::int64_t user) {
  std::map<Peer, MessagePtr> tops;
  for (const auto& [id, message] : context.world.find_user(user)->mailbox.messages) {
    if (!World::visible(*message, user)) continue;
    const auto dialog = World::dialog_of(*message, user);
    const auto* chat = context.world.find_chat(dialog);
    if (chat == nullptr || chat->has(user)) tops[dialog] = message;
  }
  const View view(context.world, user);
  for (const auto& [peer, chat] : context.world.chats()) {
    if (chat.basic() || !chat.has(user)) continue;
    tops[peer] = context.world.find_message(user, peer, view.top_message(peer));
  }
  std::vector<Entry> out;
  for (auto& [peer, top] : tops) {
    if (top) out.push_back({peer, top});
  }
  std::ranges::sort(out, [user](const Entry& one, const Entry& other) {
    return place_of(one, user) > place_of(other, user);
  });
  return out;
}

Value answer(View& view, const char* kind, std::span<const Entry> list) {
  Value dialogs = Value::array();
  Value messages = Value::array();
  for (const auto& entry : list) {
    dialogs.push_back(view.dialog(entry.peer));
    messages.push_back(view.message(*entry.top));
  }
  return view.finish(
      {{"_", kind}, {"dialogs", std::move(dialogs)}, {"messages", std::move(messages)}});
}

// The chat that a page begins after. It is looked up in the caller's own list only, so that its
// access hash does not matter: TDLib sends 0.
std::optional<Peer> offset_peer(const Value& input) {
  if (input.contains("channel_id")) {
    return Peer{Peer::Type::channel, input["channel_id"].get<std::int64_t>()};
  }
  if (input.contains("chat_id"))
    return Peer{Peer::Type::chat, input["chat_id"].get<std::int64_t>()};
  if (input.contains("user_id"))
    return Peer{Peer::Type::user, input["user_id"].get<std::int64_t>()};
  return std::nullopt;
}

// Where the page that follows the named place begins (core.telegram.org/api/offsets). It is a place
// in the order, not a chat: that one may have moved up since.
std::size_t page_start(const Value& query, const std::vector<Entry>& all, std::int64_t user) {
  const auto peer = offset_peer(query.at("offset_peer"));
  const int date = query.at("offset_date").get<int>();
  const int id = query.at("offset_id").get<int>();
  auto it = all.begin();
  if (date != 0) {
    const std::tuple place(date, peer ? id : 0, peer ? td_chat_id(*peer) : 0);
    it = std::ranges::find_if(all,
                              [&](const Entry& entry) { return place_of(entry, user) < place; });
  } else if (peer) {
    it = std::ranges::find(all, *peer, &Entry::peer);
    if (it == all.end()) return 0;
    ++it;
  }
  return static_cast<std::size_t>(it - all.begin());
}

Value get_dialogs(const Context& context, const Caller& caller, const Value& query) {
  View view(context.world, caller.user_id);
  if (query.value("folder_id", 0) != 0) return answer(view, "messages.dialogs", {});  // no archive
  const auto all = entries(context, caller.user_id);
  const auto start = page_start(query, all, caller.user_id);
  const auto limit = static_cast<std::size_t>(std::clamp(query.at("limit").get<int>(), 1, 100));
  const auto count = std::min(limit, all.size() - start);
  const auto page = std::span(all).subspan(start, count);
  if (start == 0 && count == all.size()) return answer(view, "messages.dialogs", page);
  auto out = answer(view, "messages.dialogsSlice", page);
  out["count"] = all.size();
  return out;
}

Value get_peer_dialogs(const Context& context, const Caller& caller, const Value& query) {
  View view(context.world, caller.user_id);
  Value dialogs = Value::array();
  Value messages = Value::array();
  for (const auto& input : query.at("peers")) {
    if (input["_"] != "inputDialogPeer") continue;
    const auto peer = input_peer(context, caller.user_id, input.at("peer"));
    dialogs.push_back(view.dialog(peer));
    const auto top = context.world.find_message(caller.user_id, peer, view.top_message(peer));
    if (top) messages.push_back(view.message(*top));
  }
  return view.finish({{"_", "messages.peerDialogs"},
                      {"dialogs", std::move(dialogs)},
                      {"messages", std::move(messages)},
                      {"state", updates_state(context, caller.user_id)}});
}

}  // namespace

void add_dialog_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("messages.getDialogs", [context](const Caller& caller, const Value& query) {
    return get_dialogs(context, caller, query);
  });
  dispatcher.add("messages.getPeerDialogs", [context](const Caller& caller, const Value& query) {
    return get_peer_dialogs(context, caller, query);
  });
  dispatcher.add("messages.getPinnedDialogs", [context](const Caller& caller, const Value&) {
    View view(context.world, caller.user_id);
    auto out = answer(view, "messages.peerDialogs", {});  // nobody pins anything here
    out["state"] = updates_state(context, caller.user_id);
    return out;
  });
  dispatcher.add("messages.getDialogUnreadMarks",
                 [](const Caller&, const Value&) { return Value::array(); });
}

}  // namespace testdc
