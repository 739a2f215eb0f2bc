#include "jobs/job_machine.hpp"

#include "words/errors_jobs.hpp"

#include <algorithm>

namespace tgpanel::jobs {

namespace {

std::unexpected<Error> refuse(const Phrase& why) {
  return fail(Errc::invalid, why);
}

Result<JobState> after_its_end(const JobStanding& job, JobEvent event) {
  if (event != JobEvent::retry) return refuse(words::job_over_already);
  if (!job.failures) return refuse(words::job_nothing_failed);
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
    return refuse(words::job_not_over_yet);
  }
  switch (job.state) {
    case JobState::running:
      if (event == JobEvent::resume) return refuse(words::job_running_already);
      return event == JobEvent::pause ? JobState::paused : JobState::cancelled;
    case JobState::paused:
      if (event == JobEvent::pause) return refuse(words::job_paused_before);
      return event == JobEvent::resume ? JobState::running : JobState::cancelled;
    case JobState::cancelled:
      return refuse(words::job_cancelling_already);
    default:  // done
      return refuse(words::job_over_already);
  }
}

}  // namespace tgpanel::jobs
