// The sweep beside accounts that do not answer.
#include "monitor_fixture.hpp"

#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

class SweepTest : public MonitorTest {
 protected:
  SweepTest() {
    limits.sweep_period = Millis{5};
    limits.sweep_calls = 1'000;
    silent.silent = {"searchChatMessages"};
  }

  /// The silent account's chats come first, by id.
  void begin() {
    start();
    add("hit");
    for (ChatId chat = kGroup - 3; chat < kGroup; ++chat) {
      push(1, {.chat = chat, .id = 1, .text = "no"});
    }
    push(2, {.chat = kGroup, .id = 1, .text = "no"});
  }

  Client& silent = accounts.activate(1);
  Client& other = accounts.activate(2);
};

TEST_F(SweepTest, ChatsOfABusyAccountDoNotKeepTheOthersWaiting) {
  limits.call_deadline = Millis{3'600'000};
  begin();
  other.history[kGroup][from_server_message_id(2)] =
      message({.chat = kGroup, .id = 2, .text = "hit"});
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  ASSERT_TRUE(run_until(io, [&] { return other.count("searchChatMessages") >= 5; }));
  EXPECT_EQ(silent.count("searchChatMessages"), 1U);
}

TEST_F(SweepTest, AnAccountThatGaveNoAnswerIsPutAside) {
  limits.call_deadline = Millis{1};
  begin();
  ASSERT_TRUE(run_until(io, [&] { return silent.count("searchChatMessages") == 1; }));
  ASSERT_TRUE(run_until(io, [&] { return other.count("searchChatMessages") >= 10; }));
  EXPECT_EQ(silent.count("searchChatMessages"), 1U);
  // A new client may be better.
  monitor->account_gone(1);
  ASSERT_TRUE(run_until(io, [&] { return silent.count("searchChatMessages") >= 2; }));
}

TEST_F(SweepTest, WhatWasPutOffIsAskedInTheEnd) {
  silent.silent.clear();
  begin();
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().sweep_calls >= 20; }));
  for (ChatId chat = kGroup - 3; chat < kGroup; ++chat) {
    EXPECT_TRUE(std::ranges::any_of(silent.calls, [&](const Json& call) {
      return call["@type"] == "searchChatMessages" && call["chat_id"] == chat;
    })) << chat;
  }
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
