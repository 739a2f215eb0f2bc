#include "world_fixture.hpp"

namespace testdc {
namespace {

using MessagesTest = WorldFixture;

TEST_F(MessagesTest, AnswerCarriesTheIdAndTheUpdateAndOthersGetAPush) {
  const auto answer = send(ali, group.peer(), "hello");
  ASSERT_EQ(answer["updates"].size(), 2U);
  EXPECT_EQ(answer["updates"][0]["_"], "updateMessageID");
  EXPECT_EQ(answer["updates"][0]["id"], 2);
  EXPECT_EQ(answer["updates"][1]["_"], "updateNewChannelMessage");
  EXPECT_EQ(answer["updates"][1]["message"]["out"], true);
  EXPECT_TRUE(pushed(ali, "updateNewChannelMessage").empty());
  const auto got = pushed(sara, "updateNewChannelMessage");
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0]["message"]["message"], "hello");
  EXPECT_FALSE(got[0]["message"].contains("out"));
  EXPECT_EQ(got[0]["pts"], answer["updates"][1]["pts"]);
}

TEST_F(MessagesTest, PrivateIdsCountPerMailbox) {
  write(ali, private_with(stranger), "ali's mailbox gets ahead");
  const auto answer = send(ali, private_with(sara), "hi");
  const auto got = pushed(sara, "updateNewMessage");
  ASSERT_EQ(got.size(), 1U);
  EXPECT_NE(got[0]["message"]["id"], answer["updates"][0]["id"]);
  EXPECT_EQ(got[0]["message"]["peer_id"]["user_id"], ali);
  EXPECT_EQ(answer["updates"][1]["message"]["peer_id"]["user_id"], sara);
}

TEST_F(MessagesTest, BasicGroupHasOneCopyPerMember) {
  write(ali, private_with(stranger), "ali's mailbox gets ahead");
  const auto answer = send(ali, basic.peer(), "hi all");
  const auto got = pushed(sara, "updateNewMessage");
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0]["message"]["peer_id"]["chat_id"], basic.id);
  EXPECT_NE(got[0]["message"]["id"], answer["updates"][0]["id"]);
}

TEST_F(MessagesTest, SameRandomIdIsTheSameMessage) {
  const auto first = send(ali, group.peer(), "once", {{"random_id", 5000}});
  const auto again = send(ali, group.peer(), "once", {{"random_id", 5000}});
  EXPECT_EQ(first["updates"], again["updates"]);
  EXPECT_EQ(world.messages(0, group.peer()).size(), 2U);  // the creation and the message
}

TEST_F(MessagesTest, LimitsOfTexts) {
  EXPECT_EQ(error_of(send(ali, group.peer(), " \n")), "400 MESSAGE_EMPTY");
  EXPECT_EQ(error_of(send(ali, group.peer(), std::string(4096, 'x'))), "");
  EXPECT_EQ(error_of(send(ali, group.peer(), std::string(4097, 'x'))), "400 MESSAGE_TOO_LONG");
  std::string emoji;
  for (int i = 0; i < 2049; ++i) emoji += "😀";  // two UTF-16 units each
  EXPECT_EQ(error_of(send(ali, group.peer(), emoji)), "400 MESSAGE_TOO_LONG");
}

TEST_F(MessagesTest, LimitsOfKeyboards) {
  write(ali, private_with(bot), "/start");
  const auto with = [&](const Value& markup) {
    return error_of(send(bot, private_with(ali), "menu", {{"reply_markup", markup}}));
  };
  EXPECT_EQ(with(keyboard("Go", Bytes(64, 1))), "");
  EXPECT_EQ(with(keyboard("Go", Bytes(65, 1))), "400 BUTTON_DATA_INVALID");
  EXPECT_EQ(with(keyboard("Go", {})), "400 BUTTON_DATA_INVALID");
  EXPECT_EQ(with(keyboard(" ", {1})), "400 BUTTON_TEXT_INVALID");
  auto many = keyboard("Go", {1});
  while (many["rows"].size() < 100) many["rows"].push_back(many["rows"][0]);
  EXPECT_EQ(with(many), "");
  many["rows"].push_back(many["rows"][0]);
  EXPECT_EQ(with(many), "400 REPLY_MARKUP_TOO_LONG");
}

TEST_F(MessagesTest, TheServerMarksLinksAddressesMentionsAndCommands) {
  const auto marked = [&](std::string_view text, const Value& entities = Value::array()) {
    std::string out;
    const auto sent = send(ali, group.peer(), text, {{"entities", entities}});
    const auto message = sent["updates"][1]["message"];
    for (const auto& entity : message.value("entities", Value::array())) {
      out += entity["_"].get<std::string>().substr(13) + " " + entity["offset"].dump() + "+" +
             entity["length"].dump() + ";";
    }
    return out;
  };
  EXPECT_EQ(marked("😀 see https://t.me/name/123."), "Url 7+21;");
  EXPECT_EQ(marked("(http://a.b/c) or me@mail.org, @market!"),
            "Url 1+12;Email 18+11;Mention 31+7;");
  EXPECT_EQ(marked("/start xyz and /stop@panel_bot"), "BotCommand 0+6;BotCommand 15+15;");
  EXPECT_EQ(marked("nothing: a@b / // 5/6 @x www"), "");
  const Value bold = {{"_", "messageEntityBold"}, {"offset", 0}, {"length", 12}};
  EXPECT_EQ(marked("https://a.bc", Value::array({bold})), "Bold 0+12;Url 0+12;");
  const Value code = {{"_", "messageEntityCode"}, {"offset", 0}, {"length", 12}};
  EXPECT_EQ(marked("https://a.bc", Value::array({code})), "Code 0+12;");
}

TEST_F(MessagesTest, SilentMessagesStaySo) {
  const auto answer = send(ali, group.peer(), "psst", {{"silent", true}});
  EXPECT_EQ(answer["updates"][1]["message"]["silent"], true);
}

TEST_F(MessagesTest, OnlyBotsHaveKeyboards) {
  const auto answer =
      send(ali, group.peer(), "no menu", {{"reply_markup", keyboard("Go", Bytes{1})}});
  EXPECT_FALSE(answer["updates"][1]["message"].contains("reply_markup"));
}

TEST_F(MessagesTest, BotsCannotBeginAConversation) {
  EXPECT_EQ(error_of(send(bot, private_with(ali), "hello")), "400 PEER_ID_INVALID");
  write(ali, private_with(bot), "/start");
  EXPECT_EQ(error_of(send(bot, private_with(ali), "hello")), "");
  world.set_blocked({ali, 0}, bot, true);
  EXPECT_EQ(error_of(send(bot, private_with(ali), "hello")), "403 USER_IS_BLOCKED");
}

TEST_F(MessagesTest, OnlyAdminsPostInChannels) {
  EXPECT_EQ(error_of(send(bot, channel.peer(), "post")), "");
  EXPECT_EQ(error_of(send(sara, channel.peer(), "post")), "400 CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(error_of(send(stranger, channel.peer(), "post")), "403 CHAT_WRITE_FORBIDDEN");
  world.add_member(channel, bot, false);
  EXPECT_EQ(error_of(send(bot, channel.peer(), "post")), "400 CHAT_ADMIN_REQUIRED");
}

TEST_F(MessagesTest, PrivateGroupsAreClosedToStrangers) {
  auto& closed = world.add_chat(ChatKind::supergroup, "Closed", "", {ali});
  EXPECT_EQ(error_of(send(stranger, closed.peer(), "hello")), "400 CHANNEL_PRIVATE");
  world.join({stranger, 0}, closed);
  EXPECT_EQ(error_of(send(stranger, closed.peer(), "hello")), "");
}

TEST_F(MessagesTest, AccessHashesAreChecked) {
  auto wrong = input_peer(ali, group.peer());
  wrong["access_hash"] = world.access_hash(sara, group.peer());
  EXPECT_EQ(error_of(send(ali, group.peer(), "x", {{"peer", wrong}})), "400 CHANNEL_INVALID");
  auto zero = input_peer(bot, channel.peer());
  zero["access_hash"] = 0;  // bots may
  EXPECT_EQ(error_of(send(bot, channel.peer(), "x", {{"peer", zero}})), "");
  auto user = input_peer(ali, private_with(sara));
  user["access_hash"] = 1;
  EXPECT_EQ(error_of(send(ali, private_with(sara), "x", {{"peer", user}})), "400 PEER_ID_INVALID");
}

TEST_F(MessagesTest, EditsKeepThePastAndReachTheOthers) {
  write(ali, private_with(bot), "/start");
  const int id = send(bot, private_with(ali), "one")["updates"][0]["id"].get<int>();
  const Value edit = {{"_", "messages.editMessage"},
                      {"peer", input_peer(bot, private_with(ali))},
                      {"id", id},
                      {"message", "two"}};
  const auto answer = call(bot, edit);
  EXPECT_EQ(answer["updates"][0]["_"], "updateEditMessage");
  EXPECT_EQ(error_of(call(bot, edit)), "400 MESSAGE_NOT_MODIFIED");
  const auto got = pushed(ali, "updateEditMessage");
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0]["message"]["message"], "two");
  const auto message = world.find_message(bot, private_with(ali), id);
  ASSERT_EQ(message->edits.size(), 1U);
  EXPECT_EQ(message->edits[0].text, "one");
}

TEST_F(MessagesTest, OthersMessagesCannotBeEdited) {
  const int id = write(sara, group.peer(), "hers");
  const auto answer = call(ali, {{"_", "messages.editMessage"},
                                 {"peer", input_peer(ali, group.peer())},
                                 {"id", id},
                                 {"message", "mine"}});
  EXPECT_EQ(error_of(answer), "403 MESSAGE_AUTHOR_REQUIRED");
}

TEST_F(MessagesTest, DeletionInAPrivateChatIsForBoth) {
  const int id = write(ali, private_with(bot), "my password");
  const auto copy = world.find_message(ali, private_with(bot), id);
  const auto answer = call(
      bot,
      {{"_", "messages.deleteMessages"}, {"revoke", true}, {"id", {World::id_for(*copy, bot)}}});
  EXPECT_EQ(answer["pts_count"], 1);
  EXPECT_EQ(world.find_message(ali, private_with(bot), id), nullptr);
  const auto got = pushed(ali, "updateDeleteMessages");
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0]["messages"], Value::array({id}));
}

TEST_F(MessagesTest, DeletionInAChannelNeedsTheAuthorOrAnAdmin) {
  const int id = write(sara, group.peer(), "hers");
  const auto erase = [&](std::int64_t user) {
    return call(
        user,
        {{"_", "channels.deleteMessages"}, {"channel", input_channel(user, group)}, {"id", {id}}});
  };
  EXPECT_EQ(error_of(erase(stranger)), "403 MESSAGE_DELETE_FORBIDDEN");
  EXPECT_EQ(erase(ali)["pts_count"], 1);
  EXPECT_EQ(pushed(sara, "updateDeleteChannelMessages").size(), 1U);
}

TEST_F(MessagesTest, PostsAreCopiedToTheDiscussionGroup) {
  world.link_discussion(channel, group);
  const int post = write(ali, channel.peer(), "news");
  const auto told = pushed(sara, "updateNewChannelMessage");
  ASSERT_EQ(told.size(), 2U);  // the post, then its copy
  EXPECT_EQ(told[0]["message"]["replies"]["channel_id"], group.id);
  const auto copy = world.messages(0, group.peer()).back();
  const auto answer = call(stranger, {{"_", "messages.getDiscussionMessage"},
                                      {"peer", input_peer(stranger, channel.peer())},
                                      {"msg_id", post}});
  ASSERT_EQ(error_of(answer), "");
  const auto& shown = answer["messages"][0];
  EXPECT_EQ(shown["id"], copy->id);
  EXPECT_EQ(shown["from_id"]["channel_id"], channel.id);
  EXPECT_EQ(shown["fwd_from"]["saved_from_msg_id"], post);
  EXPECT_EQ(shown["fwd_from"]["channel_post"], post);

  const Value comment = {
      {"_", "inputReplyToMessage"}, {"reply_to_msg_id", copy->id}, {"top_msg_id", copy->id}};
  EXPECT_EQ(error_of(send(stranger, group.peer(), "first!", {{"reply_to", comment}})), "");
  const auto replies = call(ali, {{"_", "messages.getReplies"},
                                  {"peer", input_peer(ali, channel.peer())},
                                  {"msg_id", post},
                                  {"offset_id", 0},
                                  {"offset_date", 0},
                                  {"add_offset", 0},
                                  {"limit", 10},
                                  {"max_id", 0},
                                  {"min_id", 0},
                                  {"hash", 0}});
  ASSERT_EQ(replies["messages"].size(), 1U);
  EXPECT_EQ(replies["messages"][0]["message"], "first!");
  const auto seen = call(ali, {{"_", "channels.getMessages"},
                               {"channel", input_channel(ali, channel)},
                               {"id", {{{"_", "inputMessageID"}, {"id", post}}}}});
  EXPECT_EQ(seen["messages"][0]["replies"]["replies"], 1);
}

TEST_F(MessagesTest, AnAnonymousAdminWritesAsTheGroup) {
  Draft draft;
  draft.text = "who?";
  draft.as_group = true;
  world.send({ali, 0}, group.peer(), draft);
  const auto told = pushed(sara, "updateNewChannelMessage");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0]["message"]["from_id"]["channel_id"], group.id);
  EXPECT_FALSE(told[0]["message"].contains("post"));
  EXPECT_THROW(world.send({sara, 0}, group.peer(), draft), RpcError) << "she is no admin";
}

TEST_F(MessagesTest, ANewNameIsToldToItsOwner) {
  world.rename(ali, "Reza");
  const auto told = pushed(ali, "updateUserName");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0]["first_name"], "Reza");
}

TEST_F(MessagesTest, BreachesOfTheSendingRateAreCounted) {
  for (int i = 0; i < 21; ++i) {
    clock.advance(tgpanel::Millis(2000));
    send(bot, channel.peer(), "post " + std::to_string(i));
  }
  EXPECT_EQ(world.rates().report()["bot_chat_rate"], 0);
  EXPECT_EQ(world.rates().report()["bot_group_rate"], 1);
  for (int i = 0; i < 6; ++i) send(bot, channel.peer(), "burst " + std::to_string(i));
  EXPECT_GT(world.rates().report()["bot_chat_rate"], 0);
}

TEST_F(MessagesTest, SlowModeHoldsEverybodyButAdmins) {
  group.slow_mode = 30;
  EXPECT_EQ(error_of(send(sara, group.peer(), "one")), "");
  clock.advance(tgpanel::Millis(10'001));
  EXPECT_EQ(error_of(send(sara, group.peer(), "two")), "420 SLOWMODE_WAIT_20");
  EXPECT_EQ(error_of(send(ali, group.peer(), "one")), "");
  EXPECT_EQ(error_of(send(ali, group.peer(), "two")), "") << "an admin";
  clock.advance(tgpanel::Millis(20'000));
  EXPECT_EQ(error_of(send(sara, group.peer(), "two")), "");
}

TEST_F(MessagesTest, WhoIsOpenToContactsAloneIsAnsweredByThoseHeWroteTo) {
  world.find_user(sara)->contacts_only = true;
  EXPECT_EQ(error_of(send(stranger, private_with(sara), "hi")), "403 USER_PRIVACY_RESTRICTED");
  world.set_contact(sara, ali, true);
  EXPECT_EQ(error_of(send(ali, private_with(sara), "hi")), "");
  write(sara, private_with(stranger), "who are you?");
  EXPECT_EQ(error_of(send(stranger, private_with(sara), "me")), "");
}

TEST_F(MessagesTest, HistoryOfAPrivateChatIsThatOfTheMailbox) {
  write(ali, private_with(sara), "one");
  write(sara, private_with(ali), "two");
  write(ali, private_with(stranger), "elsewhere");
  const auto answer = call(ali, {{"_", "messages.getHistory"},
                                 {"peer", input_peer(ali, private_with(sara))},
                                 {"offset_id", 0},
                                 {"offset_date", 0},
                                 {"add_offset", 0},
                                 {"limit", 10},
                                 {"max_id", 0},
                                 {"min_id", 0},
                                 {"hash", 0}});
  EXPECT_EQ(answer["_"], "messages.messages");
  ASSERT_EQ(answer["messages"].size(), 2U);
  EXPECT_EQ(answer["messages"][0]["message"], "two");
  EXPECT_FALSE(answer["messages"][0].contains("out"));
  EXPECT_EQ(answer["messages"][1]["out"], true);
}

}  // namespace
}  // namespace testdc
