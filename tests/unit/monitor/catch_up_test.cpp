#include "monitor_fixture.hpp"

#include <gtest/gtest.h>

#include <map>
#include <ranges>

namespace tgpanel::monitor::fakes {
namespace {

using Texts = std::vector<std::string>;

class CatchUpTest : public MonitorTest {
 protected:
  // What the server has; only those pushed reach the monitor by themselves.
  static void on_server(Client& client, const Text& text) {
    client.history[text.chat][from_server_message_id(text.id)] = message(text);
  }
};

TEST_F(CatchUpTest, AHoleIsReadInOrder) {
  auto& client = accounts.activate(1);
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "nothing"});
  for (int i = 1; i <= 250; ++i) {
    on_server(client,
              {.chat = kGroup, .id = i, .text = i % 100 == 0 ? "hit " + std::to_string(i) : "no"});
  }
  push(1, {.chat = kGroup, .id = 250, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 2; }));
  EXPECT_EQ(channel.texts(), (Texts{"hit 100", "hit 200"}));
  EXPECT_EQ(client.count("getChatHistory"), 3U);
  EXPECT_EQ(monitor->stats().gaps, 1U);
}

TEST_F(CatchUpTest, WithoutAHoleNothingIsRead) {
  auto& client = accounts.activate(1);
  start();
  add("hit");
  for (int i = 1; i <= 20; ++i) {
    const Text text{.chat = kGroup, .id = i, .text = "hit"};
    push(1, text);
    monitor->feed(1, last_message(text));
  }
  settle();
  EXPECT_EQ(client.count("getChatHistory"), 0U);
  EXPECT_EQ(channel.messages.size(), 20U);
}

TEST_F(CatchUpTest, AChatSeenForTheFirstTimeStartsAtItsNewest) {
  auto& client = accounts.activate(1);
  on_server(client, {.chat = kGroup, .id = 100, .text = "hit old"});
  start();
  add("hit");
  monitor->feed(1, last_message({.chat = kGroup, .id = 100, .text = "hit old"}));
  push(1, {.chat = kGroup, .id = 101, .text = "hit new"});
  settle();
  EXPECT_EQ(channel.texts(), (Texts{"hit new"}));
  EXPECT_EQ(client.count("getChatHistory"), 0U);
}

TEST_F(CatchUpTest, AfterARestartWhatWasMissedIsRead) {
  accounts.activate(1);
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 10, .text = "hit before"});
  settle();
  stop();
  accounts.active.clear();
  start();
  // While the account opens it has no client for others yet.
  monitor->feed(1, membership(kGroup));
  monitor->feed(1, last_message({.chat = kGroup, .id = 14, .text = "hit 14"}));
  auto& client = accounts.activate(1);
  for (int i = 8; i <= 14; ++i) {
    on_server(client, {.chat = kGroup, .id = i, .text = "hit " + std::to_string(i)});
  }
  monitor->account_ready(1);
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 5; }));
  settle();
  auto texts = channel.texts();
  std::ranges::sort(texts);
  EXPECT_EQ(texts, (Texts{"hit 11", "hit 12", "hit 13", "hit 14", "hit before"}));
}

TEST_F(CatchUpTest, OneMissedMessageNeedsNoCall) {
  auto& client = accounts.activate(1);
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 10, .text = "no"});
  restart();
  monitor->feed(1, last_message({.chat = kGroup, .id = 11, .text = "hit"}));
  settle();
  EXPECT_EQ(channel.texts(), (Texts{"hit"}));
  EXPECT_EQ(client.count("getChatHistory"), 0U);
}

TEST_F(CatchUpTest, AnotherMemberReadsWhenOneCannot) {
  auto& kicked = accounts.activate(1);
  kicked.errors["getChatHistory"] = {400, "CHANNEL_PRIVATE"};
  auto& member = accounts.activate(2);
  start();
  add("hit");
  push(2, {.chat = kGroup, .id = 1, .text = "no"});
  on_server(member, {.chat = kGroup, .id = 2, .text = "hit"});
  on_server(member, {.chat = kGroup, .id = 3, .text = "no"});
  push(1, {.chat = kGroup, .id = 3, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  EXPECT_EQ(kicked.count("getChatHistory"), 1U);
}

TEST_F(CatchUpTest, AnAccountInAFloodWaitIsLeftAlone) {
  auto& waiting = accounts.activate(1);
  waiting.errors["getChatHistory"] = {429, "Too Many Requests: retry after 3600"};
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  push(1, {.chat = kOther, .id = 1, .text = "no"});
  push(1, {.chat = kGroup, .id = 9, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return waiting.count("getChatHistory") == 1; }));
  push(1, {.chat = kOther, .id = 9, .text = "no"});
  auto& member = accounts.activate(2);
  on_server(member, {.chat = kOther, .id = 5, .text = "hit"});
  on_server(member, {.chat = kOther, .id = 9, .text = "no"});
  push(2, {.chat = kOther, .id = 9, .text = "no"});
  monitor->account_ready(2);
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  EXPECT_EQ(waiting.count("getChatHistory"), 1U);
}

TEST_F(CatchUpTest, ADeletedMessageEndsTheSearchForIt) {
  auto& client = accounts.activate(1);
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  on_server(client, {.chat = kGroup, .id = 1, .text = "no"});
  push(1, {.chat = kGroup, .id = 9, .text = "no"});  // and deleted at once
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().history_calls > 0; }));
  const auto calls = client.count("getChatHistory");
  push(1, {.chat = kGroup, .id = 10, .text = "hit"});
  settle();
  EXPECT_EQ(channel.messages.size(), 1U);
  EXPECT_EQ(client.count("getChatHistory"), calls);
}

TEST_F(CatchUpTest, LooksBackNoFurtherThanStated) {
  limits.look_back = 150;
  auto& client = accounts.activate(1);
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  for (int i = 2; i <= 1'000; ++i) {
    on_server(
        client,
        {.chat = kGroup, .id = i, .text = i == 5 || i == 990 ? "hit " + std::to_string(i) : "no"});
  }
  push(1, {.chat = kGroup, .id = 1'000, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().given_up == 1; }));
  settle();
  EXPECT_EQ(channel.texts(), (Texts{"hit 990"}));
  EXPECT_EQ(client.count("getChatHistory"), 2U);
}

TEST_F(CatchUpTest, TheSweepFindsWhatNobodyPushed) {
  limits.sweep_period = Millis{20};
  limits.sweep_calls = 1'000;
  auto& client = accounts.activate(1);
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  for (int i = 2; i <= 4; ++i) on_server(client, {.chat = kGroup, .id = i, .text = "hit"});
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 3; }));
  const auto asked = monitor->stats().sweep_calls;
  EXPECT_GE(asked, 1U);
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().sweep_calls > asked + 2; }));
  EXPECT_EQ(channel.messages.size(), 3U);
}

TEST_F(CatchUpTest, TheSweepAsksEveryChatOfASingleAccount) {
  limits.sweep_period = Millis{50};
  limits.sweep_calls = 1'000;
  auto& client = accounts.activate(1);
  start();
  for (int chat = 0; chat < 30; ++chat) {
    push(1, {.chat = kGroup - 1'000 - chat, .id = 1, .text = "no"});
  }
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().sweep_calls >= 60; }));
  std::map<ChatId, int> asked;
  for (const auto& call : client.calls) {
    if (call["@type"] == "searchChatMessages") ++asked[call["chat_id"].get<ChatId>()];
  }
  EXPECT_EQ(asked.size(), 30U);
  const auto [least, most] = std::ranges::minmax(asked | std::views::values);
  EXPECT_LE(most - least, 1);
}

TEST_F(CatchUpTest, TheSweepKeepsItsBudget) {
  limits.sweep_period = Millis{1};
  limits.sweep_calls = 200;  // at ticks of 5 ms one chat a tick
  accounts.activate(1);
  start();
  for (int chat = 0; chat < 30; ++chat) {
    push(1, {.chat = kGroup - 1'000 - chat, .id = 1, .text = "no"});
  }
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().sweep_calls >= 20; }));
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(90));
}

TEST_F(CatchUpTest, AChatThatAnAccountHasLeftIsAskedByOthersOnly) {
  limits.sweep_period = Millis{5};
  limits.sweep_calls = 1'000;
  auto& left = accounts.activate(1);
  left.errors["searchChatMessages"] = {400, "CHANNEL_PRIVATE"};
  auto& member = accounts.activate(2);
  start();
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  push(2, {.chat = kGroup, .id = 2, .text = "no"});
  ASSERT_TRUE(run_until(io, [&] { return member.count("searchChatMessages") >= 5; }));
  EXPECT_LE(left.count("searchChatMessages"), 1U);
}

TEST_F(CatchUpTest, TheElectedMemberReadsABasicGroup) {
  auto& elected = accounts.activate(1);
  auto& other = accounts.activate(2);
  start();
  add("hit");
  push(1, {.chat = kBasic, .id = 10, .text = "no"});
  push(2, {.chat = kBasic, .id = 500, .text = "no"});
  on_server(elected, {.chat = kBasic, .id = 12, .text = "hit", .date = 1});
  on_server(elected, {.chat = kBasic, .id = 15, .text = "last", .date = 2});
  monitor->feed(2, last_message({.chat = kBasic, .id = 505, .text = "last", .date = 2}));
  monitor->feed(1, last_message({.chat = kBasic, .id = 15, .text = "last", .date = 2}));
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  EXPECT_EQ(other.count("getChatHistory"), 0U);
  EXPECT_GE(elected.count("getChatHistory"), 1U);
}

TEST_F(CatchUpTest, WhenTheOneThatSawAHoleIsGoneAnotherMailboxIsRead) {
  limits.keep_seen = Millis{86'400'000LL + 2'000};  // a day is kept off it
  const auto now = to_unix_ms(clock.now()) / 1'000;
  accounts.activate(1);
  auto& other = accounts.activate(2);
  start();
  add("hit");
  push(1, {.chat = kBasic, .id = 10, .text = "no"});
  push(2, {.chat = kBasic, .id = 500, .text = "no"});
  // Not missed, but of an earlier time, as far as can be told.
  on_server(other, {.chat = kBasic, .id = 501, .text = "hit, an old one", .date = now - 3'600});
  on_server(other, {.chat = kBasic, .id = 502, .text = "hit, forgotten", .date = now - 4});
  on_server(other, {.chat = kBasic, .id = 503, .text = "hit", .date = now + 3'600});
  accounts.active.erase(1);
  monitor->feed(1, last_message({.chat = kBasic, .id = 15, .text = "last", .date = 2}));
  monitor->account_gone(1);
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  EXPECT_EQ(channel.texts(), (Texts{"hit"}));
}

TEST_F(CatchUpTest, MarksAreStoredWithoutMatches) {
  auto& client = accounts.activate(1);
  start();
  for (int i = 1; i <= 3; ++i) push(1, {.chat = kGroup, .id = i, .text = "no"});
  restart();
  add("hit");
  on_server(client, {.chat = kGroup, .id = 3, .text = "hit old"});
  on_server(client, {.chat = kGroup, .id = 4, .text = "hit new"});
  on_server(client, {.chat = kGroup, .id = 5, .text = "no"});
  monitor->feed(1, membership(kGroup));
  monitor->feed(1, last_message({.chat = kGroup, .id = 5, .text = "no"}));
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  settle();
  EXPECT_EQ(channel.texts(), (Texts{"hit new"}));
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
