#include "jobs/job_machine.hpp"

#include "words/job_control.hpp"
#include "words/jobs.hpp"

#include <algorithm>

namespace tgpanel::jobs {

namespace {

std::unexpected<Error> refuse(const Phrase& why) {
  return fail(Errc::invalid, Sentence(why));
}

Result<JobState> after_its_end(const JobStanding& job, JobEvent event) {
  if (event != JobEvent::retry) return refuse(words::job_over);
  if (!job.failures) return refuse(words::nothing_failed);
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
    return refuse(words::job_not_over);
  }
  switch (job.state) {
    case JobState::running:
      if (event == JobEvent::resume) return refuse(words::job_runs_already);
      return event == JobEvent::pause ? JobState::paused : JobState::cancelled;
    case JobState::paused:
      if (event == JobEvent::pause) return refuse(words::job_paused_already);
      return event == JobEvent::resume ? JobState::running : JobState::cancelled;
    case JobState::cancelled:
      return refuse(words::job_stops_already);
    case JobState::done:
      break;
  }
  return refuse(words::job_over);
}

}  // namespace tgpanel::jobs
