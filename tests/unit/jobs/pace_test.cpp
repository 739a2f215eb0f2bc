#include "jobs/pace.hpp"

#include "jobs/pace_keeper.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

constexpr Instant kNow = from_unix_ms(1'000'000);

TEST(Pace, SpreadsAGapByItsShare) {
  EXPECT_EQ(spread(Millis{1'000}, 0.3, 0.0), Millis{700});
  EXPECT_EQ(spread(Millis{1'000}, 0.3, 0.5), Millis{1'000});
  EXPECT_EQ(spread(Millis{1'000}, 0.0, 0.9), Millis{1'000});
  EXPECT_LT(spread(Millis{1'000}, 0.3, 0.999), Millis{1'300});
}

TEST(Pace, AJobTakesItsGaps) {
  const Pace pace{.panel_gap = Millis{1'000}};
  EXPECT_EQ(expected_duration(pace, 0), Millis{0});
  EXPECT_EQ(expected_duration(pace, 1), Millis{0});
  EXPECT_EQ(expected_duration(pace, 10), Millis{9'000});
}

TEST(PaceKeeper, KeepsThePanelsGapAndEachAccounts) {
  PaceKeeper keeper({.panel_gap = Millis{1'000}, .account_gap = Millis{3'000}, .jitter = 0},
                    [] { return 0.5; });
  EXPECT_LE(keeper.panel_next(), kNow);
  keeper.handed(1, kNow);
  EXPECT_EQ(keeper.panel_next(), kNow + Millis{1'000});
  EXPECT_EQ(keeper.account_next(1), kNow + Millis{3'000});
  EXPECT_LE(keeper.account_next(2), kNow);
  keeper.ended(1, kNow + Millis{500});
  EXPECT_EQ(keeper.account_next(1), kNow + Millis{3'500});
}

TEST(PaceKeeper, AClockSetBackDoesNotStopIt) {
  PaceKeeper keeper({.panel_gap = Millis{1'000}, .account_gap = Millis{3'000}, .jitter = 0},
                    [] { return 0.5; });
  keeper.handed(1, kNow);
  const Instant earlier = kNow - std::chrono::hours{1};
  keeper.clamp(earlier);
  EXPECT_LE(keeper.panel_next(), earlier + Millis{2'000});
  EXPECT_LE(keeper.account_next(1), earlier + Millis{6'000});
}

}  // namespace
}  // namespace tgpanel::jobs
