#include "jobs/item_machine.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tgpanel::jobs {
namespace {

constexpr Instant kNow = from_unix_ms(1'000'000);
constexpr Instant kLater = kNow + Millis{5'000};

// Columns: queued, claimed, handed, waiting and due, waiting and not due, done, failed, skipped.
// Letters: the state after the event (q c h w d f s), H: handed and perform, v: as it was and
// verify, a dot: nothing changes.
constexpr std::size_t kColumns = 8;

Item in_column(std::size_t column, int attempts) {
  Item item;
  item.account_id = 7;
  item.account_name = "Ann";
  item.attempts = attempts;
  constexpr ItemState kStates[kColumns] = {
      ItemState::queued,  ItemState::claimed, ItemState::handed, ItemState::waiting,
      ItemState::waiting, ItemState::done,    ItemState::failed, ItemState::skipped};
  item.state = kStates[column];
  if (column == 3) item.not_before = kNow;
  if (column == 4) item.not_before = kNow + Millis{1};
  return item;
}

char letter(const ItemStep& next) {
  if (next.act == ItemAct::verify) return next.changed ? '?' : 'v';
  if (!next.changed) return next.act == ItemAct::none ? '.' : '?';
  if (next.act == ItemAct::perform) return next.item.state == ItemState::handed ? 'H' : '?';
  return to_string(next.item.state)[0];
}

struct Row {
  const char* name;
  ItemEvent event;
  const char* running;    // the job goes on
  const char* cancelled;  // the job was cancelled
  int attempts = 1;
};

const std::vector<Row>& table() {
  static const std::vector<Row> rows{
      {"Claim", Claim{}, "c..c....", "s..s...."},
      {"PutBack", PutBack{}, ".q......", ".s......"},
      {"Hand", Hand{}, ".H......", ".s......"},
      {"Unusable", Unusable{"Switched off."}, "fffff...", "fffff..."},
      {"Hold", Hold{kLater, "Wait."}, "wwwww...", "sssss..."},
      {"Succeeded", Succeeded{}, "..d.....", "..d....."},
      {"Refused", Refused{"No."}, "..f.....", "..f....."},
      {"Lost", Lost{}, "..w.....", "..f....."},
      {"Lost, last attempt", Lost{}, "..f.....", "..f.....", kMaxAttempts},
      {"Cancel", Cancel{}, "ss.ss...", "ss.ss..."},
      {"Restarted", Restarted{}, ".qv.....", "ssvss..."},
      {"Verified, done", Verified{true}, "..d.....", "..d....."},
      {"Verified, not done", Verified{false}, "..q.....", "..s....."},
  };
  return rows;
}

TEST(ItemMachine, EveryStateAndEvent) {
  for (const auto& row : table()) {
    for (const bool cancelled : {false, true}) {
      std::string got;
      for (std::size_t column = 0; column < kColumns; ++column) {
        got += letter(step(in_column(column, row.attempts), row.event,
                           {.now = kNow, .cancelled = cancelled}));
      }
      EXPECT_EQ(got, cancelled ? row.cancelled : row.running)
          << row.name << (cancelled ? ", cancelled" : "");
    }
  }
}

TEST(ItemMachine, TableHasEveryEvent) {
  std::vector<bool> seen(std::variant_size_v<ItemEvent>);
  for (const auto& row : table()) seen[row.event.index()] = true;
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_TRUE(seen[i]) << "event " << i;
}

TEST(ItemMachine, WhatDoesNotChangeIsReturnedAsItWas) {
  const auto next = step(in_column(6, 2), Succeeded{}, {.now = kNow, .cancelled = false});
  EXPECT_EQ(next.item.state, ItemState::failed);
  EXPECT_EQ(next.item.attempts, 2);
  EXPECT_EQ(next.item.account_name, "Ann");
}

TEST(ItemMachine, AWaitHasItsEndAndReason) {
  const auto next = step(in_column(2, 1), Hold{kLater, "Wait."}, {.now = kNow, .cancelled = false});
  EXPECT_EQ(next.item.not_before, kLater);
  EXPECT_EQ(next.item.reason, "Wait.");
  const auto claimed = step(next.item, Claim{}, {.now = kLater, .cancelled = false});
  EXPECT_EQ(claimed.item.not_before, Instant{});
  EXPECT_TRUE(claimed.item.reason.empty());
}

TEST(ItemMachine, EachHandingCounts) {
  const auto next = step(in_column(1, 0), Hand{}, {.now = kNow, .cancelled = false});
  EXPECT_EQ(next.item.attempts, 1);
}

TEST(ItemMachine, UnansweredAttemptsAreFurtherAndFurtherApart) {
  for (int attempts = 1; attempts < kMaxAttempts; ++attempts) {
    const auto next = step(in_column(2, attempts), Lost{}, {.now = kNow, .cancelled = false});
    EXPECT_EQ(next.item.not_before, kNow + attempts * kLostBackoff);
  }
}

TEST(ItemMachine, EveryFailureSaysWhy) {
  for (const auto& row : table()) {
    for (std::size_t column = 0; column < kColumns; ++column) {
      const auto next =
          step(in_column(column, row.attempts), row.event, {.now = kNow, .cancelled = true});
      const bool needs = next.changed && (next.item.state == ItemState::failed ||
                                          next.item.state == ItemState::skipped);
      if (needs) {
        EXPECT_FALSE(next.item.reason.empty()) << row.name << " " << column;
      }
    }
  }
}

}  // namespace
}  // namespace tgpanel::jobs
