#include "monitor/mark_table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>
#include <set>
#include <vector>

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
  EXPECT_TRUE(table.settle(kShared, id(8)));
  EXPECT_EQ(table.mark(kShared), id(8));
  EXPECT_FALSE(table.behind(kShared));
}

TEST(MarkTable, DoesNotSettleAHoleThatOpenedSince) {
  MarkTable table;
  table.load({{kShared, id(5)}});
  table.on_message(kShared, id(8));
  const auto top = table.hole_top(kShared);
  table.on_message(kShared, id(15));
  EXPECT_FALSE(table.settle(kShared, top));
  EXPECT_EQ(table.mark(kShared), id(5));
  EXPECT_TRUE(table.behind(kShared));
}

TEST(MarkTable, ReachesBackOnceAndOnlyInTheRunInWhichTheHistoryBegan) {
  MarkTable table;
  EXPECT_FALSE(table.reach_back(kShared, id(1))) << "nothing is known above it yet";
  EXPECT_EQ(table.on_last_message(kShared, id(9)), Step::behind);
  MarkTable heard;
  heard.on_last_message(kShared, id(9));
  heard.on_message(kShared, id(10));
  EXPECT_TRUE(heard.reach_back(kShared, id(1)));
  EXPECT_EQ(heard.mark(kShared), id(1));
  EXPECT_FALSE(heard.on_read(kShared, id(9)));
  EXPECT_TRUE(heard.on_read(kShared, id(10)));
  EXPECT_FALSE(heard.reach_back(kShared, id(1)));
  EXPECT_EQ(heard.mark(kShared), id(10));
  MarkTable old;
  old.load({{kShared, id(9)}});
  EXPECT_FALSE(old.reach_back(kShared, id(1)));
  EXPECT_EQ(old.mark(kShared), id(9));
}

TEST(MarkTable, KnowsInWhichOrderHistoriesBegan) {
  constexpr HistoryKey kOther{4, kMailbox.chat};
  MarkTable table;
  table.load({{kMailbox, id(5)}});
  EXPECT_GT(table.began(kOther), table.began(kMailbox));
  table.on_message(kOther, id(70));
  EXPECT_GT(table.began(kOther), table.began(kMailbox));
  table.on_message(kShared, id(1));
  EXPECT_GT(table.began(kShared), table.began(kOther));
  EXPECT_TRUE(table.knows(kMailbox.chat));
  EXPECT_FALSE(table.knows(-78));
}

TEST(MarkTable, WhatIsForgottenIsToldAsMovedToNothing) {
  constexpr HistoryKey kPrivate{3, 42};
  MarkTable table;
  table.load({{kPrivate, id(5)}, {kShared, id(5)}});
  table.forget_private();
  const auto moved = table.take_moved();
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].key, kPrivate);
  EXPECT_EQ(moved[0].message, 0);
  EXPECT_EQ(table.on_last_message(kPrivate, id(9)), Step::first);
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

// Whatever the order of pushes, reads and deletions: all that is at or below the mark, and not
// deleted, was looked at. A read sees what the server had when it began.
RC_GTEST_PROP(MarkTableProperty, NeverRunsAheadOfWhatWasLookedAt, ()) {
  enum { kPushed = 0, kLast = 1, kWithheld = 2, kBegin = 3, kEnd = 4, kDelete = 5, kSteps = 6 };

  struct Read {
    MessageId mark = 0;
    MessageId top = 0;
    std::set<MessageId> found;
  };

  MarkTable table;
  table.load({{kShared, id(1)}});
  std::set<MessageId> seen{id(1)};
  std::set<MessageId> server{id(1)};
  MessageId newest = id(1);
  std::optional<Read> read;
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, int{kSteps}));
  for (const auto step : steps) {
    if (step == kBegin && !read) {
      read = Read{*table.mark(kShared), table.hole_top(kShared), server};
    } else if (step == kEnd && read) {
      for (const auto m : read->found) {
        if (m > read->mark) seen.insert(m);
      }
      const auto last = read->found.empty() ? 0 : *read->found.rbegin();
      if (!table.on_read(kShared, last)) table.settle(kShared, read->top);
      read.reset();
    } else if (step == kDelete) {
      server.erase(newest);
    } else if (step < kBegin) {
      newest += id(1);
      server.insert(newest);
      if (step == kWithheld) continue;
      const auto outcome = step == kLast ? table.on_last_message(kShared, newest)
                                         : table.on_message(kShared, newest);
      RC_ASSERT(outcome == Step::next || outcome == Step::behind);
      seen.insert(newest);
    }
    for (const auto m : server) RC_ASSERT(m > *table.mark(kShared) || seen.contains(m));
  }
}

}  // namespace
}  // namespace tgpanel::monitor
