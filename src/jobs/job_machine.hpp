#pragma once
// The life of a job as a pure function. The shell (Runner) writes what comes of it to disk before
// anybody sees it.

#include "base/result.hpp"
#include "jobs/job.hpp"

#include <cstdint>

namespace tgpanel::jobs {

enum class JobEvent : std::uint8_t {
  pause,   // nothing new begins; what is under way ends
  resume,  // goes on after a pause
  cancel,  // what has not begun never will
  retry,   // what failed is tried again; never what is done, skipped or unknown
  over,    // every item has come to its end
};

/// What the rules look at.
struct JobStanding {
  JobState state = JobState::running;
  bool finished = false;  // its end is on disk
  bool failures = false;  // at least one item failed
};

[[nodiscard]] JobStanding standing_of(const Job& job);

/// The state that the event leads to. invalid: it makes no sense now; a sentence for people.
[[nodiscard]] Result<JobState> step(const JobStanding& job, JobEvent event);

}  // namespace tgpanel::jobs
