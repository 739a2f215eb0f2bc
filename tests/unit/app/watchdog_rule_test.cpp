// Every transition of the rule, on a clock of the test.

#include "app/watchdog_rule.hpp"

#include <gtest/gtest.h>

#include <array>

namespace tgpanel::app {
namespace {

using namespace std::chrono_literals;

struct WatchdogRuleTest : testing::Test {
  /// Time passes in looks of a second; the threads named beat before each.
  WatchdogVerdict pass(std::chrono::seconds time, bool first, bool second) {
    WatchdogVerdict all;
    for (auto left = time; left > 0s; left -= 1s) {
      now += 1s;
      if (first) ++beats[0];
      if (second) ++beats[1];
      const auto verdict = rule.look(beats, now);
      all.turns.insert(all.turns.end(), verdict.turns.begin(), verdict.turns.end());
      told += verdict.tell ? 1 : 0;
    }
    return all;
  }

  WatchdogRule::Time now{1h};
  std::array<std::uint64_t, 2> beats{};
  int told = 0;
  WatchdogRule rule{2, {.silence = 10s, .look_every = 1s, .tell_every = 3s}, now};
};

TEST_F(WatchdogRuleTest, ThreadsThatBeatAreLeftAlone) {
  EXPECT_TRUE(pass(100s, true, true).turns.empty());
}

TEST_F(WatchdogRuleTest, SilenceShortOfTheLimitIsNothing) {
  EXPECT_TRUE(pass(9s, true, false).turns.empty());
  EXPECT_TRUE(pass(1s, true, true).turns.empty());
  EXPECT_TRUE(pass(9s, true, false).turns.empty());
}

TEST_F(WatchdogRuleTest, AThreadThatNeverBeatIsStalledAtTheLimit) {
  EXPECT_TRUE(pass(9s, false, true).turns.empty());
  const auto turns = pass(1s, false, true).turns;
  ASSERT_EQ(turns.size(), 1U);
  EXPECT_EQ(turns[0].thread, 0U);
  EXPECT_TRUE(turns[0].stalled);
  EXPECT_EQ(turns[0].silent, 10s);
}

TEST_F(WatchdogRuleTest, AStallIsSaidOnceAndItsEndOnceWithTheWholeTime) {
  pass(5s, true, true);
  EXPECT_EQ(pass(10s, true, false).turns.size(), 1U);
  EXPECT_TRUE(pass(50s, true, false).turns.empty());
  const auto turns = pass(1s, true, true).turns;
  ASSERT_EQ(turns.size(), 1U);
  EXPECT_EQ(turns[0].thread, 1U);
  EXPECT_FALSE(turns[0].stalled);
  EXPECT_EQ(turns[0].silent, 61s);
  EXPECT_TRUE(pass(50s, true, true).turns.empty());
}

TEST_F(WatchdogRuleTest, TheNextStallIsSaidAgain) {
  pass(15s, false, true);
  pass(1s, true, true);
  EXPECT_TRUE(pass(9s, false, true).turns.empty());
  EXPECT_EQ(pass(1s, false, true).turns.size(), 1U);
}

TEST_F(WatchdogRuleTest, BothMayStallAtOnceAndComeBackOneByOne) {
  EXPECT_EQ(pass(10s, false, false).turns.size(), 2U);
  const auto first = pass(1s, true, false).turns;
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].thread, 0U);
  const auto second = pass(1s, true, true).turns;
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].thread, 1U);
}

TEST_F(WatchdogRuleTest, ASignOfLifeIsDueAtOnceAndThenAtItsInterval) {
  pass(1s, true, true);
  EXPECT_EQ(told, 1);
  pass(2s, true, true);
  EXPECT_EQ(told, 1);
  pass(1s, true, true);
  EXPECT_EQ(told, 2);
  pass(30s, true, true);
  EXPECT_EQ(told, 12);
}

TEST_F(WatchdogRuleTest, NoSignOfLifeWhileAnyThreadIsStalled) {
  pass(10s, true, false);
  told = 0;
  pass(100s, true, false);
  EXPECT_EQ(told, 0);
  pass(10s, false, false);
  pass(100s, false, true);
  EXPECT_EQ(told, 0) << "one is back, the other has gone meanwhile";
  pass(1s, true, true);
  EXPECT_EQ(told, 1) << "due at once";
}

TEST_F(WatchdogRuleTest, NoSignOfLifeWhereNobodyAsks) {
  rule = WatchdogRule(2, {.silence = 10s, .look_every = 1s}, now);
  pass(100s, true, true);
  EXPECT_EQ(told, 0);
}

TEST_F(WatchdogRuleTest, TimeInWhichTheWholeProcessStoodStillIsNoSilence) {
  pass(5s, true, true);
  now += 1h;
  EXPECT_TRUE(rule.look(beats, now).turns.empty());
  EXPECT_TRUE(pass(7s, false, true).turns.empty()) << "two seconds of the hour count";
  const auto turns = pass(1s, false, true).turns;
  ASSERT_EQ(turns.size(), 1U);
  EXPECT_EQ(turns[0].silent, 1h + 8s);
}

}  // namespace
}  // namespace tgpanel::app
