#include "monitor/mark_table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace tgpanel::monitor {
namespace {

constexpr HistoryKey kShared{0, -1'001'000'000'001};
constexpr HistoryKey kMailbox{3, -77};

constexpr MessageId id(std::int64_t server) {
  return from_server_message_id(server);
}

TEST(MarkTable, StartsAtTheFirstMessageHeardOf) {
  MarkTable table;
  EXPECT_EQ(table.on_last_message(kShared, id(50)), Step::first);
  EXPECT_EQ(table.mark(kShared), id(50));
  EXPECT_EQ(table.on_message(kShared, id(50)), Step::known);
  EXPECT_EQ(table.on_message(kShared, id(49)), Step::known);
}

TEST(MarkTable, MovesOverConsecutiveMessages) {
  MarkTable table;
  table.load({{kShared, id(5)}});
  EXPECT_EQ(table.on_message(kShared, id(6)), Step::next);
  EXPECT_EQ(table.on_last_message(kShared, id(7)), Step::next);
  EXPECT_EQ(table.mark(kShared), id(7));
  EXPECT_FALSE(table.behind(kShared));
}

TEST(MarkTable, StopsBelowAHole) {
  MarkTable table;
  table.load({{kShared, id(5)}});
  EXPECT_EQ(table.on_message(kShared, id(8)), Step::behind);
  EXPECT_EQ(table.on_message(kShared, id(9)), Step::behind);
  EXPECT_EQ(table.mark(kShared), id(5));
  EXPECT_TRUE(table.behind(kShared));
  EXPECT_TRUE(table.take_moved().empty());
}

TEST(MarkTable, AReadClosesTheHoleAndTheRunAboveIt) {
  MarkTable table;
  table.load({{kShared, id(5)}});
  table.on_message(kShared, id(8));
  table.on_message(kShared, id(9));  // pushed while the history is read
  EXPECT_TRUE(table.on_read(kShared, id(8)));
  EXPECT_EQ(table.mark(kShared), id(9));
  EXPECT_EQ(table.on_message(kShared, id(10)), Step::next);
}

TEST(MarkTable, AReadOfSomebodyWhoKnowsLessDoesNot) {
  MarkTable table;
  table.load({{kShared, id(5)}});
  table.on_message(kShared, id(20));
  EXPECT_FALSE(table.on_read(kShared, id(12)));
  EXPECT_EQ(table.mark(kShared), id(12));
  EXPECT_TRUE(table.behind(kShared));
  EXPECT_FALSE(table.on_read(kShared, 0));
  EXPECT_EQ(table.mark(kShared), id(12));
}

TEST(MarkTable, ASecondHoleNeedsItsOwnRead) {
  MarkTable table;
  table.load({{kShared, id(5)}});
  table.on_message(kShared, id(8));
  table.on_message(kShared, id(15));
  EXPECT_FALSE(table.on_read(kShared, id(8)));
  EXPECT_EQ(table.mark(kShared), id(8));
  EXPECT_TRUE(table.on_read(kShared, id(15)));
}

TEST(MarkTable, SettlesWhenWhatShowedTheHoleIsGone) {
  MarkTable table;
  table.load({{kShared, id(5)}});
  table.on_message(kShared, id(8));
  EXPECT_FALSE(table.on_read(kShared, id(7)));
  table.settle(kShared);
  EXPECT_EQ(table.mark(kShared), id(8));
  EXPECT_FALSE(table.behind(kShared));
}

TEST(MarkTable, PushesOfAMailboxNeedNotBeConsecutive) {
  MarkTable table;
  table.load({{kMailbox, id(5)}});
  EXPECT_EQ(table.on_message(kMailbox, id(90)), Step::next);
  EXPECT_EQ(table.mark(kMailbox), id(90));
}

TEST(MarkTable, ALastMessageOfAMailboxMayHideOthers) {
  MarkTable table;
  table.load({{kMailbox, id(5)}});
  EXPECT_EQ(table.on_last_message(kMailbox, id(6)), Step::behind);
  EXPECT_EQ(table.on_message(kMailbox, id(9)), Step::behind);
  EXPECT_EQ(table.mark(kMailbox), id(5));
  EXPECT_TRUE(table.on_read(kMailbox, id(6)));
  EXPECT_EQ(table.mark(kMailbox), id(9));
}

TEST(MarkTable, TellsEachMoveOnce) {
  MarkTable table;
  table.on_message(kShared, id(1));
  table.on_message(kShared, id(2));
  table.on_message(kMailbox, id(3));
  EXPECT_TRUE(table.any_moved());
  const auto moved = table.take_moved();
  ASSERT_EQ(moved.size(), 2U);
  EXPECT_EQ(moved[0].message, id(2));
  EXPECT_FALSE(table.any_moved());
}

// Whatever the order of pushes and reads: everything at or below the mark was looked at.
RC_GTEST_PROP(MarkTableProperty, NeverRunsAheadOfWhatWasLookedAt, ()) {
  MarkTable table;
  table.load({{kShared, id(0) + 1}});
  table.on_read(kShared, id(1));
  std::set<MessageId> seen{id(1)};
  MessageId newest_on_server = id(1);
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
  for (const auto step : steps) {
    if (step == 4) {  // a read of all there is, by somebody who knows it
      for (auto m = *table.mark(kShared); m <= newest_on_server; m += id(1)) seen.insert(m);
      table.on_read(kShared, newest_on_server);
      continue;
    }
    newest_on_server += id(1);
    if (step == 3) continue;  // never pushed
    const auto outcome = step == 2 ? table.on_last_message(kShared, newest_on_server)
                                   : table.on_message(kShared, newest_on_server);
    RC_ASSERT(outcome == Step::next || outcome == Step::behind);
    seen.insert(newest_on_server);
  }
  for (auto m = id(1); m <= *table.mark(kShared); m += id(1)) RC_ASSERT(seen.contains(m));
}

}  // namespace
}  // namespace tgpanel::monitor
