// One item's way through Runner: the shell around the item machine.

#include "base/crash_point.hpp"
#include "jobs/rows.hpp"
#include "jobs/runner_impl.hpp"

#include <boost/asio/as_tuple.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace tgpanel::jobs {

namespace {

// A 429 whose text names no time: TDLib's own longest sleep.
constexpr std::int64_t kUnknownWait = 60;
// A disk that stays full is told again after so many attempts.
constexpr int kSaidAgain = 60;

/// An account has done something, or has tried in vain.
bool is_act(const Item& item) {
  return is_final(item.state) && item.state != ItemState::skipped;
}

}  // namespace

std::vector<storage::NoticeRow> Runner::Impl::notices_of(const Item& item) const {
  std::vector<storage::NoticeRow> notices;
  notices.reserve(parts_.admins.size());
  for (const UserId admin : parts_.admins) {
    notices.push_back({.id = 0,
                       .admin = admin,
                       .account = item.account_id,
                       .account_name = item.account_name,
                       .what = storage::kUnwantedNotice,
                       .reason = {},
                       .at = parts_.clock.now()});
  }
  return notices;
}

ItemEvent Runner::Impl::event_of(const Error& error) const {
  switch (error.code) {
    case Errc::flood_wait: {
      const auto seconds = error.retry_after_s > 0 ? error.retry_after_s : kUnknownWait;
      return Hold{parts_.clock.now() + std::chrono::seconds{seconds}, parts_.deeds.explain(error)};
    }
    case Errc::timeout:
    case Errc::cancelled:
      return Lost{};
    default:
      return Refused{parts_.deeds.explain(error)};
  }
}

Awaitable<> Runner::Impl::settle(Self self, Place place, ItemEvent event) {
  co_await apply(self, place, std::move(event));
  co_await leave(self, place);
}

Awaitable<> Runner::Impl::perform(Self self, Place place) {
  Claim claim;
  co_await apply(self, place, claim);
  if (self->let_go_) co_return;
  if (self->stopping_) {
    co_await leave(self, place);
    co_return;
  }
  crash_point("job.claimed");
  const Entry& entry = self->jobs_.at(place.job);
  if (entry.pausing || entry.cancelling) {  // asked for while the claim was written
    PutBack back;
    co_await apply(self, place, back);
    co_await leave(self, place);
    co_return;
  }
  const Job& job = entry.job;
  const AccountId account = job.items[place.position].account_id;
  const auto client = self->client(account);
  if (!client) {  // it changed while the claim was written
    Unusable unusable{sentence_of(client.error())};
    ItemEvent event = client.error().code == Errc::busy ? ItemEvent{PutBack{}} : unusable;
    co_await apply(self, place, std::move(event));
    co_await leave(self, place);
    co_return;
  }
  if (at_most_once(kind_of(job.action))) {
    auto hands = *client;
    co_await send_once(self, place, std::move(hands));
    co_await leave(self, place);
    co_return;
  }
  Hand hand;
  const auto act = co_await apply(self, place, hand);
  if (self->let_go_) co_return;
  if (act == ItemAct::perform) {
    crash_point("job.handed");
    auto spec = job.action;
    auto hands = *client;
    const auto outcome = co_await self->parts_.deeds.perform(std::move(hands), std::move(spec));
    if (self->let_go_) co_return;
    crash_point("job.performed");
    ItemEvent event =
        outcome ? ItemEvent{Succeeded{outcome->note}} : self->event_of(outcome.error());
    co_await apply(self, place, std::move(event));
    if (self->let_go_) co_return;
    crash_point("job.recorded");
  }
  co_await leave(self, place);
}

Awaitable<> Runner::Impl::verify(Self self, Place place) {
  const Entry& entry = self->jobs_.at(place.job);
  const AccountId account = entry.job.items[place.position].account_id;
  if (const auto client = self->client(account); client && self->context(entry).once) {
    auto hands = *client;
    co_await look_for(self, place, std::move(hands), {});
  } else if (client) {
    auto spec = entry.job.action;
    auto hands = *client;
    const auto found = co_await self->parts_.deeds.is_done(std::move(hands), std::move(spec));
    if (self->let_go_) co_return;
    ItemEvent event = found ? ItemEvent{Verified{*found}} : self->event_of(found.error());
    // A cancelled item that cannot be asked about now is not put off, and not called undone either.
    if (entry.cancelling && std::holds_alternative<Hold>(event)) event = Lost{};
    co_await apply(self, place, std::move(event));
  }
  co_await leave(self, place);
}

Awaitable<ItemAct> Runner::Impl::apply_with(Self self, Place place, ItemEvent event,
                                            Beside beside) {
  Entry& entry = self->jobs_.at(place.job);
  Item& item = entry.job.items[place.position];
  auto next = step(item, event, self->context(entry));
  if (next.act != ItemAct::perform && beside.reserved) {  // it is not handed over after all
    self->contacts_.release(place.job, place.position);
    beside.reserved.reset();
  }
  if (!next.changed) co_return next.act;

  storage::JobChange change{.id = place.job, .state = {}, .finished_ms = {}, .items = {}};
  change.items.push_back(to_row(place.job, place.position, next.item, self->epoch_));
  change.reserved = beside.reserved;
  change.stopped = beside.stopped;
  if (beside.stopped) change.notices = self->notices_of(item);
  if (beside.released) change.released = static_cast<std::int64_t>(place.position);
  if (is_act(next.item))
    change.audit.push_back(audit_row(entry.job, next.item, self->parts_.clock.now()));
  if (!co_await write(self, std::move(change))) co_return ItemAct::none;
  if (beside.released) self->contacts_.release(place.job, place.position);
  item = std::move(next.item);
  entry.unverified.erase(place.position);
  self->notify(entry.job);
  co_return next.act;
}

Awaitable<bool> Runner::Impl::write(Self self, storage::JobChange change) {
  constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
  Timer retry(self->parts_.executor);
  for (int failures = 0; !self->let_go_; ++failures) {
    auto copy = change;
    const auto saved = co_await self->parts_.repository.save(std::move(copy));
    if (saved) co_return !self->let_go_;
    if (failures % kSaidAgain == 0) {
      spdlog::warn("job {} stands still until its step is on disk: {}", change.id,
                   saved.error().message);
    }
    retry.expires_after(self->parts_.storage_retry);
    co_await retry.async_wait(kToken);
  }
  co_return false;
}

Awaitable<> Runner::Impl::leave(Self self, Place place) {
  if (self->let_go_) co_return;
  const auto found = self->jobs_.find(place.job);
  const AccountId account = found->second.job.items[place.position].account_id;
  if (found->second.cancelling) {
    Cancel cancel;
    co_await apply(self, place, cancel);
    if (self->let_go_) co_return;
  }
  co_await finish_if_over(self, place.job);
  if (self->let_go_) co_return;
  self->busy_.erase(account);
  self->pace_.ended(account, self->parts_.clock.now());
  if (self->busy_.empty()) self->drained_.cancel();
  self->schedule();
}

Awaitable<> Runner::Impl::finish_if_over(Self self, JobId id) {
  const auto found = self->jobs_.find(id);
  if (found == self->jobs_.end() || self->let_go_) co_return;
  Entry& entry = found->second;
  const bool over =
      std::ranges::all_of(entry.job.items, [](const Item& item) { return is_final(item.state); });
  // While an admin's change is being written the end is left to it.
  if (!over || entry.changing || entry.finishing || entry.job.finished != Instant{}) co_return;
  const auto state = step(standing_of(entry.job), JobEvent::over);
  if (!state) co_return;

  entry.finishing = true;
  const Instant now = self->parts_.clock.now();
  storage::JobChange change{.id = id, .state = {}, .finished_ms = to_unix_ms(now), .items = {}};
  set_state(change, *state);
  if (!co_await write(self, std::move(change))) co_return;
  entry.job.state = *state;
  follow_state(entry);
  entry.job.finished = now;
  self->notify(entry.job);
  self->forget_oldest();
}

}  // namespace tgpanel::jobs
