// A basic group that became a supergroup while the panel was away.
#include "monitor_fixture.hpp"

#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

using Texts = std::vector<std::string>;

class UpgradeTest : public MonitorTest {
 protected:
  UpgradeTest() {
    start();
    add("hit");
    push(1, {.chat = kBasic, .id = 10, .text = "no"});
    restart();
    for (std::int64_t id = 1; const auto* text : {"", "hit, after it", "hit, again", "no"}) {
      client.history[kGroup][from_server_message_id(id)] =
          message({.chat = kGroup, .id = id, .text = text});
      ++id;
    }
  }

  void upgraded(AccountId account = 1, ChatId from = kBasic, ChatId to = kGroup) {
    monitor->feed(account, {{"@type", "updateBasicGroup"},
                            {"basic_group",
                             {{"@type", "basicGroup"},
                              {"id", -from},
                              {"is_active", false},
                              {"upgraded_to_supergroup_id", -1'000'000'000'000 - to},
                              {"status", {{"@type", "chatMemberStatusMember"}}}}}});
  }

  void opened(ChatId chat = kGroup) {
    monitor->feed(1, membership(chat));
    monitor->feed(1, last_message({.chat = chat, .id = 4, .text = "no"}));
  }

  Client& client = accounts.activate(1);
};

TEST_F(UpgradeTest, WhatWasWrittenAfterItIsRead) {
  upgraded();
  opened();
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 2; }));
  EXPECT_EQ(channel.texts(), (Texts{"hit, after it", "hit, again"}));
}

TEST_F(UpgradeTest, AlsoWhenTheSupergroupIsHeardOfFirstAndOnlyOnce) {
  opened();
  upgraded();
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 2; }));
  const auto calls = client.count("getChatHistory");
  upgraded();
  upgraded(2);
  push(1, {.chat = kGroup, .id = 5, .text = "hit, now"});
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 3; }));
  EXPECT_EQ(client.count("getChatHistory"), calls);
}

TEST_F(UpgradeTest, OfAGroupThatWasNotFollowedIsNothing) {
  opened(kOther);
  upgraded(1, -4'712, kOther);
  push(1, {.chat = kOther, .id = 5, .text = "hit, now"});
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 1; }));
  EXPECT_EQ(client.count("getChatHistory"), 0U);
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
