// Reactions, polls, presses and files.
#include "world_fixture.hpp"

namespace testdc {
namespace {

// A PNG header that says 3 x 2; nobody looks further.
Bytes picture() {
  return {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
          0,    0,   0,   3,   0,    0,    0,    2,    8, 2, 0, 0,  0,   0,   0,   0};
}

class InteractionsTest : public WorldFixture {
 protected:
  Value react(std::int64_t user, int message, std::string_view emoji) {
    Value list = Value::array();
    if (!emoji.empty()) list.push_back({{"_", "reactionEmoji"}, {"emoticon", emoji}});
    return call(user, {{"_", "messages.sendReaction"},
                       {"peer", input_peer(user, group.peer())},
                       {"msg_id", message},
                       {"reaction", list}});
  }

  Value vote(std::int64_t user, int message, const Bytes& option) {
    return call(user, {{"_", "messages.sendVote"},
                       {"peer", input_peer(user, group.peer())},
                       {"msg_id", message},
                       {"options", Value::array({Value::binary(option)})}});
  }

  int ask(bool quiz) {
    const auto styled = [](const char* text) {
      return Value{{"_", "textWithEntities"}, {"text", text}, {"entities", Value::array()}};
    };
    Value answers = Value::array();
    for (std::uint8_t option = 0; option < 2; ++option) {
      answers.push_back(
          {{"_", "pollAnswer"}, {"text", styled("choice")}, {"option", Value::binary({option})}});
    }
    Value poll = {{"_", "poll"}, {"id", 0}, {"question", styled("?")}, {"answers", answers}};
    Value media = {{"_", "inputMediaPoll"}};
    if (quiz) {
      poll["quiz"] = true;
      media["correct_answers"] = Value::array({Value::binary(Bytes{1})});
    }
    media["poll"] = poll;
    const auto answer = call(ali, {{"_", "messages.sendMedia"},
                                   {"peer", input_peer(ali, group.peer())},
                                   {"media", media},
                                   {"message", ""},
                                   {"random_id", 99}});
    return answer["updates"][0]["id"].get<int>();
  }

  int menu() {
    write(ali, private_with(bot), "/start");
    send(bot, private_with(ali), "menu", {{"reply_markup", keyboard("Go", Bytes{'g', 'o'})}});
    return World::id_for(*world.messages(ali, private_with(bot)).back(), ali);
  }

  void press(int message, Value& answer) {
    const Value query = {{"_", "messages.getBotCallbackAnswer"},
                         {"peer", input_peer(ali, private_with(bot))},
                         {"msg_id", message},
                         {"data", Value::binary(Bytes{'g', 'o'})}};
    dispatcher.on_call({.auth_key_id = static_cast<std::uint64_t>(ali)}, query,
                       [&answer](std::expected<Value, RpcError> got) {
                         answer = got ? *got : Value{{"error", got.error().text}};
                       });
  }
};

TEST_F(InteractionsTest, OneReactionEachAndAnotherReplacesIt) {
  const int id = write(ali, group.peer(), "nice");
  const auto first = react(sara, id, "👍");
  EXPECT_EQ(first["updates"][0]["_"], "updateMessageReactions");
  EXPECT_EQ(first["updates"][0]["reactions"]["results"][0]["chosen_order"], 0);
  EXPECT_EQ(pushed(ali, "updateMessageReactions").size(), 1U);
  EXPECT_EQ(error_of(react(sara, id, "👍")), "400 MESSAGE_NOT_MODIFIED");
  const auto second = react(sara, id, "🔥");
  ASSERT_EQ(second["updates"][0]["reactions"]["results"].size(), 1U);
  EXPECT_TRUE(react(sara, id, "")["updates"][0]["reactions"]["results"].empty());
  EXPECT_EQ(error_of(react(sara, id, "🥕")), "400 REACTION_INVALID");
  EXPECT_EQ(error_of(react(sara, 999, "👍")), "400 MESSAGE_ID_INVALID");
}

TEST_F(InteractionsTest, AChatMayAllowSomeReactionsOrNone) {
  const int id = write(ali, group.peer(), "nice");
  const auto full = [&] {
    const auto answer =
        call(sara, {{"_", "channels.getFullChannel"}, {"channel", input_channel(sara, group)}});
    return answer["full_chat"]["available_reactions"];
  };
  EXPECT_EQ(full()["_"], "chatReactionsAll");
  group.allowed_reactions = {"🐳"};
  EXPECT_EQ(full()["reactions"][0]["emoticon"], "🐳");
  EXPECT_EQ(error_of(react(sara, id, "👍")), "400 REACTION_INVALID");
  EXPECT_EQ(error_of(react(sara, id, "🐳")), "");
  group.allowed_reactions = std::vector<std::string>{};
  EXPECT_EQ(full()["_"], "chatReactionsNone");
  EXPECT_EQ(error_of(react(ali, id, "🐳")), "400 REACTION_INVALID");
}

TEST_F(InteractionsTest, VotesCountAndCanBeTakenBack) {
  const int id = ask(false);
  const auto voted = vote(sara, id, {1});
  EXPECT_EQ(voted["updates"][0]["results"]["total_voters"], 1);
  EXPECT_EQ(voted["updates"][0]["results"]["results"][1]["chosen"], true);
  EXPECT_EQ(error_of(vote(sara, id, {9})), "400 OPTION_INVALID");
  world.close_poll(world.find_message(0, group.peer(), id));
  EXPECT_EQ(error_of(vote(ali, id, {0})), "400 MESSAGE_POLL_CLOSED");
}

TEST_F(InteractionsTest, WhatAChatWithholdsIsToldToNobody) {
  const int id = ask(false);
  const auto poll = world.find_message(0, group.peer(), id);
  vote(sara, id, {0});
  EXPECT_EQ(pushed(ali, "updateMessagePoll").size(), 1U);

  group.withheld = true;
  EXPECT_EQ(vote(sara, id, {1})["updates"][0]["results"]["total_voters"], 1);
  EXPECT_EQ(error_of(react(sara, id, "👍")), "");
  world.close_poll(poll);
  EXPECT_EQ(pushed(ali, "updateMessagePoll").size(), 1U);
  EXPECT_TRUE(pushed(ali, "updateMessageReactions").empty());

  group.withheld = false;
  world.close_poll(poll);
  EXPECT_EQ(pushed(ali, "updateMessagePoll").size(), 2U);
}

TEST_F(InteractionsTest, AQuizIsAnsweredOnce) {
  const int id = ask(true);
  const auto voted = vote(sara, id, {0});
  EXPECT_EQ(voted["updates"][0]["results"]["results"][1]["correct"], true);
  EXPECT_EQ(error_of(vote(sara, id, {1})), "400 REVOTE_NOT_ALLOWED");
}

TEST_F(InteractionsTest, PressesReachTheBotAndItsAnswerThePerson) {
  const int message = menu();
  transport.connected.insert(static_cast<std::uint64_t>(bot));
  Value answer;
  press(message, answer);
  EXPECT_TRUE(answer.is_null());
  const auto queries = pushed(bot, "updateBotCallbackQuery");
  ASSERT_EQ(queries.size(), 1U);
  EXPECT_EQ(queries[0]["user_id"], ali);
  EXPECT_EQ(queries[0]["peer"]["user_id"], ali);
  const Value reply = {{"_", "messages.setBotCallbackAnswer"},
                       {"query_id", queries[0]["query_id"]},
                       {"message", "done"},
                       {"cache_time", 0}};
  EXPECT_EQ(call(bot, reply), true);
  EXPECT_EQ(answer["message"], "done");
  EXPECT_EQ(error_of(call(bot, reply)), "400 QUERY_ID_INVALID");
  EXPECT_EQ(error_of(call(ali, reply)), "400 USER_BOT_REQUIRED");
}

TEST_F(InteractionsTest, PressesAreDroppedWhileTheBotIsAway) {
  Value answer;
  press(menu(), answer);
  EXPECT_EQ(error_of(answer), "BOT_RESPONSE_TIMEOUT");
  EXPECT_TRUE(pushed(bot, "updateBotCallbackQuery").empty());
}

TEST_F(InteractionsTest, PhotosAreUploadedAndServed) {
  const auto bytes = picture();
  const auto part = [&](int number, const Bytes& data) {
    return call(ali, {{"_", "upload.saveFilePart"},
                      {"file_id", 5},
                      {"file_part", number},
                      {"bytes", Value::binary(data)}});
  };
  EXPECT_EQ(part(1, Bytes(bytes.begin() + 20, bytes.end())), true);
  Value media = {
      {"_", "inputMediaUploadedPhoto"},
      {"file",
       {{"_", "inputFile"}, {"id", 5}, {"parts", 2}, {"name", "a.png"}, {"md5_checksum", ""}}}};
  Value query = {{"_", "messages.sendMedia"},
                 {"peer", input_peer(ali, group.peer())},
                 {"media", media},
                 {"message", "caption"},
                 {"random_id", 7}};
  EXPECT_EQ(error_of(call(ali, query)), "400 FILE_PART_0_MISSING");
  EXPECT_EQ(part(0, Bytes(bytes.begin(), bytes.begin() + 20)), true);
  const auto sent = call(ali, query);
  const auto& photo = sent["updates"][1]["message"]["media"]["photo"];
  EXPECT_EQ(photo["sizes"][0]["w"], 3);
  EXPECT_EQ(photo["sizes"][0]["h"], 2);

  Value location = {{"_", "inputPhotoFileLocation"},
                    {"id", photo["id"]},
                    {"access_hash", photo["access_hash"]},
                    {"file_reference", photo["file_reference"]},
                    {"thumb_size", "x"}};
  const auto get = [&](std::int64_t user, int offset) {
    return call(
        user,
        {{"_", "upload.getFile"}, {"location", location}, {"offset", offset}, {"limit", 1024}});
  };
  EXPECT_EQ(Bytes(get(ali, 0)["bytes"].get_binary()), bytes);
  EXPECT_EQ(get(ali, 30)["bytes"].get_binary().size(), 2U);
  EXPECT_EQ(error_of(get(sara, 0)), "400 FILE_ID_INVALID");  // ali's access hash
  query["media"]["file"]["id"] = 6;
  query["random_id"] = 8;
  EXPECT_EQ(error_of(call(ali, query)), "400 FILE_PARTS_INVALID");
}

TEST_F(InteractionsTest, FilesAreNamedByTheViewersOwnHash) {
  const auto photo = files.add_photo(world.next_id(), world.now(), picture());
  const auto document =
      files.add_document(world.next_id(), world.now(), "text/plain", Value::array(), Bytes(1));
  const auto send_again = [&](const char* media, const char* input, std::int64_t id,
                              std::int64_t hash_of) {
    return error_of(call(ali, {{"_", "messages.sendMedia"},
                               {"peer", input_peer(ali, group.peer())},
                               {"media",
                                {{"_", media},
                                 {"id",
                                  {{"_", input},
                                   {"id", id},
                                   {"access_hash", world.file_access_hash(hash_of, id)},
                                   {"file_reference", Value::binary({1, 2, 3, 4})}}}}},
                               {"message", ""},
                               {"random_id", world.next_id()}}));
  };
  EXPECT_EQ(send_again("inputMediaPhoto", "inputPhoto", photo->id, ali), "");
  EXPECT_EQ(send_again("inputMediaPhoto", "inputPhoto", photo->id, sara), "400 MEDIA_INVALID");
  EXPECT_EQ(send_again("inputMediaDocument", "inputDocument", document->id, ali), "");
  EXPECT_EQ(send_again("inputMediaDocument", "inputDocument", document->id, sara),
            "400 MEDIA_INVALID");
}

TEST_F(InteractionsTest, TheParameterOfALinkReachesTheBotAlone) {
  const auto start = [&](const Value& peer, std::string_view param) {
    return call(ali, {{"_", "messages.startBot"},
                      {"bot", input_user(ali, bot)},
                      {"peer", peer},
                      {"random_id", world.next_id()},
                      {"start_param", param}});
  };
  const Value own_chat = {{"_", "inputPeerEmpty"}};  // as TDLib names it
  const auto answer = start(own_chat, "invite_7-A");
  ASSERT_EQ(error_of(answer), "");
  EXPECT_EQ(answer["updates"][1]["message"]["message"], "/start");
  auto got = pushed(bot, "updateNewMessage");
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0]["message"]["message"], "/start invite_7-A");
  EXPECT_EQ(got[0]["message"]["entities"][0]["length"], 6);

  world.add_member(group, bot, false);
  EXPECT_EQ(start(input_peer(ali, group.peer()), "here")["updates"][1]["message"]["message"],
            "/start@panel_bot");
  got = pushed(bot, "updateNewChannelMessage");
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0]["message"]["message"], "/start@panel_bot here");

  EXPECT_EQ(error_of(start(own_chat, std::string(64, 'x'))), "");
  EXPECT_EQ(error_of(start(own_chat, std::string(65, 'x'))), "400 START_PARAM_TOO_LONG");
  EXPECT_EQ(error_of(start(own_chat, "two words")), "400 START_PARAM_INVALID");
  EXPECT_EQ(error_of(start(input_peer(ali, private_with(sara)), "x")), "400 PEER_ID_INVALID");
  EXPECT_EQ(error_of(call(ali, {{"_", "messages.startBot"},
                                {"bot", input_user(ali, sara)},
                                {"peer", own_chat},
                                {"random_id", 1},
                                {"start_param", "x"}})),
            "400 BOT_INVALID");
}

TEST_F(InteractionsTest, WhatClientsAskAfterALoginEncodes) {
  const std::vector<Value> queries{
      {{"_", "messages.getAvailableReactions"}, {"hash", 0}},
      {{"_", "messages.getTopReactions"}, {"limit", 10}, {"hash", 0}},
      {{"_", "messages.getAvailableEffects"}, {"hash", 0}},
      {{"_", "messages.getAttachMenuBots"}, {"hash", 0}},
      {{"_", "messages.getDialogFilters"}},
      {{"_", "messages.getPinnedDialogs"}, {"folder_id", 0}},
      {{"_", "messages.getDialogUnreadMarks"}},
      {{"_", "messages.getStickerSet"},
       {"stickerset", {{"_", "inputStickerSetAnimatedEmoji"}}},
       {"hash", 0}},
      {{"_", "account.getNotifySettings"}, {"peer", {{"_", "inputNotifyUsers"}}}},
      {{"_", "account.getReactionsNotifySettings"}},
      {{"_", "account.getContentSettings"}},
      {{"_", "account.getChatThemes"}, {"hash", 0}},
      {{"_", "account.getSavedMusicIds"}, {"hash", 0}},
      {{"_", "account.updateStatus"}, {"offline", false}},
      {{"_", "contacts.getTopPeers"}, {"offset", 0}, {"limit", 1}, {"hash", 0}},
      {{"_", "contacts.getContacts"}, {"hash", 0}},
      {{"_", "contacts.getBlocked"}, {"offset", 0}, {"limit", 1}},
      {{"_", "help.getPeerColors"}, {"hash", 0}},
      {{"_", "help.getPeerProfileColors"}, {"hash", 0}},
      {{"_", "help.getPromoData"}},
      {{"_", "help.getTermsOfServiceUpdate"}},
      {{"_", "stories.getPeerStories"}, {"peer", input_peer(ali, group.peer())}},
      {{"_", "stories.getPeerMaxIDs"}, {"id", Value::array({input_peer(ali, group.peer())})}},
      {{"_", "messages.getPeerSettings"}, {"peer", input_peer(ali, group.peer())}},
      {{"_", "channels.getSendAs"}, {"peer", input_peer(ali, group.peer())}}};
  for (const auto& query : queries) {
    const auto answer = call(ali, query);
    EXPECT_FALSE(answer.is_object() && answer.contains("error")) << query << answer;
  }
}

}  // namespace
}  // namespace testdc
