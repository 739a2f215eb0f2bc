// What every client asks and nobody here has anything to say about: empty answers of the right
// form.
#include "testdc/world/context.hpp"
#include "testdc/world/view.hpp"

#include <functional>
#include <string>
#include <utility>

namespace testdc {

namespace {

constexpr int day = 86'400;

Value empty_with(const char* kind, const char* list) {
  return {{"_", kind}, {list, Value::array()}};
}

Value with_hash(Value object) {
  object["hash"] = 0;
  return object;
}

void add_constant(Dispatcher& dispatcher, const char* method, Value answer) {
  dispatcher.add(method,
                 [answer = std::move(answer)](const Caller&, const Value&) { return answer; });
}

void add_dated(Dispatcher& dispatcher, const Context& context, const char* method,
               const char* kind) {
  dispatcher.add(method, [context, kind](const Caller&, const Value&) {
    return Value{{"_", kind}, {"expires", context.world.now() + day}};
  });
}

Value peer_settings(const Context& context, const Caller& caller, const Value& query) {
  View view(context.world, caller.user_id);
  view.note(input_peer(context, caller.user_id, query.at("peer")));
  return view.finish({{"_", "messages.peerSettings"}, {"settings", {{"_", "peerSettings"}}}});
}

Value peer_stories(const Context& context, const Caller& caller, const Value& query) {
  View view(context.world, caller.user_id);
  Value stories = {{"_", "peerStories"},
                   {"peer", view.peer(input_peer(context, caller.user_id, query.at("peer")))},
                   {"stories", Value::array()}};
  return view.finish({{"_", "stories.peerStories"}, {"stories", std::move(stories)}});
}

// The sets that the apps draw with (animated emoji and the like) exist, without any sticker.
Value sticker_set(const Value& query) {
  const auto& kind = query.at("stickerset").at("_").get_ref<const std::string&>();
  if (kind == "inputStickerSetShortName" || kind == "inputStickerSetID") {
    throw RpcError{400, "STICKERSET_INVALID"};
  }
  const auto id = static_cast<std::int64_t>(std::hash<std::string>{}(kind) >> 1U);
  return {{"_", "messages.stickerSet"},
          {"set",
           {{"_", "stickerSet"},
            {"id", id},
            {"access_hash", id},
            {"title", kind},
            {"short_name", kind},
            {"count", 0},
            {"hash", 0}}},
          {"packs", Value::array()},
          {"keywords", Value::array()},
          {"documents", Value::array()}};
}

Value recent_stories(const Value& query) {
  Value out = Value::array();
  for (std::size_t i = 0; i < query.at("id").size(); ++i) out.push_back({{"_", "recentStory"}});
  return out;
}

Value send_as(const Context& context, const Caller& caller) {
  View view(context.world, caller.user_id);
  Value self = {{"_", "sendAsPeer"}, {"peer", view.peer({Peer::Type::user, caller.user_id})}};
  return view.finish({{"_", "channels.sendAsPeers"}, {"peers", Value::array({std::move(self)})}});
}

}  // namespace

void add_small_methods(Dispatcher& dispatcher, Context context) {
  for (const auto* method :
       {"account.updateStatus", "messages.setTyping", "account.updateNotifySettings",
        "messages.saveDraft", "messages.reportSpam", "messages.hidePeerSettingsBar",
        "channels.readMessageContents"}) {
    add_constant(dispatcher, method, true);
  }
  add_constant(dispatcher, "account.getNotifySettings", {{"_", "peerNotifySettings"}});
  add_constant(dispatcher, "account.getReactionsNotifySettings",
               {{"_", "reactionsNotifySettings"},
                {"messages_notify_from", {{"_", "reactionNotificationsFromContacts"}}},
                {"stories_notify_from", {{"_", "reactionNotificationsFromContacts"}}},
                {"sound", {{"_", "notificationSoundDefault"}}},
                {"show_previews", true}});
  add_constant(dispatcher, "account.getContentSettings", {{"_", "account.contentSettings"}});
  add_constant(dispatcher, "account.getChatThemes",
               with_hash(empty_with("account.themes", "themes")));
  add_constant(dispatcher, "account.getSavedMusicIds", empty_with("account.savedMusicIds", "ids"));
  // TDLib insists on the list of all chats.
  add_constant(dispatcher, "messages.getDialogFilters",
               {{"_", "messages.dialogFilters"},
                {"filters", Value::array({{{"_", "dialogFilterDefault"}}})}});
  add_constant(dispatcher, "messages.getSponsoredMessages",
               {{"_", "messages.sponsoredMessagesEmpty"}});
  add_constant(dispatcher, "contacts.getTopPeers", {{"_", "contacts.topPeersDisabled"}});
  add_constant(dispatcher, "help.getPeerColors",
               with_hash(empty_with("help.peerColors", "colors")));
  add_constant(dispatcher, "help.getPeerProfileColors",
               with_hash(empty_with("help.peerColors", "colors")));

  auto effects = with_hash(empty_with("messages.availableEffects", "effects"));
  effects["documents"] = Value::array();
  add_constant(dispatcher, "messages.getAvailableEffects", std::move(effects));
  auto menu_bots = with_hash(empty_with("attachMenuBots", "bots"));
  menu_bots["users"] = Value::array();
  add_constant(dispatcher, "messages.getAttachMenuBots", std::move(menu_bots));

  add_dated(dispatcher, context, "help.getPromoData", "help.promoDataEmpty");
  add_dated(dispatcher, context, "help.getTermsOfServiceUpdate", "help.termsOfServiceUpdateEmpty");

  dispatcher.add("messages.getStickerSet",
                 [](const Caller&, const Value& query) { return sticker_set(query); });
  dispatcher.add("messages.getPeerSettings", [context](const Caller& caller, const Value& query) {
    return peer_settings(context, caller, query);
  });
  dispatcher.add("stories.getPeerStories", [context](const Caller& caller, const Value& query) {
    return peer_stories(context, caller, query);
  });
  dispatcher.add("stories.getPeerMaxIDs",
                 [](const Caller&, const Value& query) { return recent_stories(query); });
  dispatcher.add("channels.getSendAs", [context](const Caller& caller, const Value&) {
    return send_as(context, caller);
  });
}

}  // namespace testdc
