// Reactions to messages.
#include "testdc/world/context.hpp"
#include "testdc/world/reactions_list.hpp"
#include "testdc/world/view.hpp"

namespace testdc {

namespace {

std::vector<std::string> emoji_of(const Value& query) {
  std::vector<std::string> out;
  for (const auto& reaction : query.value("reaction", Value::array())) {
    if (reaction["_"] == "reactionEmpty") continue;
    // Custom emoji and stars need Premium and a balance that nobody has here.
    if (reaction["_"] != "reactionEmoji") throw RpcError{400, "REACTION_INVALID"};
    out.push_back(reaction.at("emoticon").get<std::string>());
  }
  return out;
}

Value get_reactions(const Context& context, const Caller& caller, const Value& query) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  View view(context.world, caller.user_id);
  Value list = Value::array();
  for (const auto& id : query.at("id")) {
    const auto message = context.world.find_message(caller.user_id, dialog, id.get<int>());
    if (message && !message->is_service()) list.push_back(view.reactions_update(*message));
  }
  return view.updates(std::move(list));
}

Value get_list(const Context& context, const Caller& caller, const Value& query) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  const auto message =
      context.world.find_message(caller.user_id, dialog, query.at("id").get<int>());
  if (message == nullptr) throw RpcError{400, "MSG_ID_INVALID"};
  if (message->post) throw RpcError{403, "BROADCAST_FORBIDDEN"};
  View view(context.world, caller.user_id);
  Value list = Value::array();
  for (const auto& reaction : message->reactions) {
    Value one = {{"_", "reactionEmoji"}, {"emoticon", reaction.emoji}};
    if (query.contains("reaction") && query["reaction"] != one) continue;
    list.push_back({{"_", "messagePeerReaction"},
                    {"peer_id", view.peer({Peer::Type::user, reaction.user})},
                    {"date", reaction.date},
                    {"reaction", std::move(one)}});
  }
  const auto count = list.size();
  return view.finish(
      {{"_", "messages.messageReactionsList"}, {"count", count}, {"reactions", std::move(list)}});
}

// TDLib drops a reaction whose icon is no webp sticker or whose animations are no tgs ones.
Value sticker(std::int64_t id, const char* mime_type, std::string_view emoji) {
  return {{"_", "document"},
          {"id", id},
          {"access_hash", id},
          {"file_reference", Value::binary({1})},
          {"date", 1},
          {"mime_type", mime_type},
          {"size", 1000},
          {"dc_id", 1},
          {"attributes",
           {{{"_", "documentAttributeImageSize"}, {"w", 512}, {"h", 512}},
            {{"_", "documentAttributeSticker"},
             {"alt", emoji},
             {"stickerset", {{"_", "inputStickerSetEmpty"}}}}}}};
}

Value available_reactions() {
  Value list = Value::array();
  std::int64_t id = 1'000'000;
  for (const auto emoji : known_reactions()) {
    Value one = {{"_", "availableReaction"},
                 {"reaction", emoji},
                 {"title", emoji},
                 {"static_icon", sticker(++id, "image/webp", emoji)}};
    for (const auto* animation : {"appear_animation", "select_animation", "activate_animation",
                                  "effect_animation", "around_animation", "center_icon"}) {
      one[animation] = sticker(++id, "application/x-tgsticker", emoji);
    }
    list.push_back(std::move(one));
  }
  return {{"_", "messages.availableReactions"}, {"hash", 1}, {"reactions", std::move(list)}};
}

}  // namespace

void add_reaction_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("messages.sendReaction", [context](const Caller& caller, const Value& query) {
    const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
    const auto message = context.world.react(actor_of(caller), dialog,
                                             query.at("msg_id").get<int>(), emoji_of(query));
    View view(context.world, caller.user_id);
    return view.updates(Value::array({view.reactions_update(*message)}));
  });
  dispatcher.add("messages.getMessagesReactions",
                 [context](const Caller& caller, const Value& query) {
                   return get_reactions(context, caller, query);
                 });
  dispatcher.add("messages.getMessageReactionsList",
                 [context](const Caller& caller, const Value& query) {
                   return get_list(context, caller, query);
                 });
  dispatcher.add("messages.getAvailableReactions", [](const Caller&, const Value& query) {
    if (query.at("hash").get<int>() == 1) {
      return Value{{"_", "messages.availableReactionsNotModified"}};
    }
    return available_reactions();
  });
  // No favourites: 0 is the hash of an empty list.
  for (const auto* method : {"messages.getTopReactions", "messages.getRecentReactions"}) {
    dispatcher.add(method, [](const Caller&, const Value&) {
      return Value{{"_", "messages.reactions"}, {"hash", 0}, {"reactions", Value::array()}};
    });
  }
}

}  // namespace testdc
