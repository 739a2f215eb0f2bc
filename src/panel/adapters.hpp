#pragma once
// The domain's modules as each other sees them; they do not link each other.

#include "jobs/account_source.hpp"
#include "monitor/accounts_view.hpp"
#include "panel/ports.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tgpanel::accounts {
class Manager;
}

namespace tgpanel::jobs {
class Limiter;
}

namespace tgpanel::monitor {
class Monitor;
}

namespace tgpanel::panel {

/// Accounts for the panel, over the manager, with the waits that the limiter knows. Both must
/// outlive it.
class ManagerAccounts final : public AccountsPort {
 public:
  ManagerAccounts(accounts::Manager& manager, const jobs::Limiter& limiter)
      : manager_(manager), limiter_(limiter) {}

  [[nodiscard]] std::vector<accounts::Account> accounts() const override;
  Awaitable<Result<std::shared_ptr<accounts::Login>>> begin_login() override;
  std::vector<Sentence> take_recovery_notes() override;
  [[nodiscard]] bool had_unfinished_login() const override;
  void retry_kept_logins() override;

 private:
  accounts::Manager& manager_;
  const jobs::Limiter& limiter_;
};

/// Accounts for jobs, over the manager. The manager must outlive it.
class ManagerAccountSource final : public jobs::AccountSource {
 public:
  explicit ManagerAccountSource(const accounts::Manager& manager) : manager_(manager) {}

  [[nodiscard]] jobs::AccountStatus status(AccountId id) const override;
  Awaitable<> reopened(AccountId id) const override;

 private:
  const accounts::Manager& manager_;
};

/// Accounts for the monitor, over the manager, held to their waits. Both must outlive it.
class ManagerAccountsView final : public monitor::AccountsView {
 public:
  ManagerAccountsView(const accounts::Manager& manager, jobs::Limiter& limiter)
      : manager_(manager), limiter_(limiter) {}

  [[nodiscard]] std::shared_ptr<telegram::Client> client(AccountId id) const override;
  Awaitable<std::shared_ptr<telegram::Client>> client_soon(AccountId id) const override;
  [[nodiscard]] bool is_reopening(AccountId id) const override;
  [[nodiscard]] std::vector<AccountId> active_accounts() const override;
  [[nodiscard]] std::string name(AccountId id) const override;
  [[nodiscard]] bool is_ours(UserId user) const override;

 private:
  const accounts::Manager& manager_;
  jobs::Limiter& limiter_;
};

/// Keywords and ignore list for the panel. The monitor must outlive it.
class MonitorRules final : public MonitorPort {
 public:
  explicit MonitorRules(monitor::Monitor& monitor) : monitor_(monitor) {}

  [[nodiscard]] std::vector<monitor::Keyword> keywords() const override;
  Awaitable<Result<std::vector<monitor::RuleOutcome>>> add_keywords(
      std::vector<std::string> lines) override;
  Awaitable<Result<monitor::Keyword>> remove_keyword(KeywordId id) override;
  Awaitable<Result<monitor::Trial>> try_rule(std::string line, std::string where,
                                             std::size_t count) override;
  [[nodiscard]] std::vector<monitor::Group> groups() const override;
  [[nodiscard]] std::vector<monitor::Ignored> ignored() const override;
  Awaitable<Result<monitor::Ignored>> ignore_sender_of(AlertId alert) override;
  Awaitable<Result<monitor::Ignored>> ignore(std::string who) override;
  Awaitable<Result<monitor::Ignored>> remove_ignored(std::int64_t row) override;

 private:
  monitor::Monitor& monitor_;
};

}  // namespace tgpanel::panel
