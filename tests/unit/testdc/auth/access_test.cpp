// Who may call what: each method that is answered was looked at.

#include "auth_fixture.hpp"
#include "testdc/auth/state.hpp"
#include "testdc/world/methods.hpp"

#include <filesystem>
#include <fstream>

namespace testdc {
namespace {

// "Both users and bots can use this method", or "Bots can use this method", on the method's page of
// core.telegram.org, unless another reason is given.
std::set<std::string> reviewed_for_bots() {
  return {
      // Part of a login, before anybody knows whether it is a bot's.
      "auth.cancelCode", "auth.checkPassword", "auth.exportLoginToken",
      "auth.importBotAuthorization", "auth.importLoginToken", "auth.requestPasswordRecovery",
      "auth.resendCode", "auth.sendCode", "auth.signIn", "auth.signUp", "help.getAppConfig",
      "help.getNearestDc",

      "auth.dropTempAuthKeys", "auth.logOut",

      "channels.deleteMessages", "channels.getChannels", "channels.getFullChannel",
      "channels.getMessages", "channels.getParticipant", "channels.getParticipants",
      "channels.leaveChannel", "contacts.resolveUsername", "help.getCdnConfig", "help.getConfig",

      "messages.deleteChatUser", "messages.deleteMessages", "messages.editMessage",
      "messages.forwardMessages", "messages.getChats",
      // The list of topics is for users only, topics by their ids for both.
      "messages.getForumTopicsByID", "messages.getFullChat", "messages.getMessages",
      "messages.getStickerSet", "messages.sendMedia", "messages.sendMessage",
      // Bot API 7.0: setMessageReaction.
      "messages.sendReaction", "messages.setBotCallbackAnswer", "messages.setTyping",
      "messages.uploadMedia",

      "updates.getChannelDifference", "updates.getDifference", "updates.getState", "upload.getFile",
      "upload.saveBigFilePart", "upload.saveFilePart", "users.getFullUser", "users.getUsers"};
}

std::set<std::string> answered_methods() {
  boost::asio::io_context io;
  tgpanel::ManualClock clock{tgpanel::from_unix_ms(1'700'000'000'000)};
  World world{clock};
  Files files;
  Callbacks callbacks{world};
  FakeTransport transport;
  Dispatcher dispatcher{io.get_executor()};
  const Auth auth{io.get_executor(), {dispatcher, world, transport, clock}};
  add_world_methods(dispatcher, world, files, callbacks);
  return dispatcher.methods();
}

TEST(AccessLists, EachMethodIsClosedToBotsOrReviewed) {
  const auto known = answered_methods();
  EXPECT_GT(known.size(), 100U);
  const auto closed = methods_closed_to_bots();
  const auto reviewed = reviewed_for_bots();
  for (const auto& method : known) {
    EXPECT_NE(closed.contains(method), reviewed.contains(method)) << method;
  }
  for (const auto& method : closed) EXPECT_TRUE(known.contains(method)) << method;
  for (const auto& method : reviewed) EXPECT_TRUE(known.contains(method)) << method;
}

// Its names are those of its time: what was renamed since is in the lists by its new name alone.
TEST(AccessLists, WhatTelegramsTableClosesToBotsIsClosedOrReviewed) {
  const std::set<std::string> reviewed{"auth.cancelCode",
                                       "auth.checkPassword",
                                       "auth.exportLoginToken",
                                       "auth.importLoginToken",
                                       "auth.requestPasswordRecovery",
                                       "auth.resendCode",
                                       "auth.sendCode",
                                       "auth.signIn",
                                       "auth.signUp",
                                       "help.getAppConfig",
                                       "help.getNearestDc",
                                       "messages.sendReaction"};
  const auto table = tgpanel::Json::parse(
      std::ifstream(std::filesystem::path(TGPANEL_SCHEMA_DIR) / "raw-errors.json"));
  const auto closed = methods_closed_to_bots();
  const auto known = answered_methods();
  for (const auto& [method, user_only] : table.at("userOnly").items()) {
    // Some moved to another namespace under the same name.
    const auto name = method.substr(method.find('.') + 1);
    for (const auto& candidate : {method, "messages." + name, "channels." + name}) {
      if (!known.contains(candidate)) continue;
      EXPECT_NE(closed.contains(candidate), reviewed.contains(candidate)) << candidate;
    }
  }
}

TEST(AccessLists, NameMethodsOfTheSchema) {
  const auto schema = tl::Schema::load(TGPANEL_SCHEMA_DIR);
  for (const auto& list : {methods_without_login(), methods_closed_to_bots()}) {
    for (const std::string& method : list) EXPECT_TRUE(schema->is_method(method)) << method;
  }
}

TEST(AccessLists, WhatBotsLiveOnIsOpenToThem) {
  const auto closed = methods_closed_to_bots();
  for (const char* method :
       {"updates.getState", "updates.getDifference", "updates.getChannelDifference",
        "users.getUsers", "channels.getChannels", "channels.getMessages", "messages.getMessages",
        "messages.sendMessage", "messages.sendMedia", "messages.editMessage",
        "messages.deleteMessages", "upload.saveFilePart", "messages.setBotCallbackAnswer",
        "contacts.resolveUsername", "channels.getParticipant", "messages.sendReaction",
        "help.getConfig"}) {
    EXPECT_FALSE(closed.contains(method)) << method;
  }
}

}  // namespace
}  // namespace testdc
