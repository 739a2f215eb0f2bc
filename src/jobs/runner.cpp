#include "jobs/runner.hpp"

#include "jobs/runner_impl.hpp"

#include <utility>

namespace tgpanel::jobs {

Runner::Runner(RunnerParts parts) : impl_(std::make_shared<Impl>(std::move(parts))) {}

Runner::~Runner() {
  impl_->let_go();
}

Awaitable<Result<void>> Runner::resume() {
  return Impl::resume(impl_);
}

Awaitable<> Runner::stop(Millis patience) {
  return Impl::stop(impl_, patience);
}

Awaitable<Result<JobId>> Runner::start(NewJob job) {
  return Impl::start(impl_, std::move(job));
}

Awaitable<Result<void>> Runner::pause(JobId id) {
  return Impl::control(impl_, id, JobEvent::pause, 0);
}

Awaitable<Result<void>> Runner::go_on(JobId id) {
  return Impl::control(impl_, id, JobEvent::resume, 0);
}

Awaitable<Result<void>> Runner::cancel(JobId id) {
  return Impl::control(impl_, id, JobEvent::cancel, 0);
}

Awaitable<Result<void>> Runner::retry_failed(JobId id, int round) {
  return Impl::control(impl_, id, JobEvent::retry, round);
}

std::optional<Millis> Runner::time_left(JobId id) const {
  return impl_->time_left(id);
}

Millis Runner::expected_time(std::size_t items, Instant latest_wait) const {
  return impl_->expected_time(items, latest_wait, 0);
}

std::optional<Instant> Runner::wait_of(AccountId account, const ActionSpec& action,
                                       ChatId chat) const {
  return impl_->wait_of(account, action, chat);
}

Result<Job> Runner::job(JobId id) const {
  return impl_->job(id);
}

std::vector<Job> Runner::recent(std::size_t limit) const {
  return impl_->recent(limit);
}

const Pace& Runner::pace() const {
  return impl_->pace();
}

Result<void> Runner::set_pace(const Pace& pace) {
  return impl_->set_pace(pace);
}

std::shared_ptr<void> Runner::watch(Observer observer) {
  return impl_->watch(std::move(observer));
}

void Runner::hold(bool held) {
  impl_->hold(held);
}

void Runner::wake() {
  impl_->schedule();
}

Awaitable<Result<std::shared_ptr<telegram::Client>>> Runner::client_soon(AccountId account) const {
  return Impl::client_soon(impl_, account);
}

Deeds& Runner::deeds() const {
  return impl_->deeds();
}

void Runner::feed(AccountId account, const Json& update) {
  impl_->feed(account, update);
}

ContactBook& Runner::contacts() const {
  return impl_->contacts();
}

}  // namespace tgpanel::jobs
