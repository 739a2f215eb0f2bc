#include "jobs/rows.hpp"

#include "jobs/spec_rows.hpp"
#include "words/catalogue.hpp"

#include <fmt/core.h>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace tgpanel::jobs {

namespace {

template <class State, std::size_t N>
std::optional<State> state_of(std::string_view word, const std::array<State, N>& all) {
  for (const State state : all) {
    if (word == to_string(state)) return state;
  }
  return std::nullopt;
}

constexpr std::array kJobStates{JobState::running, JobState::cancelled, JobState::done};
constexpr std::array kItemStates{ItemState::queued,  ItemState::claimed, ItemState::handed,
                                 ItemState::waiting, ItemState::done,    ItemState::failed,
                                 ItemState::skipped, ItemState::unknown};

std::unexpected<Error> unknown(JobId job, std::string_view what, std::string_view word) {
  return fail(Errc::storage,
              fmt::format("job {} in the database has the {} “{}”, which this version "
                          "does not know",
                          job, what, word));
}

}  // namespace

storage::JobItemRow to_row(JobId job, std::size_t position, const Item& item, std::int64_t epoch) {
  return {.job_id = job,
          .position = static_cast<std::int64_t>(position),
          .account_id = item.account_id,
          .account_name = item.account_name,
          .state = to_string(item.state),
          .reason = words::encode(item.reason),
          .not_before_ms = to_unix_ms(item.not_before),
          .attempts = item.attempts,
          .epoch = epoch,
          .mark = item.mark};
}

namespace {

/// The column has no word for a pause, which is a flag.
const char* column_of(JobState state) {
  return to_string(state == JobState::paused ? JobState::running : state);
}

}  // namespace

void set_state(storage::JobChange& change, JobState state) {
  change.state = column_of(state);
  change.paused = state == JobState::paused;
}

storage::AuditRow audit_row(const Job& job, const Item& item, Instant now) {
  return {.at_ms = to_unix_ms(now),
          .admin_id = job.started_by,
          .job_id = job.id,
          .account_id = item.account_id,
          .account_name = item.account_name,
          .action = to_string(kind_of(job.action)),
          .target = target_of(job.action),
          .outcome = to_string(item.state),
          .reason = item.reason.english()};
}

storage::JobRow to_row(const Job& job, std::int64_t epoch) {
  storage::JobRow row{.id = job.id,
                      .state = column_of(job.state),
                      .kind = to_string(kind_of(job.action)),
                      .spec = spec_text(job.action),
                      .started_by = job.started_by,
                      .created_ms = to_unix_ms(job.created),
                      .finished_ms = to_unix_ms(job.finished),
                      .paused = job.state == JobState::paused,
                      .retries = job.retries,
                      .begun_ms = to_unix_ms(job.begun),
                      .items = {}};
  for (std::size_t i = 0; i < job.items.size(); ++i) {
    row.items.push_back(to_row(job.id, i, job.items[i], epoch));
  }
  return row;
}

Result<Job> from_row(const storage::JobRow& row) {
  const auto state = state_of(row.state, kJobStates);
  if (!state) return unknown(row.id, "state", row.state);
  auto action = read_spec(row.kind, row.spec);
  if (!action) return unknown(row.id, "action", row.kind + " " + row.spec);

  Job job{.id = row.id,
          .state = row.paused && *state == JobState::running ? JobState::paused : *state,
          .action = std::move(*action),
          .started_by = row.started_by,
          .created = from_unix_ms(row.created_ms),
          .begun = from_unix_ms(row.begun_ms),
          .finished = from_unix_ms(row.finished_ms),
          .retries = static_cast<int>(row.retries),
          .items = {}};
  for (const auto& item : row.items) {
    const auto item_state = state_of(item.state, kItemStates);
    if (!item_state) return unknown(row.id, "item state", item.state);
    job.items.push_back({.account_id = item.account_id,
                         .account_name = item.account_name,
                         .state = *item_state,
                         .reason = words::decode(item.reason),
                         .not_before = from_unix_ms(item.not_before_ms),
                         .attempts = static_cast<int>(item.attempts),
                         .mark = item.mark});
  }
  return job;
}

}  // namespace tgpanel::jobs
