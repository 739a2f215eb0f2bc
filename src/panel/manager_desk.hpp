#pragma once
// The account desk over the manager and the monitor.

#include "base/json.hpp"
#include "base/time.hpp"
#include "panel/account_desk.hpp"
#include "storage/group_repository.hpp"

#include <map>
#include <memory>
#include <string>

namespace tgpanel::accounts {
class Manager;
}

namespace tgpanel::actions {
class ReportQuestion;
}

namespace tgpanel::jobs {
class Limiter;
}

namespace tgpanel::monitor {
class Monitor;
}

namespace tgpanel::panel {

/// What the desk works with; all must outlive it.
struct DeskParts {
  accounts::Manager& manager;
  const monitor::Monitor& monitor;
  jobs::Limiter& limiter;
  storage::Database& database;
  const Clock& clock;
};

struct DeskOptions {
  std::string report_bot;          // REPORT_CHECK_BOT without @; empty: none
  Millis report_deadline{30'000};  // for each step of a question
  Millis groups_deadline{30'000};  // for Telegram's answer
};

/// Executor: the domain's. What it is given must outlive it.
class ManagerDesk final : public AccountDesk {
 public:
  ManagerDesk(Executor executor, DeskParts parts, DeskOptions options);

  /// Every update of every account (see accounts::Manager::on_update).
  void feed(AccountId account, const Json& update);

  Awaitable<Result<void>> disable(AccountId id) override;
  Awaitable<Result<void>> enable(AccountId id) override;
  Awaitable<Result<void>> remove(AccountId id, UserId admin) override;
  Awaitable<Result<std::shared_ptr<accounts::Login>>> log_in_again(AccountId id) override;
  Awaitable<Result<void>> add_label(AccountId id, std::string typed) override;
  Awaitable<Result<void>> remove_label(AccountId id, std::string label) override;
  Awaitable<Result<void>> set_excluded(AccountId id, bool excluded) override;
  [[nodiscard]] std::vector<monitor::Group> groups(AccountId id) const override;
  Awaitable<Result<GroupNews>> update_groups(AccountId id) override;
  [[nodiscard]] bool can_check_reports() const override;
  Awaitable<Result<actions::ReportAnswer>> check_report(AccountId id) override;
  Awaitable<Result<std::vector<accounts::Notice>>> notices() override;
  Awaitable<Result<void>> hand_over_notice(std::int64_t id, MessageId after) override;
  Awaitable<Result<void>> notice_told(std::int64_t id, MessageId message) override;
  Awaitable<Result<MessageId>> newest_in_chat(UserId admin) override;

 private:
  Executor executor_;
  accounts::Manager& manager_;
  const monitor::Monitor& monitor_;
  jobs::Limiter& limiter_;
  const Clock& clock_;
  storage::GroupRepository groups_;
  DeskOptions options_;
  std::map<AccountId, std::shared_ptr<actions::ReportQuestion>> questions_;
};

}  // namespace tgpanel::panel
