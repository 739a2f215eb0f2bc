#pragma once
// What the monitor needs to know of the team's accounts; app adapts accounts::Manager to it.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "telegram/client.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tgpanel::monitor {

/// Executor: the domain's.
class AccountsView {
 public:
  AccountsView() = default;
  AccountsView(const AccountsView&) = delete;
  AccountsView& operator=(const AccountsView&) = delete;
  virtual ~AccountsView() = default;

  /// The client of an active account; nullptr for any other, and while it is closed and opened
  /// again.
  [[nodiscard]] virtual std::shared_ptr<telegram::Client> client(AccountId id) const = 0;
  /// As client(), after it is open again.
  virtual Awaitable<std::shared_ptr<telegram::Client>> client_soon(AccountId id) const = 0;
  /// The account is active, and has no client for a moment.
  [[nodiscard]] virtual bool is_reopening(AccountId id) const = 0;
  /// The active accounts, in order of id.
  [[nodiscard]] virtual std::vector<AccountId> active_accounts() const = 0;
  /// First and last name; empty when the account is not known.
  [[nodiscard]] virtual std::string name(AccountId id) const = 0;
  /// True for the users of the team's own accounts: what they write never alerts.
  [[nodiscard]] virtual bool is_ours(UserId user) const = 0;
};

}  // namespace tgpanel::monitor
