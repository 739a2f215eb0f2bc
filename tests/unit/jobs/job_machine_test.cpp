#include "jobs/job_machine.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace tgpanel::jobs {
namespace {

constexpr std::array kJobStates{JobState::running, JobState::paused, JobState::cancelled,
                                JobState::done};
constexpr std::array kEvents{JobEvent::pause, JobEvent::resume, JobEvent::cancel, JobEvent::retry,
                             JobEvent::over};

// A line for every standing, a column for every event; the letter of the state that follows, a dot:
// refused. Running, paused and done jobs without their end on disk, then those with it.
struct JobRow {
  JobState state;
  bool finished;
  bool failures;
  const char* after;  // pause, resume, cancel, retry, over
};

constexpr std::array kJobTable{
    JobRow{JobState::running, false, false, "p.c.d"},
    JobRow{JobState::running, false, true, "p.c.d"},
    JobRow{JobState::paused, false, false, ".rc.d"},
    JobRow{JobState::paused, false, true, ".rc.d"},
    JobRow{JobState::cancelled, false, false, "....c"},
    JobRow{JobState::cancelled, false, true, "....c"},
    JobRow{JobState::done, false, false, "....d"},
    JobRow{JobState::done, false, true, "....d"},
    JobRow{JobState::running, true, false, "....."},
    JobRow{JobState::running, true, true, "...r."},
    JobRow{JobState::paused, true, false, "....."},
    JobRow{JobState::paused, true, true, "...r."},
    JobRow{JobState::cancelled, true, false, "....."},
    JobRow{JobState::cancelled, true, true, "...r."},
    JobRow{JobState::done, true, false, "....."},
    JobRow{JobState::done, true, true, "...r."},
};

TEST(JobMachine, EveryStandingAndEvent) {
  std::set<std::string> seen;
  for (const auto& row : kJobTable) {
    const JobStanding job{.state = row.state, .finished = row.finished, .failures = row.failures};
    std::string got;
    for (const auto event : kEvents) {
      const auto next = step(job, event);
      got += next ? to_string(*next)[0] : '.';
      if (next) continue;
      EXPECT_EQ(next.error().code, Errc::invalid);
      EXPECT_FALSE(next.error().message.empty()) << "a refusal says why";
    }
    const auto name = std::string(to_string(row.state)) + (row.finished ? ", finished" : "") +
                      (row.failures ? ", with failures" : "");
    EXPECT_EQ(got, row.after) << name;
    seen.insert(name);
  }
  EXPECT_EQ(seen.size(), kJobStates.size() * 4) << "the table has every standing";
}

TEST(JobMachine, AStandingIsReadFromTheJob) {
  Job job;
  job.items.resize(2);
  EXPECT_FALSE(standing_of(job).failures);
  EXPECT_FALSE(standing_of(job).finished);
  job.items[1].state = ItemState::unknown;
  EXPECT_FALSE(standing_of(job).failures) << "what nobody knows has not failed";
  job.items[1].state = ItemState::failed;
  EXPECT_TRUE(standing_of(job).failures);
  job.finished = from_unix_ms(1);
  EXPECT_TRUE(standing_of(job).finished);
}

}  // namespace
}  // namespace tgpanel::jobs
