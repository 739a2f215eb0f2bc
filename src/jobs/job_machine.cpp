#include "jobs/job_machine.hpp"

#include <algorithm>

namespace tgpanel::jobs {

namespace {

std::unexpected<Error> refuse(const char* sentence) {
  return fail(Errc::invalid, sentence);
}

Result<JobState> after_its_end(const JobStanding& job, JobEvent event) {
  if (event != JobEvent::retry) return refuse("This job is over already.");
  if (!job.failures) return refuse("Nothing of this job has failed.");
  return JobState::running;
}

}  // namespace

JobStanding standing_of(const Job& job) {
  return {.state = job.state,
          .finished = job.finished != Instant{},
          .failures = std::ranges::any_of(
              job.items, [](const Item& item) { return item.state == ItemState::failed; })};
}

Result<JobState> step(const JobStanding& job, JobEvent event) {
  if (job.finished) return after_its_end(job, event);
  if (event == JobEvent::over) {
    return job.state == JobState::cancelled ? JobState::cancelled : JobState::done;
  }
  if (event == JobEvent::retry) {
    return refuse("This job is not over yet: what failed can be tried again then.");
  }
  switch (job.state) {
    case JobState::running:
      if (event == JobEvent::resume) return refuse("This job is running already.");
      return event == JobEvent::pause ? JobState::paused : JobState::cancelled;
    case JobState::paused:
      if (event == JobEvent::pause) return refuse("This job is paused already.");
      return event == JobEvent::resume ? JobState::running : JobState::cancelled;
    case JobState::cancelled:
      return refuse("This job is being cancelled already.");
    case JobState::done:
      break;
  }
  return refuse("This job is over already.");
}

}  // namespace tgpanel::jobs
