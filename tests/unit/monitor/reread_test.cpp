#include "monitor_fixture.hpp"

#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

using Texts = std::vector<std::string>;

constexpr std::int64_t kDay = 86'400;

// Edits made while nobody watched.
class RereadTest : public MonitorTest {
 protected:
  RereadTest() {
    limits.tick = Millis{1};
    limits.sweep_calls = 1'000'000;
  }

  static void on_server(Client& client, const Text& text) {
    client.history[text.chat][from_server_message_id(text.id)] = message(text);
  }

  /// Watched once: the first messages of the group are known and nothing was found.
  void run_once() {
    accounts.activate(1);
    start();
    add("hit");
    for (std::int64_t id = 1; id <= 3; ++id) {
      push(1, {.chat = kGroup, .id = id, .text = "no", .date = now});
    }
    ASSERT_TRUE(run_until(io, [&] { return monitor->stats().messages == 3; }));
    stop();
  }

  /// The panel again; what the account sees when it opens is its chat's last message.
  Client& open(AccountId account, std::int64_t last, ChatId chat = kGroup) {
    if (!monitor) start();
    auto& client = accounts.activate(account);
    monitor->feed(account, membership(chat));
    monitor->feed(account, last_message({.chat = chat, .id = last, .text = "no"}));
    return client;
  }

  void expect_alerts(const Texts& texts) {
    // The end of everything: an own message of another group.
    push(1, {.chat = kOther, .id = ++ends, .text = "hit, the end"});
    auto expected = texts;
    expected.emplace_back("hit, the end");
    EXPECT_TRUE(run_until(io, [&] { return channel.texts().size() >= expected.size(); }));
    EXPECT_EQ(channel.texts(), expected);
  }

  void wait_for_reread(const Client& client) {
    ASSERT_TRUE(run_until(io, [&] { return monitor->stats().history_calls > 0; }));
    EXPECT_GT(client.count("getChatHistory"), 0U);
  }

  std::int64_t now = to_unix_ms(SystemClock().now()) / 1'000;
  std::int64_t ends = 0;
};

TEST_F(RereadTest, AnEditMadeWhileThePanelWasAwayAlertsOnce) {
  run_once();
  auto& client = open(1, 3);
  on_server(client, {.chat = kGroup, .id = 1, .text = "no", .date = now});
  on_server(client, {.chat = kGroup, .id = 2, .text = "hit", .date = now, .edited = now + 60});
  on_server(client, {.chat = kGroup, .id = 3, .text = "hit, never edited", .date = now});
  monitor->account_ready(1);
  wait_for_reread(client);
  const auto call = std::ranges::find_if(
      client.calls, [](const Json& each) { return each["@type"] == "getChatHistory"; });
  EXPECT_EQ((*call)["limit"], 50);
  expect_alerts({"hit"});
  stop();
  auto& again = open(1, 3);
  on_server(again, {.chat = kGroup, .id = 2, .text = "hit", .date = now, .edited = now + 60});
  monitor->account_ready(1);
  wait_for_reread(again);
  expect_alerts({"hit", "hit, the end"});
}

TEST_F(RereadTest, AnEditFromBeforeTheKeywordDoesNotAlert) {
  run_once();
  auto& client = open(1, 3);
  on_server(client,
            {.chat = kGroup, .id = 2, .text = "hit", .date = now - 300, .edited = now - 200});
  monitor->account_ready(1);
  wait_for_reread(client);
  expect_alerts({});
}

TEST_F(RereadTest, AMessageOlderThanWhatIsRememberedDoesNotAlert) {
  run_once();
  auto& client = open(1, 3);
  on_server(client,
            {.chat = kGroup, .id = 2, .text = "hit", .date = now - 90 * kDay, .edited = now + 60});
  monitor->account_ready(1);
  wait_for_reread(client);
  expect_alerts({});
}

TEST_F(RereadTest, AChatOfTheFirstTimeIsNotReadAgain) {
  accounts.activate(1);
  start();
  add("hit");
  auto& client = open(1, 3);
  on_server(client, {.chat = kGroup, .id = 2, .text = "hit", .date = now, .edited = now + 60});
  monitor->account_ready(1);
  expect_alerts({});
  EXPECT_EQ(client.count("getChatHistory"), 0U);
}

TEST_F(RereadTest, WhatIsWrittenWhileAnAccountOpensForTheFirstTimeIsFound) {
  start();
  add("hit");
  auto& client = accounts.activate(1);
  const auto later = now + 3'600;  // after its opening, however slow the machine is
  const Text last{.chat = kGroup, .id = 4, .text = "hit, the last", .date = later};
  on_server(client, {.chat = kGroup, .id = 2, .text = "hit, from before", .date = now - 100});
  on_server(client, {.chat = kGroup, .id = 3, .text = "hit, just now", .date = later});
  on_server(client, last);
  const auto opened = accounts.active.extract(1);  // not yet: it opens
  monitor->feed(1, membership(kGroup));
  monitor->feed(1, last_message(last));
  accounts.active[1] = opened.mapped();
  monitor->account_ready(1);
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 2; }));
  EXPECT_EQ(channel.texts(), (Texts{"hit, just now", "hit, the last"}));
  // Once it is open, a chat that it joins starts at its newest message.
  const Text joined{.chat = kOther, .id = 9, .text = "hit, before joining", .date = later};
  monitor->feed(1, last_message(joined));
  push(1, {.chat = kOther, .id = 10, .text = "hit, after joining", .date = later});
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 3; }));
  EXPECT_EQ(channel.texts().back(), "hit, after joining");
}

TEST_F(RereadTest, OneAccountReadsForAllAndOnlyWhenNobodyWatched) {
  run_once();
  auto& first = open(1, 3);
  open(2, 3);
  monitor->account_ready(1);
  monitor->account_ready(2);
  wait_for_reread(first);
  const auto calls = first.count("getChatHistory");
  accounts.active.erase(2);
  monitor->account_gone(2);
  auto& again = open(2, 3);
  monitor->account_ready(2);
  expect_alerts({});
  EXPECT_EQ(first.count("getChatHistory"), calls);
  EXPECT_EQ(again.count("getChatHistory"), 0U);

  accounts.active.clear();
  monitor->account_gone(1);
  monitor->account_gone(2);
  auto& back = open(1, 3);
  on_server(back, {.chat = kGroup, .id = 2, .text = "hit", .date = now, .edited = now + 60});
  monitor->account_ready(1);
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 2; }));
  EXPECT_EQ(channel.texts().back(), "hit");
}

TEST_F(RereadTest, AFailureIsTriedAgainAFewTimes) {
  run_once();
  auto& client = open(1, 3);
  client.errors["getChatHistory"] = {500, "Internal"};
  monitor->account_ready(1);
  ASSERT_TRUE(run_until(io, [&] { return client.count("getChatHistory") >= 2; }));
  client.errors.clear();
  on_server(client, {.chat = kGroup, .id = 2, .text = "hit", .date = now, .edited = now + 60});
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 1; }));
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
