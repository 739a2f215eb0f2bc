#pragma once
// A job: one action over several accounts. What is stored and what front ends show.

#include "base/ids.hpp"
#include "base/sentence.hpp"
#include "base/time.hpp"
#include "jobs/action_spec.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tgpanel::jobs {

enum class JobState : std::uint8_t {
  running,
  paused,  // by an admin: nothing new begins until one resumes it
  cancelled,
  done,
};

enum class ItemState : std::uint8_t {
  queued,   // not begun
  claimed,  // on disk as begun; nothing handed to Telegram yet
  handed,   // given to TDLib; the outcome is not on disk yet
  waiting,  // Telegram asked to wait until not_before
  done,
  failed,
  skipped,  // cancelled before it began
  unknown,  // a deed that is done at most once: nobody knows whether it was
};

struct Item {
  AccountId account_id = 0;
  std::string account_name;
  ItemState state = ItemState::queued;
  Sentence reason;       // for all that is not done; a note for done
  Instant not_before{};  // for waiting
  int attempts = 0;      // how often it was handed to Telegram, or aimed or looked for in vain
  std::string mark{};    // what a deed that is done at most once is looked for by
};

struct Job {
  JobId id = 0;
  JobState state = JobState::running;
  ActionSpec action;
  UserId started_by = 0;  // the admin
  Instant created{};
  Instant begun{};  // when it was started, or its failed items were tried again
  Instant finished{};
  int retries = 0;  // how often its failed items were tried again
  std::vector<Item> items;
};

/// True for done, failed, skipped and unknown: nothing more will happen.
[[nodiscard]] constexpr bool is_final(ItemState state) {
  return state == ItemState::done || state == ItemState::failed || state == ItemState::skipped ||
         state == ItemState::unknown;
}

/// The stable words of the states, used in tables, logs and JSON.
[[nodiscard]] const char* to_string(JobState state);
[[nodiscard]] const char* to_string(ItemState state);

}  // namespace tgpanel::jobs
