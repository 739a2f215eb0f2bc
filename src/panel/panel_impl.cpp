#include "panel/panel_impl.hpp"

#include "jobs/runner.hpp"
#include "storage/job_repository.hpp"

#include <utility>

namespace tgpanel::panel {

PanelImpl::PanelImpl(AccountsPort& accounts, MonitorPort& monitor, jobs::Runner& runner,
                     storage::JobRepository& repository, AccountDesk& desk, Surroundings around)
    : accounts_(accounts),
      monitor_(monitor),
      runner_(runner),
      repository_(repository),
      desk_(desk),
      around_(std::move(around)) {}

std::vector<accounts::Account> PanelImpl::accounts() const {
  return accounts_.accounts();
}

Awaitable<Result<std::shared_ptr<accounts::Login>>> PanelImpl::begin_login() {
  return accounts_.begin_login();
}

std::vector<Sentence> PanelImpl::take_recovery_notes() {
  return accounts_.take_recovery_notes();
}

bool PanelImpl::had_unfinished_login() const {
  return accounts_.had_unfinished_login();
}

void PanelImpl::retry_kept_logins() {
  accounts_.retry_kept_logins();
}

std::vector<monitor::Keyword> PanelImpl::keywords() const {
  return monitor_.keywords();
}

Awaitable<Result<std::vector<monitor::RuleOutcome>>> PanelImpl::add_keywords(
    std::vector<std::string> lines) {
  return monitor_.add_keywords(std::move(lines));
}

Awaitable<Result<monitor::Trial>> PanelImpl::try_keyword(std::string line, std::string where,
                                                         std::size_t count) {
  return monitor_.try_rule(std::move(line), std::move(where), count);
}

std::vector<monitor::Group> PanelImpl::watched_groups() const {
  return monitor_.groups();
}

Awaitable<Result<monitor::Keyword>> PanelImpl::remove_keyword(KeywordId id) {
  return monitor_.remove_keyword(id);
}

std::vector<monitor::Ignored> PanelImpl::ignored() const {
  return monitor_.ignored();
}

Awaitable<Result<monitor::Ignored>> PanelImpl::ignore_sender_of(AlertId alert) {
  return monitor_.ignore_sender_of(alert);
}

Awaitable<Result<monitor::Ignored>> PanelImpl::ignore(std::string who) {
  return monitor_.ignore(std::move(who));
}

Awaitable<Result<monitor::Ignored>> PanelImpl::remove_ignored(std::int64_t row) {
  return monitor_.remove_ignored(row);
}

Awaitable<Result<void>> PanelImpl::pause_job(JobId id) {
  return runner_.pause(id);
}

Awaitable<Result<void>> PanelImpl::resume_job(JobId id) {
  return runner_.go_on(id);
}

Awaitable<Result<void>> PanelImpl::cancel_job(JobId id) {
  return runner_.cancel(id);
}

Awaitable<Result<void>> PanelImpl::retry_failed(JobId id, int round) {
  return runner_.retry_failed(id, round);
}

std::optional<Millis> PanelImpl::job_time_left(JobId id) const {
  return runner_.time_left(id);
}

Result<jobs::Job> PanelImpl::job(JobId id) const {
  return runner_.job(id);
}

std::vector<jobs::Job> PanelImpl::recent_jobs(std::size_t limit) const {
  return runner_.recent(limit);
}

Awaitable<Result<Statistics>> PanelImpl::statistics() {
  StatisticsNow now{.accounts = accounts_.accounts(),
                    .keywords = monitor_.keywords().size(),
                    .ignored = monitor_.ignored().size()};
  return read_statistics(&repository_.database(), std::move(now), around_.clock.now(),
                         around_.zone);
}

Subscription PanelImpl::watch_jobs(std::function<void(const jobs::Job&)> observer) {
  auto token = runner_.watch(std::move(observer));
  return Subscription([token = std::move(token)]() mutable { token.reset(); });
}

}  // namespace tgpanel::panel
