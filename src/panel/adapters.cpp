#include "panel/adapters.hpp"

#include "accounts/manager.hpp"
#include "jobs/limiter.hpp"
#include "monitor/monitor.hpp"
#include "panel/account_text.hpp"
#include "words/errors_panel.hpp"

#include <utility>

namespace tgpanel::panel {

std::vector<accounts::Account> ManagerAccounts::accounts() const {
  auto all = manager_.list();
  for (auto& account : all) account.waiting_until = limiter_.until(account.id).value_or(Instant{});
  return all;
}

Awaitable<Result<std::shared_ptr<accounts::Login>>> ManagerAccounts::begin_login() {
  return manager_.begin_login();
}

std::vector<Sentence> ManagerAccounts::take_recovery_notes() {
  return manager_.take_recovery_notes();
}

bool ManagerAccounts::had_unfinished_login() const {
  return manager_.had_unfinished_login();
}

void ManagerAccounts::retry_kept_logins() {
  manager_.retry_kept_logins();
}

jobs::AccountStatus ManagerAccountSource::status(AccountId id) const {
  const auto account = manager_.find(id);
  if (!account) {
    return {.readiness = jobs::Readiness::unusable,
            .name = {},
            .reason = words::account_was_deleted,
            .client = {}};
  }
  using enum accounts::AccountState;
  jobs::AccountStatus status{.readiness = jobs::Readiness::unusable,
                             .name = account->name,
                             .reason = why_not(*account),
                             .client = manager_.client(id)};
  if (account->state == active && !account->freeze.on) status.readiness = jobs::Readiness::ready;
  if (account->state == connecting) status.readiness = jobs::Readiness::connecting;
  return status;
}

Awaitable<> ManagerAccountSource::reopened(AccountId id) const {
  co_await manager_.client_soon(id);
}

std::shared_ptr<telegram::Client> ManagerAccountsView::client(AccountId id) const {
  auto client = manager_.client(id);
  return client ? limiter_.wrap(id, std::move(client)) : nullptr;
}

Awaitable<std::shared_ptr<telegram::Client>> ManagerAccountsView::client_soon(AccountId id) const {
  co_await manager_.client_soon(id);
  co_return client(id);
}

bool ManagerAccountsView::is_reopening(AccountId id) const {
  return manager_.is_reopening(id);
}

std::vector<AccountId> ManagerAccountsView::active_accounts() const {
  std::vector<AccountId> ids;
  for (const auto& account : manager_.list()) {
    if (account.state == accounts::AccountState::active) ids.push_back(account.id);
  }
  return ids;
}

std::string ManagerAccountsView::name(AccountId id) const {
  auto account = manager_.find(id);
  return account ? std::move(account->name) : std::string{};
}

bool ManagerAccountsView::is_ours(UserId user) const {
  return manager_.account_of(user) != 0;
}

std::vector<monitor::Keyword> MonitorRules::keywords() const {
  return monitor_.keywords();
}

Awaitable<Result<std::vector<monitor::RuleOutcome>>> MonitorRules::add_keywords(
    std::vector<std::string> lines) {
  return monitor_.add_keywords(std::move(lines));
}

Awaitable<Result<monitor::Trial>> MonitorRules::try_rule(std::string line, std::string where,
                                                         std::size_t count) {
  return monitor_.try_rule(std::move(line), std::move(where), count);
}

std::vector<monitor::Group> MonitorRules::groups() const {
  return monitor_.groups();
}

Awaitable<Result<monitor::Keyword>> MonitorRules::remove_keyword(KeywordId id) {
  return monitor_.remove_keyword(id);
}

std::vector<monitor::Ignored> MonitorRules::ignored() const {
  return monitor_.ignored();
}

Awaitable<Result<monitor::Ignored>> MonitorRules::ignore_sender_of(AlertId alert) {
  return monitor_.ignore_sender_of(alert);
}

Awaitable<Result<monitor::Ignored>> MonitorRules::ignore(std::string who) {
  return monitor_.ignore(std::move(who));
}

Awaitable<Result<monitor::Ignored>> MonitorRules::remove_ignored(std::int64_t row) {
  return monitor_.remove_ignored(row);
}

}  // namespace tgpanel::panel
