#include "world_fixture.hpp"

namespace testdc {
namespace {

class ChatsTest : public WorldFixture {
 protected:
  Value dialogs(std::int64_t user, int limit,
                const Value& offset_peer = {{"_", "inputPeerEmpty"}}) {
    return call(user, {{"_", "messages.getDialogs"},
                       {"offset_date", 0},
                       {"offset_id", 0},
                       {"offset_peer", offset_peer},
                       {"limit", limit},
                       {"hash", 0}});
  }
};

TEST_F(ChatsTest, DialogsComeNewestFirstWithTheirTopMessages) {
  clock.advance(tgpanel::Millis(2000));
  write(ali, group.peer(), "newest");
  const auto list = dialogs(sara, 100);
  EXPECT_EQ(list["_"], "messages.dialogs");
  ASSERT_EQ(list["dialogs"].size(), 3U);
  EXPECT_EQ(list["dialogs"][0]["peer"]["channel_id"], group.id);
  EXPECT_EQ(list["dialogs"][0]["pts"], group.box.pts);
  EXPECT_EQ(list["dialogs"][0]["unread_count"], 2);
  EXPECT_EQ(list["messages"][0]["message"], "newest");
  EXPECT_EQ(list["chats"].size(), 3U);
}

TEST_F(ChatsTest, DialogPagesCoverAllOnce) {
  std::set<Value> seen;
  Value offset = {{"_", "inputPeerEmpty"}};
  for (int page = 0; page < 4; ++page) {
    const auto list = dialogs(sara, 1, offset);
    EXPECT_EQ(list["_"], "messages.dialogsSlice");
    if (list["dialogs"].empty()) break;
    const auto& peer = list["dialogs"][0]["peer"];
    EXPECT_TRUE(seen.insert(peer).second);
    offset = peer;
    if (peer["_"] == "peerChat") {
      offset["_"] = "inputPeerChat";
    } else {
      offset["_"] = "inputPeerChannel";
      offset["access_hash"] = 0;  // as TDLib does
    }
  }
  EXPECT_EQ(seen.size(), 3U);
}

TEST_F(ChatsTest, APageBeginsAtAPlaceThoughItsChatHasMovedUp) {
  clock.advance(tgpanel::Millis(2000));
  const int date = world.now();
  const int id = write(ali, group.peer(), "the newest of all");
  clock.advance(tgpanel::Millis(2000));
  write(ali, channel.peer(), "and another, before the second page is asked for");
  auto offset = input_peer(sara, group.peer());
  const auto rest = call(sara, {{"_", "messages.getDialogs"},
                                {"offset_date", date},
                                {"offset_id", id},
                                {"offset_peer", offset},
                                {"limit", 100},
                                {"hash", 0}});
  ASSERT_EQ(rest["dialogs"].size(), 1U);
  EXPECT_EQ(rest["dialogs"][0]["peer"]["chat_id"], basic.id);
  clock.advance(tgpanel::Millis(2000));
  write(ali, group.peer(), "it moves up itself");
  const auto again = call(sara, {{"_", "messages.getDialogs"},
                                 {"offset_date", date},
                                 {"offset_id", id},
                                 {"offset_peer", offset},
                                 {"limit", 100},
                                 {"hash", 0}});
  ASSERT_EQ(again["dialogs"].size(), 1U);
  EXPECT_EQ(again["dialogs"][0]["peer"]["chat_id"], basic.id);
}

TEST_F(ChatsTest, UsernamesAreFoundInAnyCase) {
  const auto found = call(stranger, {{"_", "contacts.resolveUsername"}, {"username", "GROUP"}});
  EXPECT_EQ(found["peer"]["channel_id"], group.id);
  EXPECT_EQ(found["chats"][0]["left"], true);
  EXPECT_EQ(found["chats"][0]["access_hash"], world.access_hash(stranger, group.peer()));
  EXPECT_EQ(error_of(call(ali, {{"_", "contacts.resolveUsername"}, {"username", "nobody"}})),
            "400 USERNAME_NOT_OCCUPIED");
}

TEST_F(ChatsTest, JoiningAndLeavingTwiceIsNoError) {
  const Value join = {{"_", "channels.joinChannel"}, {"channel", input_channel(stranger, group)}};
  const auto joined = call(stranger, join);
  EXPECT_FALSE(joined["chats"][0].contains("left"));
  EXPECT_EQ(error_of(call(stranger, join)), "");
  EXPECT_TRUE(group.has(stranger));
  const Value leave = {{"_", "channels.leaveChannel"}, {"channel", input_channel(stranger, group)}};
  EXPECT_EQ(call(stranger, leave)["chats"][0]["left"], true);
  EXPECT_EQ(error_of(call(stranger, leave)), "");
  EXPECT_FALSE(group.has(stranger));
}

TEST_F(ChatsTest, InviteLinks) {
  auto& closed = world.add_chat(ChatKind::supergroup, "Closed", "", {ali});
  const auto import = [&] {
    return call(sara, {{"_", "messages.importChatInvite"}, {"hash", closed.invite_hash}});
  };
  const auto check = call(sara, {{"_", "messages.checkChatInvite"}, {"hash", closed.invite_hash}});
  EXPECT_EQ(check["_"], "chatInvite");
  EXPECT_EQ(check["title"], "Closed");
  closed.join_by_request = true;
  EXPECT_EQ(error_of(import()), "400 INVITE_REQUEST_SENT");
  EXPECT_TRUE(closed.join_requests.contains(sara));
  closed.join_by_request = false;
  ASSERT_EQ(import()["chats"].size(), 1U);  // TDLib takes no second chat here
  EXPECT_EQ(error_of(import()), "400 USER_ALREADY_PARTICIPANT");
  EXPECT_EQ(error_of(call(sara, {{"_", "messages.importChatInvite"}, {"hash", "nothing"}})),
            "400 INVITE_HASH_EXPIRED");
}

TEST_F(ChatsTest, RequestsToJoinWaitForAnAnswer) {
  group.join_request = true;
  const Value join = {{"_", "channels.joinChannel"}, {"channel", input_channel(stranger, group)}};
  for (int i = 0; i < 2; ++i) EXPECT_EQ(error_of(call(stranger, join)), "400 INVITE_REQUEST_SENT");
  EXPECT_FALSE(group.has(stranger));
  EXPECT_EQ(group.join_requests, std::set<std::int64_t>{stranger});
  world.answer_join_request(group, stranger, false);
  EXPECT_FALSE(group.has(stranger));
  EXPECT_THROW(world.answer_join_request(group, stranger, true), RpcError) << "it was answered";
  call(stranger, join);
  world.answer_join_request(group, stranger, true);
  EXPECT_TRUE(group.has(stranger));
  EXPECT_EQ(error_of(call(stranger, join)), "") << "a member joins again";
}

TEST_F(ChatsTest, PrivateChannelsAreHidden) {
  auto& closed = world.add_chat(ChatKind::channel, "Closed", "", {ali});
  const auto get = [&](std::int64_t user, std::int64_t hash) {
    auto input = input_channel(user, closed);
    input["access_hash"] = hash;
    return call(user, {{"_", "channels.getChannels"}, {"id", Value::array({input})}});
  };
  const auto hash = world.access_hash(sara, closed.peer());
  EXPECT_EQ(error_of(get(sara, hash)), "400 CHANNEL_PRIVATE");
  EXPECT_EQ(error_of(get(sara, 0)), "400 CHANNEL_INVALID");
  world.add_member(closed, bot, true);
  EXPECT_EQ(get(bot, 0)["chats"][0]["title"], "Closed");
  EXPECT_TRUE(get(bot, 0)["chats"][0].contains("admin_rights"));
}

TEST_F(ChatsTest, RemovedMembersOfABasicGroupAreToldAndLoseIt) {
  const int before = world.find_user(sara)->mailbox.pts;
  world.remove_member(basic, sara);
  EXPECT_EQ(world.find_user(sara)->mailbox.pts, before + 1);
  const auto list = dialogs(sara, 100);
  EXPECT_EQ(list["dialogs"].size(), 2U);
  write(ali, basic.peer(), "without her");
  EXPECT_EQ(world.find_user(sara)->mailbox.pts, before + 1);
}

TEST_F(ChatsTest, MembersOfAChannelAreForAdmins) {
  const auto list = [&](std::int64_t user) {
    return call(user, {{"_", "channels.getParticipants"},
                       {"channel", input_channel(user, channel)},
                       {"filter", {{"_", "channelParticipantsRecent"}}},
                       {"offset", 0},
                       {"limit", 10},
                       {"hash", 0}});
  };
  EXPECT_EQ(error_of(list(sara)), "400 CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(list(ali)["participants"].size(), 3U);
  const auto self = call(sara, {{"_", "channels.getParticipant"},
                                {"channel", input_channel(sara, channel)},
                                {"participant", {{"_", "inputPeerSelf"}}}});
  EXPECT_EQ(self["participant"]["_"], "channelParticipantSelf");
}

TEST_F(ChatsTest, FullChatsAndUsersEncode) {
  world.link_discussion(channel, group);
  const auto full =
      call(ali, {{"_", "channels.getFullChannel"}, {"channel", input_channel(ali, channel)}});
  EXPECT_EQ(full["full_chat"]["linked_chat_id"], group.id);
  EXPECT_EQ(full["chats"].size(), 2U);
  EXPECT_EQ(call(sara, {{"_", "messages.getFullChat"}, {"chat_id", basic.id}})["users"].size(), 2U);
  world.set_blocked({ali, 0}, sara, true);
  const auto user = call(ali, {{"_", "users.getFullUser"}, {"id", input_user(ali, sara)}});
  EXPECT_EQ(user["full_user"]["blocked"], true);
  EXPECT_EQ(user["full_user"]["common_chats_count"], 3);
}

TEST_F(ChatsTest, HistoryPagesFollowTheOffsets) {
  for (int i = 2; i <= 11; ++i) ASSERT_EQ(write(ali, group.peer(), std::to_string(i)), i);
  const auto page = [&](int offset_id, int add_offset, int limit) {
    const auto answer = call(sara, {{"_", "messages.getHistory"},
                                    {"peer", input_peer(sara, group.peer())},
                                    {"offset_id", offset_id},
                                    {"offset_date", 0},
                                    {"add_offset", add_offset},
                                    {"limit", limit},
                                    {"max_id", 0},
                                    {"min_id", 0},
                                    {"hash", 0}});
    std::vector<int> ids;
    for (const auto& message : answer["messages"]) ids.push_back(message["id"].get<int>());
    return ids;
  };
  EXPECT_EQ(page(0, 0, 3), (std::vector{11, 10, 9}));
  EXPECT_EQ(page(9, 0, 3), (std::vector{8, 7, 6}));
  EXPECT_EQ(page(9, -2, 3), (std::vector{10, 9, 8}));
  EXPECT_EQ(page(2, 0, 3), (std::vector{1}));
  EXPECT_TRUE(page(1, 0, 3).empty());
}

TEST_F(ChatsTest, ContactsShowPhones) {
  const auto show = [&] {
    return call(ali, {{"_", "users.getUsers"}, {"id", Value::array({input_user(ali, sara)})}})[0];
  };
  EXPECT_FALSE(show().contains("phone"));
  world.set_contact(ali, sara, true);
  EXPECT_EQ(show()["phone"], "989122");
  EXPECT_EQ(show()["contact"], true);
}

}  // namespace
}  // namespace testdc
