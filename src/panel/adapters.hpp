#pragma once
// The domain's modules as each other sees them; they do not link each other.

#include "jobs/account_source.hpp"
#include "panel/ports.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tgpanel::accounts {
class Manager;
}

namespace tgpanel::panel {

/// Accounts for the panel, over the manager. The manager must outlive it.
class ManagerAccounts final : public AccountsPort {
 public:
  explicit ManagerAccounts(accounts::Manager& manager) : manager_(manager) {}

  [[nodiscard]] std::vector<accounts::Account> accounts() const override;
  Awaitable<Result<std::shared_ptr<accounts::Login>>> begin_login() override;
  std::vector<std::string> take_recovery_notes() override;

 private:
  accounts::Manager& manager_;
};

/// Accounts for jobs, over the manager. The manager must outlive it.
class ManagerAccountSource final : public jobs::AccountSource {
 public:
  explicit ManagerAccountSource(const accounts::Manager& manager) : manager_(manager) {}

  [[nodiscard]] jobs::AccountStatus status(AccountId id) const override;

 private:
  const accounts::Manager& manager_;
};

}  // namespace tgpanel::panel
