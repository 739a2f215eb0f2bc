#include "monitor_fixture.hpp"

#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

using Texts = std::vector<std::string>;

constexpr ChatId kWalter = 42;

class PrivateChatTest : public MonitorTest {
 protected:
  PrivateChatTest() {
    accounts.activate(1);
    accounts.activate(2);
  }

  /// A message of the user to the account.
  void say(AccountId account, std::int64_t id, const std::string& text, UserId user = kWalter) {
    push(account, {.chat = user, .id = id, .text = text, .sender = user});
  }

  /// What was said before is in the channel.
  void expect_alerts(const Texts& texts) {
    push(1, {.chat = kGroup, .id = ++group_message, .text = "hit, the end"});
    auto expected = texts;
    expected.emplace_back("hit, the end");
    EXPECT_TRUE(
        run_until(io, [&] { return monitor->stats().alerts_waiting == 0 && ends() > seen_ends; }));
    seen_ends = ends();
    EXPECT_EQ(channel.texts(), expected);
  }

  std::size_t ends() const {
    const auto texts = channel.texts();
    return static_cast<std::size_t>(std::ranges::count(texts, "hit, the end"));
  }

  std::int64_t group_message = 0;
  std::size_t seen_ends = 0;
};

TEST_F(PrivateChatTest, AreNotMonitoredUntilSwitchedOn) {
  start();
  add("hit");
  say(1, 1, "hit, one");
  expect_alerts({});
}

TEST_F(PrivateChatTest, AlertOnceForEachAccountWhenSwitchedOn) {
  start();
  add("hit");
  monitor->set_private_chats(true);
  say(1, 1, "hit, to the first");
  say(1, 1, "hit, to the first");
  say(2, 1, "hit, to the second");
  expect_alerts({"hit, to the first", "hit, to the second"});
  for (const auto& [id, alert] : channel.messages) {
    if (alert.chat_id == kWalter) {
      EXPECT_EQ(alert.link, "");
    }
  }
}

TEST_F(PrivateChatTest, ServiceChatsAndBotsNever) {
  accounts.active[1]->bots.insert(93);
  start();
  add("hit");
  monitor->set_private_chats(true);
  say(1, 1, "hit: your login code is 12345", 777'000);
  say(1, 2, "hit: a code of somebody else", 489'000);
  say(1, 3, "hit, says a bot", 93);
  duplicates = 1;  // the bot's is matched and never stored
  expect_alerts({});
}

TEST_F(PrivateChatTest, ABotInAGroupAlerts) {
  accounts.active[1]->bots.insert(93);
  start();
  add("hit");
  push(1, {.chat = kOther, .id = 1, .text = "hit, a bot", .sender = 93});
  expect_alerts({"hit, a bot"});
}

TEST_F(PrivateChatTest, SwitchedOnWhileRunningOnlyWhatComesThenIsFound) {
  start();
  add("hit");
  monitor->set_private_chats(true);
  say(1, 1, "nothing");
  monitor->set_private_chats(false);
  say(1, 2, "hit, while it was off");
  monitor->set_private_chats(true);
  accounts.active[1]->history[kWalter][from_server_message_id(2)] =
      message({.chat = kWalter, .id = 2, .text = "hit, while it was off", .sender = kWalter});
  monitor->feed(1, last_message({.chat = kWalter, .id = 2, .text = "hit, while it was off"}));
  say(1, 3, "hit, on again");
  expect_alerts({"hit, on again"});
}

TEST_F(PrivateChatTest, WhatCameWhileThePanelWasAwayIsReadByTheAccountItself) {
  start();
  monitor->set_private_chats(true);
  add("hit");
  say(2, 1, "nothing");
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().messages == 1; }));
  stop();
  const Text missed{.chat = kWalter, .id = 2, .text = "hit, missed", .sender = kWalter};
  accounts.active[2]->history[kWalter][from_server_message_id(2)] = message(missed);
  start_with_private_chats();
  monitor->feed(2, last_message(missed));
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_sent == 1; }));
  EXPECT_EQ(channel.texts(), (Texts{"hit, missed"}));
  EXPECT_EQ(accounts.active[1]->count("getChatHistory"), 0U);
}

TEST_F(PrivateChatTest, WhatWasReadIsForgottenOnTheDiskTooWhenSwitchedOff) {
  start_with_private_chats();
  add("hit");
  say(1, 1, "nothing");
  stop();
  start_with_private_chats();
  monitor->set_private_chats(false);
  monitor->set_private_chats(true);
  stop();
  const Text between{.chat = kWalter, .id = 2, .text = "hit, while it was off", .sender = kWalter};
  accounts.active[1]->history[kWalter][from_server_message_id(2)] = message(between);
  start_with_private_chats();
  monitor->feed(1, last_message(between));
  say(1, 3, "hit, on again");
  expect_alerts({"hit, on again"});
}

TEST_F(PrivateChatTest, ARunWithoutThemForgetsWhatWasReadToo) {
  start_with_private_chats();
  add("hit");
  say(1, 1, "nothing");
  stop();
  start();
  restart();
  stop();
  const Text between{.chat = kWalter, .id = 2, .text = "hit, while it was off", .sender = kWalter};
  accounts.active[1]->history[kWalter][from_server_message_id(2)] = message(between);
  start_with_private_chats();
  monitor->feed(1, last_message(between));
  expect_alerts({});
}

TEST_F(PrivateChatTest, AReadUnderWayWhenTheyAreSwitchedOffIsNothing) {
  start_with_private_chats();
  add("hit");
  say(1, 1, "nothing");
  stop();
  start_with_private_chats();
  const Text missed{.chat = kWalter, .id = 2, .text = "hit, missed", .sender = kWalter};
  auto& client = *accounts.active[1];
  client.history[kWalter][from_server_message_id(2)] = message(missed);
  client.before_history = [this] {
    monitor->set_private_chats(false);
    monitor->set_private_chats(true);
  };
  monitor->feed(1, last_message({.chat = kWalter, .id = 3, .text = "no", .sender = kWalter}));
  ASSERT_TRUE(run_until(io, [&] { return !client.before_history; }));
  expect_alerts({});
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
