#pragma once
// How long a job still takes, from the pace and the waits.

#include "base/time.hpp"
#include "jobs/job.hpp"
#include "jobs/pace.hpp"

#include <cstddef>
#include <span>

namespace tgpanel::jobs {

/// Items of the job that have not come to their end.
[[nodiscard]] std::size_t open_items(const Job& job);

/// The latest end of the job's waits; the epoch: none of its items waits.
[[nodiscard]] Instant latest_wait(const Job& job);

/// Time until `items` have been handed over, beside jobs that have `others` open items each: they
/// take turns under one pace. `longest_wait`: until the last of the items may act; 0: none waits.
[[nodiscard]] Millis expected_time(const Pace& pace, std::size_t items,
                                   std::span<const std::size_t> others, Millis longest_wait);

}  // namespace tgpanel::jobs
