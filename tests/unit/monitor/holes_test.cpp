// Holes in histories, and who reads them.
#include "monitor_fixture.hpp"

#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

using Texts = std::vector<std::string>;

class HolesTest : public MonitorTest {
 protected:
  HolesTest() {
    limits.first_pause = Millis{1};
    limits.longest_pause = Millis{5};
  }

  static void on_server(Client& client, const Text& text) {
    client.history[text.chat][from_server_message_id(text.id)] = message(text);
  }

  /// A group that nothing else is about: everything begun before is decided.
  void expect_alerts(const Texts& texts) {
    push(1, {.chat = kOther, .id = ++ends, .text = "hit, the end"});
    auto expected = texts;
    expected.emplace_back("hit, the end");
    EXPECT_TRUE(run_until(io, [&] { return channel.texts().size() >= expected.size(); }));
    EXPECT_EQ(channel.texts(), expected);
  }

  std::int64_t ends = 0;
};

TEST_F(HolesTest, AreTriedAgainThoughAMemberIsGone) {
  auto& client = accounts.activate(1);
  accounts.activate(2);
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  push(2, {.chat = kGroup, .id = 1, .text = "no"});
  accounts.active.erase(2);
  monitor->account_gone(2);
  client.errors["getChatHistory"] = {500, "Internal"};
  push(1, {.chat = kGroup, .id = 9, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return client.count("getChatHistory") == 1; }));
  client.errors.clear();
  on_server(client, {.chat = kGroup, .id = 5, .text = "hit"});
  on_server(client, {.chat = kGroup, .id = 9, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
}

TEST_F(HolesTest, AnotherThatOpensDuringAReadIsReadToo) {
  auto& client = accounts.activate(1);
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  on_server(client, {.chat = kGroup, .id = 1, .text = "no"});
  client.before_history = [&] {
    on_server(client, {.chat = kGroup, .id = 12, .text = "hit"});
    on_server(client, {.chat = kGroup, .id = 15, .text = "no"});
    push(1, {.chat = kGroup, .id = 15, .text = "no"});
  };
  push(1, {.chat = kGroup, .id = 8, .text = "no"});  // and deleted at once
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  EXPECT_EQ(client.count("getChatHistory"), 2U);
}

TEST_F(HolesTest, WhoSawOnlyAMessageInsideDoesNotSettleThem) {
  auto& saw = accounts.activate(1);
  auto& late = accounts.activate(2);
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  push(2, {.chat = kGroup, .id = 1, .text = "no"});
  saw.errors["getChatHistory"] = {500, "Internal"};
  on_server(late, {.chat = kGroup, .id = 5, .text = "no"});
  push(1, {.chat = kGroup, .id = 9, .text = "no"});
  push(2, {.chat = kGroup, .id = 5, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return late.count("getChatHistory") >= 2; }));
  saw.errors.clear();
  on_server(saw, {.chat = kGroup, .id = 7, .text = "hit"});
  on_server(saw, {.chat = kGroup, .id = 9, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
}

TEST_F(HolesTest, OfAChatThatNobodyIsInAreNotRead) {
  auto& client = accounts.activate(1);
  start();
  add("hit");
  for (const std::int64_t id : {1, 9}) {  // looked up by its name
    monitor->feed(1, last_message({.chat = kGroup, .id = id, .text = "no"}));
  }
  expect_alerts({});
  EXPECT_EQ(client.count("getChatHistory"), 0U);
  on_server(client, {.chat = kGroup, .id = 5, .text = "hit"});
  on_server(client, {.chat = kGroup, .id = 10, .text = "no"});
  push(1, {.chat = kGroup, .id = 10, .text = "no"});  // joined
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 2; }));
  EXPECT_EQ(channel.texts().back(), "hit");
}

TEST_F(HolesTest, AFloodWaitHoldsAfterARestart) {
  auto& client = accounts.activate(1);
  client.errors["getChatHistory"] = {429, "Too Many Requests: retry after 3600"};
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  push(1, {.chat = kGroup, .id = 9, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return client.count("getChatHistory") == 1; }));
  expect_alerts({});
  restart();
  monitor->feed(1, membership(kGroup));
  monitor->feed(1, last_message({.chat = kGroup, .id = 20, .text = "no"}));
  monitor->account_ready(1);
  expect_alerts({"hit, the end"});
  EXPECT_EQ(client.count("getChatHistory"), 1U);
}

TEST_F(HolesTest, AMailboxThatBeganInThisRunDoesNotCoverOlderOnes) {
  accounts.activate(2);
  start();
  add("hit");
  push(2, {.chat = kBasic, .id = 500, .text = "no"});
  stop();
  start();
  accounts.activate(1);
  auto& other = *accounts.active[2];
  on_server(other, {.chat = kBasic, .id = 503, .text = "hit", .date = 1});
  on_server(other, {.chat = kBasic, .id = 505, .text = "last", .date = 2});
  push(1, {.chat = kBasic, .id = 15, .text = "last", .date = 2});
  monitor->feed(2, last_message({.chat = kBasic, .id = 505, .text = "last", .date = 2}));
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
}

TEST_F(HolesTest, WhatIsPushedToAMailboxThatOpensMayFollowAHole) {
  auto& client = accounts.activate(1);
  start();
  add("hit");
  push(1, {.chat = kBasic, .id = 10, .text = "no"});
  restart();
  on_server(client, {.chat = kBasic, .id = 15, .text = "hit", .date = 1});
  on_server(client, {.chat = kBasic, .id = 20, .text = "no", .date = 2});
  push(1, {.chat = kBasic, .id = 20, .text = "no", .date = 2});
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
