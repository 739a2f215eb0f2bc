#include "actions/membership.hpp"

#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gtest/gtest.h>

namespace tgpanel::actions {
namespace {

using test::FakeClient;

constexpr ChatId kChat = -1'001'234'567'890;

struct Membership : testing::Test {
  Membership() {
    Json type{{"@type", "chatTypeSupergroup"}, {"supergroup_id", 1'234'567'890}};
    chat = {{"@type", "chat"}, {"id", kChat}, {"title", "News"}, {"type", std::move(type)}};
    client->answer("searchPublicChat", chat);
    client->answer("getChat", chat);
    is("chatMemberStatusLeft");
  }

  void is(const char* status, bool member = false) {
    Json as{{"@type", status}, {"is_member", member}};
    client->answer("getSupergroup", Json{{"@type", "supergroup"},
                                         {"id", 1'234'567'890},
                                         {"member_count", 7},
                                         {"status", std::move(as)}});
  }

  void invite(ChatId known, bool asks = false) {
    client->answer("checkChatInviteLink", Json{{"@type", "chatInviteLinkInfo"},
                                               {"chat_id", known},
                                               {"title", "Secret"},
                                               {"member_count", 3},
                                               {"creates_join_request", asks}});
  }

  Result<SeenChat> find(ChatLink link) {
    return test::run(context, find_chat(client, std::move(link)));
  }

  Result<Joined> join(ChatLink link) {
    return test::run(context, join_chat(client, std::move(link)));
  }

  Result<void> leave(ChatLink link) {
    return test::run(context, leave_chat(client, std::move(link)));
  }

  const ChatLink name{.username = "news"};
  const ChatLink invited{.invite = "https://t.me/+abc"};
  asio::io_context context;
  std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(nullptr);
  Json chat;
};

TEST_F(Membership, IsReadFromTheStatus) {
  const std::vector<std::tuple<const char*, bool, bool>> all{
      {"chatMemberStatusMember", false, true},    {"chatMemberStatusAdministrator", false, true},
      {"chatMemberStatusCreator", true, true},    {"chatMemberStatusCreator", false, false},
      {"chatMemberStatusRestricted", true, true}, {"chatMemberStatusRestricted", false, false},
      {"chatMemberStatusLeft", false, false},     {"chatMemberStatusBanned", false, false}};
  for (const auto& [status, flag, member] : all) {
    is(status, flag);
    const auto seen = find(name);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->is_member, member) << status;
    EXPECT_EQ(seen->title, "News");
    EXPECT_EQ(seen->member_count, 7);
  }
}

TEST_F(Membership, OfABasicGroupIsReadToo) {
  chat["type"] = {{"@type", "chatTypeBasicGroup"}, {"basic_group_id", 5}};
  client->answer("getChat", chat);
  client->answer("getBasicGroup", Json{{"status", {{"@type", "chatMemberStatusMember"}}}});
  const auto seen = find({.chat_id = -5});
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->is_member);
  EXPECT_EQ(client->last("getBasicGroup")["basic_group_id"], 5);
}

TEST_F(Membership, APersonIsNoChat) {
  chat["type"] = {{"@type", "chatTypePrivate"}, {"user_id", 5}};
  client->answer("searchPublicChat", chat);
  const auto seen = find(name);
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().code, Errc::invalid);
}

TEST_F(Membership, JoinsAPublicChat) {
  EXPECT_EQ(*join(name), Joined::now_or_before);
  EXPECT_EQ(client->last("searchPublicChat")["username"], "news");
  EXPECT_EQ(client->last("joinChat")["chat_id"], kChat);
}

TEST_F(Membership, AMemberJoinsNoMore) {
  is("chatMemberStatusMember");
  EXPECT_EQ(*join(name), Joined::now_or_before);
  EXPECT_EQ(client->count("joinChat"), 0U);
  invite(kChat);
  EXPECT_EQ(*join(invited), Joined::now_or_before);
  EXPECT_EQ(client->count("joinChatByInviteLink"), 0U);
}

TEST_F(Membership, JoinsByInvitation) {
  invite(0);
  const auto seen = find(invited);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->title, "Secret");
  EXPECT_FALSE(seen->is_member);
  EXPECT_EQ(*join(invited), Joined::now_or_before);
  EXPECT_EQ(client->last("joinChatByInviteLink")["invite_link"], "https://t.me/+abc");
  client->refuse("joinChatByInviteLink", 400, "USER_ALREADY_PARTICIPANT");
  EXPECT_EQ(*join(invited), Joined::now_or_before) << "it joined meanwhile";
}

TEST_F(Membership, ALinkMayAskWhereTheChatDoesNot) {
  invite(kChat, true);
  const auto seen = find(invited);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->title, "News");
  EXPECT_TRUE(seen->asks_first);
}

TEST_F(Membership, ARequestThatWasSentIsADeed) {
  invite(0, true);
  EXPECT_TRUE(find(invited)->asks_first);
  client->refuse("joinChatByInviteLink", 400, "INVITE_REQUEST_SENT");
  EXPECT_EQ(*join(invited), Joined::asked);
  client->refuse("joinChat", 400, "INVITE_REQUEST_SENT");
  EXPECT_EQ(*join(name), Joined::asked);
}

TEST_F(Membership, LeavesAndAStrangerLeavesNoMore) {
  ASSERT_TRUE(leave(name));
  EXPECT_EQ(client->count("leaveChat"), 0U);
  is("chatMemberStatusMember");
  ASSERT_TRUE(leave(name));
  EXPECT_EQ(client->last("leaveChat")["chat_id"], kChat);
  invite(0);
  ASSERT_TRUE(leave(invited)) << "not a member of what the invitation leads to";
  EXPECT_EQ(client->count("leaveChat"), 1U);
}

TEST_F(Membership, PassesOnWhatTelegramSays) {
  client->refuse("joinChat", 429, "Too Many Requests: retry after 90");
  EXPECT_EQ(join(name).error().code, Errc::flood_wait);
  client->refuse("searchPublicChat", 400, "USERNAME_NOT_OCCUPIED");
  EXPECT_EQ(join(name).error().message, "USERNAME_NOT_OCCUPIED");
  client->refuse("checkChatInviteLink", 400, "INVITE_HASH_EXPIRED");
  EXPECT_EQ(join(invited).error().message, "INVITE_HASH_EXPIRED");
  client->refuse("getChat", 400, "Chat not found");
  EXPECT_EQ(leave({.chat_id = kChat}).error().message, "Chat not found");
  EXPECT_EQ(client->count("leaveChat"), 0U);
}

}  // namespace
}  // namespace tgpanel::actions
