#include "jobs/runner_impl.hpp"

#include "jobs/limiter.hpp"
#include "jobs/outlook.hpp"
#include "jobs/rows.hpp"
#include "words/errors_common.hpp"
#include "words/errors_jobs.hpp"
#include "words/errors_panel.hpp"

#include <boost/asio/as_tuple.hpp>

#include <algorithm>
#include <exception>

namespace tgpanel::jobs {

namespace {

// The wall clock may be set: no alarm sleeps longer than this.
constexpr Millis kLongestSleep{30'000};
// Accounts that connect usually announce themselves through wake(); this is for when they do not.
constexpr Millis kConnectingLook{5'000};

Result<void> check(const NewJob& wish) {
  if (wish.accounts.empty()) return fail(Errc::invalid, words::choose_an_account);
  std::set<AccountId> seen;
  for (const auto& account : wish.accounts) {
    if (!seen.insert(account.id).second) {
      return fail(Errc::invalid, Sentence(words::account_chosen_twice, account.name));
    }
  }
  return {};
}

}  // namespace

Runner::Impl::Impl(RunnerParts parts)
    : parts_(std::move(parts)),
      pace_(parts_.pace, parts_.random),
      contacts_(parts_.repository.database(), parts_.clock, parts_.contact_limits),
      alarm_(parts_.executor),
      drained_(parts_.executor, Timer::time_point::max()) {}

ItemContext Runner::Impl::context(const Entry& entry) const {
  return {.now = parts_.clock.now(),
          .cancelled = entry.cancelling,
          .paused = entry.pausing,
          .once = at_most_once(kind_of(entry.job.action))};
}

Awaitable<Result<void>> Runner::Impl::resume(Self self) {
  const auto epoch = co_await self->parts_.repository.begin_epoch();
  if (!epoch) co_return std::unexpected(epoch.error());
  self->epoch_ = *epoch;
  if (auto read = co_await self->contacts_.load(); !read) co_return read;
  const auto rows = co_await self->parts_.repository.load(kJobsKept);
  if (!rows) co_return std::unexpected(rows.error());

  for (const auto& row : *rows) {
    auto loaded = from_row(row);
    if (!loaded) co_return std::unexpected(loaded.error());
    Entry entry;
    entry.job = std::move(*loaded);
    follow_state(entry);
    storage::JobChange change{.id = row.id, .state = {}, .finished_ms = {}, .items = {}};
    for (std::size_t i = 0; i < entry.job.items.size(); ++i) {
      auto next = step(entry.job.items[i], Restarted{}, self->context(entry));
      if (next.act == ItemAct::verify) entry.unverified.insert(i);
      if (!next.changed) continue;
      change.items.push_back(to_row(row.id, i, next.item, self->epoch_));
      entry.job.items[i] = std::move(next.item);
    }
    if (!change.items.empty()) {
      const auto saved = co_await self->parts_.repository.save(std::move(change));
      if (!saved) co_return std::unexpected(saved.error());
    }
    self->jobs_.insert_or_assign(row.id, std::move(entry));
    co_await finish_if_over(self, row.id);
  }
  self->resumed_ = true;
  self->schedule();
  co_return Result<void>{};
}

Awaitable<> Runner::Impl::stop(Self self, Millis patience) {
  self->stopping_ = true;
  self->alarm_.cancel();
  if (!self->busy_.empty()) {
    constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
    self->drained_.expires_after(patience);
    co_await self->drained_.async_wait(kToken);
  }
  self->let_go();
}

void Runner::Impl::let_go() {
  stopping_ = true;
  let_go_ = true;
  alarm_.cancel();
  drained_.cancel();
  // Whoever waits for an outcome keeps the tracker alive, and the tracker whoever waits.
  for (const auto& [account, tracker] : std::exchange(trackers_, {})) tracker->end();
}

Awaitable<Result<JobId>> Runner::Impl::start(Self self, NewJob wish) {
  if (self->stopping_) co_return fail(Errc::cancelled, words::panel_stopping);
  if (auto good = check(wish); !good) co_return std::unexpected(good.error());
  Job job;
  job.action = std::move(wish.action);
  job.started_by = wish.started_by;
  job.created = self->parts_.clock.now();
  job.begun = job.created;
  for (auto& account : wish.accounts) {
    Item& item = job.items.emplace_back();
    item.account_id = account.id;
    item.account_name = std::move(account.name);
  }
  auto row = to_row(job, self->epoch_);
  const auto id = co_await self->parts_.repository.create(std::move(row));
  if (!id) co_return std::unexpected(id.error());
  if (self->let_go_) co_return *id;
  job.id = *id;
  Entry& entry = self->jobs_[*id];
  entry.job = std::move(job);
  self->notify(entry.job);
  self->schedule();
  co_return *id;
}

Result<Job> Runner::Impl::job(JobId id) const {
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) return fail(Errc::not_found, words::no_such_job);
  return found->second.job;
}

std::vector<Job> Runner::Impl::recent(std::size_t limit) const {
  std::vector<Job> jobs;
  for (auto it = jobs_.rbegin(); it != jobs_.rend() && jobs.size() < limit; ++it) {
    jobs.push_back(it->second.job);
  }
  return jobs;
}

Result<void> Runner::Impl::set_pace(const Pace& pace) {
  if (auto good = check_pace(pace); !good) return good;
  pace_.set_pace(pace);
  schedule();
  return {};
}

Result<std::shared_ptr<telegram::Client>> Runner::Impl::client(AccountId account) const {
  auto status = parts_.accounts.status(account);
  if (status.readiness == Readiness::connecting ||
      (status.readiness == Readiness::ready && !status.client)) {
    return fail(Errc::busy, Sentence(words::account_still_connecting, status.name));
  }
  if (status.readiness == Readiness::unusable) {
    return fail(Errc::login_needed, status.reason);
  }
  return parts_.limiter.wrap(account, std::move(status.client));
}

Awaitable<Result<std::shared_ptr<telegram::Client>>> Runner::Impl::client_soon(Self self,
                                                                               AccountId account) {
  co_await self->parts_.accounts.reopened(account);
  co_return self->client(account);
}

std::shared_ptr<void> Runner::Impl::watch(Observer observer) {
  const auto id = next_observer_++;
  auto kept = std::make_shared<Observer>(std::move(observer));
  observers_->emplace(id, kept);
  return {kept.get(), [id, kept, all = std::weak_ptr(observers_)](void*) {
            if (const auto observers = all.lock()) observers->erase(id);
          }};
}

void Runner::Impl::feed(AccountId account, const Json& update) {
  parts_.limiter.feed(account, update);
  const auto found = trackers_.find(account);
  if (found == trackers_.end()) return;
  const auto tracker = found->second;  // what it wakes may take it out
  tracker->observe(update);
}

void Runner::Impl::notify(const Job& job) {
  const Observers now = *observers_;  // an observer may come or go while they are told
  for (const auto& [id, observer] : now) {
    if (observers_->contains(id)) (*observer)(job);
  }
}

void Runner::Impl::hold(bool held) {
  held_ = held;
  schedule();
}

void Runner::Impl::schedule() {
  if (!resumed_ || stopping_) return;
  const Instant now = parts_.clock.now();
  pace_.clamp(now);
  Instant next = now + kLongestSleep;

  // Round robin over jobs, so that a long one does not keep a short one waiting.
  std::vector<JobId> order;
  for (auto it = jobs_.upper_bound(last_served_); it != jobs_.end(); ++it)
    order.push_back(it->first);
  for (auto it = jobs_.begin(); it != jobs_.upper_bound(last_served_); ++it) {
    order.push_back(it->first);
  }
  for (const JobId id : order) {
    const Entry& entry = jobs_.at(id);
    if (entry.job.finished != Instant{}) continue;
    for (std::size_t i = 0; i < entry.job.items.size(); ++i) {
      next = std::min(next, consider({id, i}, entry, now));
    }
  }
  set_alarm(next, now);
}

Instant Runner::Impl::consider(Place place, const Entry& entry, Instant now) {
  constexpr Instant kNever = Instant::max();
  const Item& item = entry.job.items[place.position];
  const bool unverified = entry.unverified.contains(place.position);
  const bool idle = item.state == ItemState::queued || item.state == ItemState::waiting;
  // It was under way and was put back before the cancel was on disk.
  const bool left_over = idle && entry.cancelling && !entry.changing;
  const bool held = entry.cancelling || entry.pausing;
  if (!(idle && !held) && !unverified && !left_over) return kNever;
  if (busy_.contains(item.account_id)) return kNever;  // schedule() comes again when it ends

  auto self = shared_from_this();
  if (left_over) {
    begin(place, settle(self, place, Cancel{}));
    return kNever;
  }
  const auto status = parts_.accounts.status(item.account_id);
  if (status.readiness == Readiness::unusable) {
    begin(place, settle(self, place, Unusable{status.reason}));
    return kNever;
  }
  if (status.readiness == Readiness::connecting || !status.client) return now + kConnectingLook;
  if (unverified) {
    if (item.not_before > now) return item.not_before;
    begin(place, verify(self, place));
    return kNever;
  }

  if (held_) return kNever;  // hold() comes again
  const Instant due = std::max(item.not_before, pace_.account_next(item.account_id));
  if (due > now) return due;
  if (auto wait = known_wait(item.account_id, entry.job.action, 0)) {
    begin(place, settle(self, place, std::move(*wait)));
    return kNever;
  }
  if (pace_.panel_next() > now) return pace_.panel_next();
  // Looked for first: schedule() comes again when that has ended.
  if (context(entry).once && looks_for_text(item.account_id)) return kNever;
  pace_.handed(item.account_id, now);
  last_served_ = place.job;
  begin(place, perform(self, place));
  return pace_.panel_next();
}

template <class Coroutine>
void Runner::Impl::begin(Place place, Coroutine coroutine) {
  auto& entry = jobs_.at(place.job);
  busy_.emplace(entry.job.items[place.position].account_id, place);
  // Posted, so that nothing changes under the feet of the schedule() that is looking.
  asio::post(parts_.executor,
             [executor = parts_.executor, coroutine = std::move(coroutine)]() mutable {
               asio::co_spawn(executor, std::move(coroutine), [](const std::exception_ptr& bug) {
                 if (bug) std::rethrow_exception(bug);
               });
             });
}

void Runner::Impl::set_alarm(Instant at, Instant now) {
  alarm_.expires_after(std::max(at - now, Millis{1}));
  alarm_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
    if (error) return;
    if (const auto self = weak.lock()) self->schedule();
  });
}

std::optional<Instant> Runner::Impl::wait_of(AccountId account, const ActionSpec& action,
                                             ChatId chat) const {
  std::optional<Instant> latest;
  for (const auto method : parts_.deeds.methods(action)) {
    const auto until = parts_.limiter.until(account, method, chat);
    if (until && (!latest || *until > *latest)) latest = until;
  }
  return latest;
}

Millis Runner::Impl::expected_time(std::size_t items, Instant latest_wait, JobId but) const {
  std::vector<std::size_t> others;
  for (const auto& [id, entry] : jobs_) {
    if (id != but && entry.job.state == JobState::running) others.push_back(open_items(entry.job));
  }
  const Millis wait = std::max(Millis{0}, latest_wait - parts_.clock.now());
  return jobs::expected_time(pace_.pace(), items, others, wait);
}

std::optional<Millis> Runner::Impl::time_left(JobId id) const {
  const auto found = jobs_.find(id);
  if (found == jobs_.end() || found->second.job.state != JobState::running) return std::nullopt;
  const Job& job = found->second.job;
  // What is under way counts as one turn more.
  return expected_time(open_items(job) + 1, latest_wait(job), id);
}

bool Runner::Impl::looks_for_text(AccountId account) const {
  return std::ranges::any_of(jobs_, [&](const auto& pair) {
    const Entry& entry = pair.second;
    return context(entry).once && std::ranges::any_of(entry.unverified, [&](std::size_t position) {
             return entry.job.items[position].account_id == account;
           });
  });
}

std::optional<ItemEvent> Runner::Impl::known_wait(AccountId account, const ActionSpec& action,
                                                  ChatId chat) const {
  const auto latest = wait_of(account, action, chat);
  if (!latest) return std::nullopt;
  const auto seconds = (*latest - parts_.clock.now() + Millis{999}) / std::chrono::seconds{1};
  const Error wait{Errc::flood_wait, "", seconds};
  return Hold{*latest, parts_.deeds.explain(wait)};
}

void Runner::Impl::forget_oldest() {
  auto finished = std::ranges::count_if(
      jobs_, [](const auto& pair) { return pair.second.job.finished != Instant{}; });
  for (auto it = jobs_.begin(); it != jobs_.end() && finished > std::ptrdiff_t{kJobsKept};) {
    if (it->second.job.finished == Instant{} || it->second.changing) {
      ++it;
      continue;
    }
    it = jobs_.erase(it);
    --finished;
  }
}

}  // namespace tgpanel::jobs
