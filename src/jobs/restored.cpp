#include "jobs/restored.hpp"

#include "jobs/item_machine.hpp"
#include "jobs/job_machine.hpp"
#include "jobs/rows.hpp"
#include "storage/job_repository.hpp"

#include <utility>

namespace tgpanel::jobs {

namespace {

storage::JobChange settle(const storage::JobRow& row, Job& job, Instant now, RestoredJobs& told) {
  storage::JobChange change{.id = row.id, .state = {}, .finished_ms = {}, .items = {}};
  const ItemContext context{.now = now,
                            .cancelled = job.state == JobState::cancelled,
                            .paused = true,
                            .once = at_most_once(kind_of(job.action))};
  for (std::size_t i = 0; i < job.items.size(); ++i) {
    auto next = step(job.items[i], Restored{}, context);
    if (!next.changed) continue;
    change.items.push_back(to_row(row.id, i, next.item, row.items[i].epoch));
    if (next.item.state == ItemState::unknown) {
      ++told.unknown;
      change.audit.push_back(audit_row(job, next.item, now));
    } else {
      ++told.looked_up;
    }
  }
  if (const auto paused = step(standing_of(job), JobEvent::pause)) {
    set_state(change, *paused);
    ++told.paused;
  }
  return change;
}

}  // namespace

Awaitable<Result<RestoredJobs>> settle_restored(storage::JobRepository* repository, Instant now) {
  const auto rows = co_await repository->load(0);
  if (!rows) co_return std::unexpected(rows.error());
  RestoredJobs told;
  for (const auto& row : *rows) {
    auto job = from_row(row);
    if (!job) co_return std::unexpected(job.error());
    auto change = settle(row, *job, now, told);
    const auto saved = co_await repository->save(std::move(change));
    if (!saved) co_return std::unexpected(saved.error());
  }
  co_return told;
}

}  // namespace tgpanel::jobs
