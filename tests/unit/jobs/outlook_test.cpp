#include "jobs/outlook.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tgpanel::jobs {
namespace {

constexpr Pace kPace{.panel_gap = Millis{1'000}};

TEST(Outlook, AJobTakesItsGaps) {
  EXPECT_EQ(expected_time(kPace, 0, {}, Millis{0}), Millis{0});
  EXPECT_EQ(expected_time(kPace, 1, {}, Millis{0}), Millis{0});
  EXPECT_EQ(expected_time(kPace, 10, {}, Millis{0}), Millis{9'000});
  EXPECT_EQ(expected_time(kPace, 150, {}, Millis{0}), Millis{149'000});
}

TEST(Outlook, OtherJobsTakeTurns) {
  const std::vector<std::size_t> others{3, 100};
  EXPECT_EQ(expected_time(kPace, 10, others, Millis{0}), Millis{9'000 + 3'000 + 10'000});
}

TEST(Outlook, TheLongestWaitCounts) {
  EXPECT_EQ(expected_time(kPace, 10, {}, Millis{300'000}), Millis{300'000});
  EXPECT_EQ(expected_time(kPace, 10, {}, Millis{5'000}), Millis{9'000});
}

TEST(Outlook, CountsWhatIsOpenAndFindsTheLastWait) {
  Job job;
  for (const auto state :
       {ItemState::queued, ItemState::claimed, ItemState::handed, ItemState::waiting,
        ItemState::done, ItemState::failed, ItemState::skipped, ItemState::unknown}) {
    Item item;
    item.state = state;
    // Only what waits has an end that counts.
    item.not_before = from_unix_ms(state == ItemState::waiting ? 5'000 : 9'000);
    job.items.push_back(item);
  }
  EXPECT_EQ(open_items(job), 4U);
  EXPECT_EQ(latest_wait(job), from_unix_ms(5'000));
}

}  // namespace
}  // namespace tgpanel::jobs
