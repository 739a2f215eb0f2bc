#include "monitor_fixture.hpp"

#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

using Texts = std::vector<std::string>;
using Sizes = std::vector<std::size_t>;

class DigestTest : public MonitorTest {
 protected:
  DigestTest() {
    accounts.activate(1);
    limits.digest_above = 3;
  }

  /// So many alerts wait; none is sent.
  void queue(std::size_t count) {
    start(false);
    add("hit");
    for (std::size_t i = 1; i <= count; ++i) {
      const auto id = static_cast<std::int64_t>(i);
      push(1, {.chat = kGroup, .id = id, .text = "hit " + std::to_string(i)});
      expected.push_back("hit " + std::to_string(i));
    }
    wait_for([&] { return monitor->stats().alerts_waiting == count; });
  }

  void wait_for(const std::function<bool()>& done) { ASSERT_TRUE(run_until(io, done)); }

  void forward() {
    monitor->set_alert_channel(kAlerts);
    wait_for([&] { return monitor->stats().alerts_waiting == 0; });
  }

  Texts expected;
};

TEST_F(DigestTest, WhatWaitsIsSentTogetherAndInOrder) {
  queue(20);
  forward();
  EXPECT_EQ(channel.texts(), expected);
  EXPECT_EQ(channel.sizes, (Sizes{8, 8, 4}));
  EXPECT_EQ(monitor->stats().alerts_sent, 20U);
}

TEST_F(DigestTest, AFewAreSentOneByOne) {
  queue(3);
  forward();
  EXPECT_EQ(channel.sizes, (Sizes{1, 1, 1}));
}

TEST_F(DigestTest, SwitchedOffAllAreSentOneByOne) {
  queue(6);
  monitor->set_digest(0);
  forward();
  EXPECT_EQ(channel.texts(), expected);
  EXPECT_EQ(channel.sends, 6);
}

TEST_F(DigestTest, TheNumberIsChangedWhileRunning) {
  limits.digest_above = 0;
  queue(6);
  monitor->set_digest(5);
  forward();
  EXPECT_EQ(channel.sizes, (Sizes{6}));
}

TEST_F(DigestTest, ARefusedDigestIsSentOneByOneAndOnlyTheRefusedIsLost) {
  queue(5);
  channel.failures = {{Errc::invalid, "too long"}, {Errc::invalid, "this one"}};
  forward();
  expected.erase(expected.begin());
  EXPECT_EQ(channel.texts(), expected);
  EXPECT_EQ(channel.sizes, (Sizes{5, 1, 1, 1, 1, 1}));
  EXPECT_EQ(monitor->stats().alerts_refused, 1U);
}

TEST_F(DigestTest, WhoseOutcomeIsUnknownIsLookedFor) {
  queue(5);
  channel.failures = {{Errc::timeout, "no answer"}};
  channel.arrives_despite_failure = true;
  forward();
  EXPECT_EQ(channel.texts(), expected);
  EXPECT_EQ(channel.sends, 1);
  EXPECT_EQ(channel.finds, 1);
}

TEST_F(DigestTest, AFloodWaitKeepsItTogether) {
  queue(5);
  channel.failures = {{Errc::flood_wait, "wait", 0}};
  forward();
  EXPECT_EQ(channel.texts(), expected);
  EXPECT_EQ(channel.sizes, (Sizes{5, 5}));
}

// The program ends while the channel owes its answer; more alerts wait than fit into one message.
class DigestRestart : public DigestTest, public testing::WithParamInterface<bool> {};

TEST_P(DigestRestart, IsSentOnce) {
  const bool arrived = GetParam();
  queue(12);
  channel.hang = true;
  channel.arrives_despite_failure = arrived;
  monitor->set_alert_channel(kAlerts);
  wait_for([&] { return channel.sends == 1; });
  stop(Millis{1});
  channel.hang = false;
  start();
  wait_for([&] { return monitor->stats().alerts_sent == 12; });
  EXPECT_EQ(channel.texts(), expected);
  EXPECT_EQ(channel.finds, 1);
  EXPECT_EQ(channel.sizes.front(), 8U);
  EXPECT_EQ(channel.sends, arrived ? 2 : 3);
}

INSTANTIATE_TEST_SUITE_P(Arrived, DigestRestart, testing::Bool());

TEST_F(DigestTest, TheRatesCountAMessageOnceOverARestart) {
  queue(8);
  forward();
  limits.send.per_window = 3;
  limits.send.window = Millis{3'600'000};
  restart();
  push(1, {.chat = kGroup, .id = 9, .text = "hit 9"});
  expected.emplace_back("hit 9");
  wait_for([&] { return monitor->stats().alerts_sent == 1; });
  EXPECT_EQ(channel.texts(), expected);
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
