// Changing and deleting messages.
#include "testdc/world/context.hpp"
#include "testdc/world/view.hpp"

namespace testdc {

namespace {

Value edit(const Context& context, const Caller& caller, const Value& query) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  const int id = query.at("id").get<int>();
  Revision revision;
  if (query.contains("message")) {
    revision.text = query["message"].get<std::string>();
    revision.entities = input_entities(context, caller.user_id, query);
  }
  if (query.contains("media")) {
    const auto message = context.world.find_message(caller.user_id, dialog, id);
    const bool closes = query["media"]["_"] == "inputMediaPoll" && message && message->media.poll &&
                        query["media"]["poll"].value("closed", false);
    if (closes) {
      if (message->author != caller.user_id) throw RpcError{403, "MESSAGE_AUTHOR_REQUIRED"};
      context.world.close_poll(message);
      View view(context.world, caller.user_id);
      return view.updates(Value::array({view.poll_update(*message)}));
    }
    revision.media = input_media(context, caller.user_id, query["media"]);
  }
  revision.reply_markup = query.value("reply_markup", Value());
  const auto change = context.world.edit(actor_of(caller), dialog, id, std::move(revision));
  View view(context.world, caller.user_id);
  return view.updates(Value::array({view.update(change.event)}));
}

Value affected(const Event& event) {
  return {{"_", "messages.affectedMessages"}, {"pts", event.pts}, {"pts_count", event.pts_count}};
}

Value delete_history(const Context& context, const Caller& caller, const Value& query) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  if (dialog.is_channel()) throw RpcError{400, "PEER_ID_INVALID"};
  const int max_id = query.at("max_id").get<int>();
  std::vector<int> ids;
  for (const auto& message : context.world.messages(caller.user_id, dialog)) {
    const int id = World::id_for(*message, caller.user_id);
    if (max_id == 0 || id <= max_id) ids.push_back(id);
  }
  const bool revoke = dialog.is_user() && query.value("revoke", false);
  const auto event = context.world.erase(actor_of(caller), ids, revoke);
  return {{"_", "messages.affectedHistory"},
          {"pts", event.pts},
          {"pts_count", event.pts_count},
          {"offset", 0}};
}

}  // namespace

void add_change_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("messages.editMessage", [context](const Caller& caller, const Value& query) {
    return edit(context, caller, query);
  });
  dispatcher.add("messages.deleteMessages", [context](const Caller& caller, const Value& query) {
    return affected(context.world.erase(actor_of(caller), query.at("id").get<std::vector<int>>(),
                                        query.value("revoke", false)));
  });
  dispatcher.add("channels.deleteMessages", [context](const Caller& caller, const Value& query) {
    auto& chat = input_channel(context, caller.user_id, query.at("channel"));
    return affected(context.world.erase_in_channel(actor_of(caller), chat,
                                                   query.at("id").get<std::vector<int>>()));
  });
  dispatcher.add("messages.deleteHistory", [context](const Caller& caller, const Value& query) {
    return delete_history(context, caller, query);
  });
}

}  // namespace testdc
