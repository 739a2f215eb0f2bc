// Pause, resume, cancel and retry: what an admin does with a job as a whole.

#include "jobs/rows.hpp"
#include "jobs/runner_impl.hpp"
#include "words/errors_common.hpp"
#include "words/errors_jobs.hpp"

#include <exception>
#include <utility>

namespace tgpanel::jobs {

void Runner::Impl::follow_state(Entry& entry) {
  entry.cancelling = entry.job.state == JobState::cancelled;
  entry.pausing = entry.job.state == JobState::paused;
}

std::map<std::size_t, Item> Runner::Impl::changed_by(JobId id, const Entry& entry,
                                                     const ItemEvent& event) const {
  std::map<std::size_t, Item> changed;
  for (std::size_t i = 0; i < entry.job.items.size(); ++i) {
    const auto busy = busy_.find(entry.job.items[i].account_id);
    if (busy != busy_.end() && busy->second == Place{id, i}) continue;  // it sees it by itself
    auto next = step(entry.job.items[i], event, context(entry));
    if (next.changed) changed.emplace(i, std::move(next.item));
  }
  return changed;
}

Awaitable<Result<void>> Runner::Impl::control(Self self, JobId id, JobEvent event, int round) {
  if (self->stopping_) co_return fail(Errc::cancelled, words::panel_stopping);
  const auto found = self->jobs_.find(id);
  if (found == self->jobs_.end()) co_return fail(Errc::not_found, words::no_such_job);
  Entry& entry = found->second;
  if (entry.changing) co_return fail(Errc::busy, words::job_in_change);
  const bool ending = entry.finishing && entry.job.finished == Instant{};
  if (ending) co_return fail(Errc::invalid, words::job_over_already);
  const bool retry = event == JobEvent::retry;
  if (retry && entry.job.retries != round) {
    co_return fail(Errc::invalid, words::job_retried_already);
  }
  const auto next = step(standing_of(entry.job), event);
  if (!next) co_return std::unexpected(next.error());

  // From here on schedule() begins nothing of a job that is to be paused or cancelled, and what is
  // under way sees it at its next step. A job that goes on does so once that is on disk, and no
  // item is skipped before the cancel is: it may fail, and the job then goes on with all of them.
  entry.changing = true;
  const bool cancel = *next == JobState::cancelled;
  entry.pausing = entry.pausing || cancel || *next == JobState::paused;
  storage::JobChange change{.id = id, .state = {}, .finished_ms = {}, .items = {}};
  set_state(change, *next);
  const Instant now = self->parts_.clock.now();
  if (retry) {
    change.finished_ms = 0;
    change.begun_ms = to_unix_ms(now);
  }
  std::map<std::size_t, Item> items;
  if (retry) items = self->changed_by(id, entry, Retry{});
  if (cancel) items = self->changed_by(id, entry, Cancel{});
  for (const auto& [position, item] : items) {
    change.items.push_back(to_row(id, position, item, self->epoch_));
  }
  const auto saved = co_await self->parts_.repository.save(std::move(change));
  if (self->let_go_) co_return saved;
  entry.changing = false;
  if (!saved) {
    follow_state(entry);
    self->schedule();
    // Its last item may have ended meanwhile and left the end to us. Not awaited: that the disk
    // fails is told at once.
    asio::co_spawn(self->parts_.executor, finish_if_over(self, id),
                   [](const std::exception_ptr& bug) {
                     if (bug) std::rethrow_exception(bug);
                   });
    co_return std::unexpected(saved.error());
  }
  entry.job.state = *next;
  follow_state(entry);
  for (auto& [position, item] : items) entry.job.items[position] = std::move(item);
  if (retry) {
    entry.job.finished = {};
    entry.job.begun = now;
    ++entry.job.retries;
    entry.finishing = false;
  }
  self->notify(entry.job);
  self->schedule();
  co_await finish_if_over(self, id);
  co_return Result<void>{};
}

}  // namespace tgpanel::jobs
