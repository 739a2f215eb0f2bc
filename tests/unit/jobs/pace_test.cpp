#include "jobs/pace.hpp"

#include "jobs/pace_keeper.hpp"
#include "now.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace tgpanel::jobs {
namespace {

TEST(Pace, SpreadsAGapByItsShare) {
  EXPECT_EQ(spread(Millis{1'000}, 0.3, 0.0), Millis{700});
  EXPECT_EQ(spread(Millis{1'000}, 0.3, 0.5), Millis{1'000});
  EXPECT_EQ(spread(Millis{1'000}, 0.0, 0.9), Millis{1'000});
  EXPECT_LT(spread(Millis{1'000}, 0.3, 0.999), Millis{1'300});
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

TEST(PaceKeeper, AChangedPaceHoldsForTheGapsThatRun) {
  PaceKeeper keeper({.panel_gap = Millis{60'000}, .account_gap = Millis{90'000}, .jitter = 0},
                    [] { return 0.5; });
  keeper.handed(1, kNow);
  keeper.set_pace({.panel_gap = Millis{1'000}, .account_gap = Millis{3'000}, .jitter = 0});
  EXPECT_EQ(keeper.panel_next(), kNow + Millis{1'000});
  EXPECT_EQ(keeper.account_next(1), kNow + Millis{3'000});
  keeper.set_pace({.panel_gap = Millis{5'000}, .account_gap = Millis{7'000}, .jitter = 0});
  EXPECT_EQ(keeper.panel_next(), kNow + Millis{5'000});
  EXPECT_EQ(keeper.account_next(1), kNow + Millis{7'000});
}

TEST(Pace, RefusesWhatIsNoPause) {
  EXPECT_TRUE(check_pace({.panel_gap = Millis{0}, .account_gap = kLongestGap, .jitter = 1}));
  EXPECT_FALSE(check_pace({.panel_gap = Millis{-1}}));
  EXPECT_FALSE(check_pace({.account_gap = kLongestGap + Millis{1}}));
  EXPECT_FALSE(check_pace({.jitter = 1.1}));
  EXPECT_FALSE(check_pace({.jitter = std::numeric_limits<double>::quiet_NaN()}));
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
