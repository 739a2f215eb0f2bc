// Sending: texts, media, forwards.
#include "testdc/world/context.hpp"
#include "testdc/world/view.hpp"

namespace testdc {

namespace {

void read_reply(const Value& query, Draft& draft) {
  if (!query.contains("reply_to")) return;
  const auto& reply = query["reply_to"];
  if (reply["_"] != "inputReplyToMessage") return;
  draft.reply_to = reply.at("reply_to_msg_id").get<int>();
  draft.thread_id = reply.value("top_msg_id", 0);
}

Value sent(const Context& context, const Caller& caller, const Change& change,
           const Value& random_id) {
  View view(context.world, caller.user_id);
  return view.updates(Value::array({{{"_", "updateMessageID"},
                                     {"id", World::id_for(*change.message, caller.user_id)},
                                     {"random_id", random_id}},
                                    view.update(change.event)}));
}

std::int64_t random_id_of(const Value& input) {
  const auto id = input.get<std::int64_t>();
  if (id == 0) throw RpcError{400, "RANDOM_ID_EMPTY"};
  return id;
}

Value send(const Context& context, const Caller& caller, const Value& query, Media media) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  Draft draft;
  draft.random_id = random_id_of(query.at("random_id"));
  draft.text = query.at("message").get<std::string>();
  draft.entities = input_entities(context, caller.user_id, query);
  draft.media = std::move(media);
  draft.reply_markup = query.value("reply_markup", Value());
  draft.silent = query.value("silent", false);
  read_reply(query, draft);
  if (query.contains("schedule_date")) throw RpcError{400, "SCHEDULE_DATE_INVALID"};
  const auto change = context.world.send(actor_of(caller), dialog, std::move(draft));
  return sent(context, caller, change, query["random_id"]);
}

Value start_bot(const Context& context, const Caller& caller, const Value& query) {
  const auto& bot = input_user(context, caller.user_id, query.at("bot"));
  // For the bot's own chat TDLib names no peer.
  const auto dialog = query.at("peer").at("_") == "inputPeerEmpty"
                          ? Peer{Peer::Type::user, bot.id}
                          : input_peer(context, caller.user_id, query["peer"]);
  const auto change = context.world.start_bot(actor_of(caller), dialog, bot.id,
                                              query.at("start_param").get<std::string>(),
                                              random_id_of(query.at("random_id")));
  return sent(context, caller, change, query["random_id"]);
}

Value forward_header(const Message& message) {
  if (message.fwd_from.is_object()) return message.fwd_from;
  Value header = {
      {"_", "messageFwdHeader"}, {"from_id", peer_value(message.from)}, {"date", message.date}};
  if (message.post) header["channel_post"] = message.id;
  return header;
}

Value forward(const Context& context, const Caller& caller, const Value& query) {
  const auto from = input_peer(context, caller.user_id, query.at("from_peer"));
  const auto to = input_peer(context, caller.user_id, query.at("to_peer"));
  const auto& random_ids = query.at("random_id");
  if (random_ids.size() != query.at("id").size()) throw RpcError{400, "RANDOM_ID_INVALID"};
  View view(context.world, caller.user_id);
  Value list = Value::array();
  for (std::size_t i = 0; i < random_ids.size(); ++i) {
    const auto message =
        context.world.find_message(caller.user_id, from, query["id"][i].get<int>());
    if (message == nullptr || message->is_service()) throw RpcError{400, "MESSAGE_ID_INVALID"};
    Draft draft;
    draft.random_id = random_id_of(random_ids[i]);
    draft.text = World::text_for(*message, caller.user_id);
    draft.entities = message->entities;
    draft.media = message->media;
    draft.silent = query.value("silent", false);
    if (!query.value("drop_author", false)) draft.fwd_from = forward_header(*message);
    if (to == Peer{Peer::Type::user, caller.user_id} && draft.fwd_from.is_object()) {
      draft.fwd_from["saved_from_peer"] = peer_value(from);
      draft.fwd_from["saved_from_msg_id"] = query["id"][i];
    }
    const auto change = context.world.send(actor_of(caller), to, std::move(draft));
    list.push_back({{"_", "updateMessageID"},
                    {"id", World::id_for(*change.message, caller.user_id)},
                    {"random_id", random_ids[i]}});
    list.push_back(view.update(change.event));
  }
  return view.updates(std::move(list));
}

}  // namespace

void add_send_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("messages.sendMessage", [context](const Caller& caller, const Value& query) {
    return send(context, caller, query, {});
  });
  dispatcher.add("messages.sendMedia", [context](const Caller& caller, const Value& query) {
    return send(context, caller, query, input_media(context, caller.user_id, query.at("media")));
  });
  dispatcher.add("messages.uploadMedia", [context](const Caller& caller, const Value& query) {
    Message holder;
    holder.media = input_media(context, caller.user_id, query.at("media"));
    return View(context.world, caller.user_id).media(holder);
  });
  dispatcher.add("messages.startBot", [context](const Caller& caller, const Value& query) {
    return start_bot(context, caller, query);
  });
  dispatcher.add("messages.forwardMessages", [context](const Caller& caller, const Value& query) {
    return forward(context, caller, query);
  });
}

}  // namespace testdc
