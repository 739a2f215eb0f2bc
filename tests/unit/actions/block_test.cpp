#include "actions/block.hpp"

#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tgpanel::actions {
namespace {

using test::FakeClient;

struct Block : testing::Test {
  Block() {
    client->answer("searchPublicChat",
                   Json{{"@type", "chat"},
                        {"id", 77},
                        {"type", {{"@type", "chatTypePrivate"}, {"user_id", 77}}}});
    client->answer("getUser", Json{{"@type", "user"}, {"id", 77}, {"first_name", "Walter"}});
    client->answer("getBlockedMessageSenders", [this](const Json& ask) {
      Json page = Json::array();
      std::size_t skip = ask["offset"];
      for (const UserId id : blocked) {
        if (skip > 0) {
          --skip;
        } else if (page.size() < ask["limit"].get<std::size_t>()) {
          page.push_back({{"@type", "messageSenderUser"}, {"user_id", id}});
        }
      }
      return telegram::Response(Json{{"total_count", blocked.size()}, {"senders", page}});
    });
    client->answer("setMessageSenderBlockList", [this](const Json& ask) {
      const UserId id = ask["sender_id"]["user_id"];
      if (!deaf && !ask["block_list"].is_null()) blocked.insert(id);
      if (!deaf && ask["block_list"].is_null()) blocked.erase(id);
      return telegram::Response(Json{{"@type", "ok"}});
    });
  }

  asio::io_context context;
  std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(nullptr);
  std::set<UserId> blocked;
  bool deaf = false;  // the server takes nothing, and TDLib says ok all the same
};

TEST_F(Block, FindsPeopleByNameAndById) {
  const auto by_name = test::run(context, find_user(client, {.username = "walter"}));
  ASSERT_TRUE(by_name) << by_name.error().message;
  EXPECT_EQ(by_name->id, 77);
  EXPECT_EQ(by_name->name, "Walter");
  EXPECT_EQ(test::run(context, find_user(client, {.user_id = 77}))->id, 77);
  client->refuse("getUser", 400, "User not found");
  const auto unmet = test::run(context, find_user(client, {.user_id = 78}));
  ASSERT_FALSE(unmet);
  EXPECT_EQ(unmet.error().code, Errc::not_found);
  client->answer("searchPublicChat",
                 Json{{"type", {{"@type", "chatTypeSupergroup"}, {"supergroup_id", 5}}}});
  const auto group = test::run(context, find_user(client, {.username = "market"}));
  EXPECT_EQ(group.error().code, Errc::invalid);
}

TEST_F(Block, IsReadBackFromTheServersList) {
  ASSERT_TRUE(test::run(context, set_blocked(client, 77, true)));
  EXPECT_EQ(client->last("setMessageSenderBlockList")["block_list"]["@type"], "blockListMain");
  EXPECT_EQ(blocked, std::set<UserId>{77});
  EXPECT_TRUE(*test::run(context, is_blocked(client, 77)));
  ASSERT_TRUE(test::run(context, set_blocked(client, 77, true))) << "twice is once";
  EXPECT_EQ(client->count("setMessageSenderBlockList"), 1U);
  ASSERT_TRUE(test::run(context, set_blocked(client, 77, false)));
  EXPECT_TRUE(blocked.empty());
  EXPECT_FALSE(*test::run(context, is_blocked(client, 77)));
}

TEST_F(Block, WhatTheServerDidNotTakeIsNotCalledDone) {
  deaf = true;
  const auto done = test::run(context, set_blocked(client, 77, true));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::timeout);
  EXPECT_EQ(client->count("getBlockedMessageSenders"), kReadBackPauses.size() + 2);
}

// Else TDLib calls nobody to unblock a person of whom it has not read that it is blocked.
TEST_F(Block, TdlibReadsAboutThePersonFirst) {
  blocked.insert(77);
  client->answer("getUserFullInfo", [this](const Json& ask) {
    EXPECT_EQ(ask["user_id"], 77);
    EXPECT_EQ(client->count("setMessageSenderBlockList"), 0U);
    return telegram::Response(Json{{"@type", "userFullInfo"}});
  });
  ASSERT_TRUE(test::run(context, set_blocked(client, 77, false)));
  EXPECT_EQ(client->count("getUserFullInfo"), 1U);
  client->refuse("getUserFullInfo", 400, "USER_ID_INVALID");
  EXPECT_EQ(test::run(context, set_blocked(client, 77, true)).error().message, "USER_ID_INVALID");
  EXPECT_TRUE(blocked.empty());
}

TEST_F(Block, ALongListIsReadToItsEnd) {
  for (UserId id = 1'000; id < 1'250; ++id) blocked.insert(id);
  EXPECT_TRUE(*test::run(context, is_blocked(client, 1'249)));
  EXPECT_EQ(client->count("getBlockedMessageSenders"), 3U);
  EXPECT_FALSE(*test::run(context, is_blocked(client, 77)));
}

TEST_F(Block, PassesOnWhatTelegramSays) {
  client->refuse("setMessageSenderBlockList", 400, "Can't block self");
  EXPECT_EQ(test::run(context, set_blocked(client, 77, true)).error().message, "Can't block self");
}

}  // namespace
}  // namespace tgpanel::actions
