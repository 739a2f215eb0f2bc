#include "jobs/waits.hpp"

#include "now.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>

namespace tgpanel::jobs {
namespace {

Instant at(int seconds) {
  return kNow + std::chrono::seconds{seconds};
}

const WaitKey kAny{7, "sendMessage", 0};
const WaitKey kThere{7, "sendMessage", -1001};

/// What is known before the event, of the method in any chat.
struct State {
  const char* name;
  int told;      // the end, in seconds from now; 0: nothing was told
  int inferred;  // the same
};

constexpr std::array kKnown{State{"nothing", 0, 0}, State{"told", 100, 0}, State{"inferred", 0, 60},
                            State{"told, inferred shorter", 100, 60},
                            State{"told, inferred longer", 30, 60}};

struct WaitRow {
  const char* event;
  std::function<bool(Waits&)> happens;
  // By the states above: the end after it in any chat, the end in kThere, and whether it changed
  // something.
  std::array<std::array<int, 3>, kKnown.size()> after;
};

const std::array<WaitRow, 9>& wait_table() {
  static const std::array<WaitRow, 9> rows{{
      {"tell, earlier than all",
       [](Waits& waits) { return waits.tell(kAny, at(10)); },
       {{{10, 10, 1}, {100, 100, 0}, {60, 60, 1}, {100, 100, 0}, {60, 60, 0}}}},
      {"tell, between",
       [](Waits& waits) { return waits.tell(kAny, at(50)); },
       {{{50, 50, 1}, {100, 100, 0}, {60, 60, 1}, {100, 100, 0}, {60, 60, 1}}}},
      {"tell, later than all",
       [](Waits& waits) { return waits.tell(kAny, at(200)); },
       {{{200, 200, 1}, {200, 200, 1}, {200, 200, 1}, {200, 200, 1}, {200, 200, 1}}}},
      {"tell of one chat",
       [](Waits& waits) { return waits.tell(kThere, at(80)); },
       {{{0, 80, 1}, {100, 100, 1}, {60, 80, 1}, {100, 100, 1}, {60, 80, 1}}}},
      {"infer, earlier than all",
       [](Waits& waits) { return waits.infer(kAny, at(10)); },
       {{{10, 10, 1}, {100, 100, 0}, {60, 60, 0}, {100, 100, 0}, {60, 60, 0}}}},
      {"infer, later than all",
       [](Waits& waits) { return waits.infer(kAny, at(200)); },
       {{{200, 200, 1}, {200, 200, 1}, {200, 200, 1}, {200, 200, 1}, {200, 200, 1}}}},
      {"answer",
       [](Waits& waits) { return waits.answer(kAny); },
       {{{0, 0, 0}, {100, 100, 0}, {0, 0, 1}, {100, 100, 0}, {30, 30, 1}}}},
      {"narrow",
       [](Waits& waits) { return waits.narrow(kThere); },
       {{{0, 0, 0}, {0, 100, 1}, {60, 60, 0}, {60, 100, 1}, {60, 60, 1}}}},
      {"an answer of another method",
       [](Waits& waits) { return waits.answer({7, "join", 0}); },
       {{{0, 0, 0}, {100, 100, 0}, {60, 60, 0}, {100, 100, 0}, {60, 60, 0}}}},
  }};
  return rows;
}

int seconds(std::optional<Instant> end) {
  return end ? static_cast<int>((*end - kNow) / std::chrono::seconds{1}) : 0;
}

TEST(Waits, EveryStateAndEvent) {
  for (const auto& row : wait_table()) {
    for (std::size_t i = 0; i < kKnown.size(); ++i) {
      Waits waits;
      if (kKnown[i].told != 0) waits.tell(kAny, at(kKnown[i].told));
      if (kKnown[i].inferred != 0) waits.infer(kAny, at(kKnown[i].inferred));
      const bool changed = row.happens(waits);
      const std::array<int, 3> got{seconds(waits.until(kAny, kNow)),
                                   seconds(waits.until(kThere, kNow)), changed ? 1 : 0};
      EXPECT_EQ(got, row.after[i]) << row.event << " after " << kKnown[i].name;
    }
  }
}

TEST(Waits, AWaitEndsByItself) {
  Waits waits;
  waits.tell(kAny, at(10));
  EXPECT_TRUE(waits.until(kAny, at(9)));
  EXPECT_FALSE(waits.until(kAny, at(10)));
  EXPECT_EQ(waits.end_of(kAny), at(10)) << "still to be stored";
  EXPECT_FALSE(waits.until(7, at(10)));
}

TEST(Waits, OfAnAccountTheLatestForAnyChatCounts) {
  Waits waits;
  EXPECT_FALSE(waits.until(7, kNow));
  waits.tell({7, "join", 0}, at(20));
  waits.tell(kAny, at(10));
  waits.tell(kThere, at(500));
  waits.tell({8, "join", 0}, at(900));
  EXPECT_EQ(waits.until(7, kNow), at(20)) << "elsewhere it may write";
  EXPECT_EQ(waits.until(kThere, kNow), at(500));
  EXPECT_FALSE(waits.until({7, "vote", -1001}, kNow));
}

TEST(Waits, WhatIsOverLeavesNothingToStore) {
  Waits waits;
  waits.infer(kAny, at(60));
  EXPECT_TRUE(waits.answer(kAny));
  EXPECT_FALSE(waits.end_of(kAny));
  waits.tell(kAny, at(60));
  EXPECT_TRUE(waits.narrow(kThere));
  EXPECT_FALSE(waits.end_of(kAny));
  EXPECT_EQ(waits.end_of(kThere), at(60));
}

}  // namespace
}  // namespace tgpanel::jobs
