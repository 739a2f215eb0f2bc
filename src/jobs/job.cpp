#include "jobs/job.hpp"

namespace tgpanel::jobs {

const char* to_string(JobState state) {
  switch (state) {
    case JobState::running:
      return "running";
    case JobState::paused:
      return "paused";
    case JobState::cancelled:
      return "cancelled";
    case JobState::done:
      return "done";
  }
  return "unknown";
}

const char* to_string(ItemState state) {
  switch (state) {
    case ItemState::queued:
      return "queued";
    case ItemState::claimed:
      return "claimed";
    case ItemState::handed:
      return "handed";
    case ItemState::waiting:
      return "waiting";
    case ItemState::done:
      return "done";
    case ItemState::failed:
      return "failed";
    case ItemState::skipped:
      return "skipped";
    case ItemState::unknown:
      return "unknown";
  }
  return "unknown";
}

}  // namespace tgpanel::jobs
