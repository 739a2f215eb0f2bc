#pragma once
// What may be done with one account, and what admins are told of accounts.

#include "accounts/login.hpp"
#include "accounts/notice.hpp"
#include "actions/report_answer.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "monitor/group.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace tgpanel::panel {

/// What became of an account's groups since they were last asked for.
struct GroupNews {
  std::vector<std::string> added;  // titles
  std::vector<std::string> gone;
  std::size_t now = 0;
  bool first = false;  // they were never asked for before: nothing counts as new
};

/// Executor: the domain's. Whatever a member reports as done is on disk. Every member that takes an
/// account fails with not_found when there is none, and with busy while something else is done with
/// it.
class AccountDesk {
 public:
  AccountDesk() = default;
  AccountDesk(const AccountDesk&) = delete;
  AccountDesk& operator=(const AccountDesk&) = delete;
  virtual ~AccountDesk() = default;

  /// See accounts::Manager for disable(), enable(), remove() and begin_login(again).
  virtual Awaitable<Result<void>> disable(AccountId id) = 0;
  virtual Awaitable<Result<void>> enable(AccountId id) = 0;
  virtual Awaitable<Result<void>> remove(AccountId id, UserId admin) = 0;
  virtual Awaitable<Result<std::shared_ptr<accounts::Login>>> log_in_again(AccountId id) = 0;

  /// invalid: not 1 to 32 characters, or the account has 10. exists: it has this label, as people
  /// read it.
  virtual Awaitable<Result<void>> add_label(AccountId id, std::string typed) = 0;
  virtual Awaitable<Result<void>> remove_label(AccountId id, std::string label) = 0;
  virtual Awaitable<Result<void>> set_excluded(AccountId id, bool excluded) = 0;

  /// The groups and channels that an account is in, by title; empty while it is not active.
  [[nodiscard]] virtual std::vector<monitor::Group> groups(AccountId id) const = 0;

  /// Asks Telegram whether the account is still what we know, compares its groups with those of the
  /// last time and stores them, so that this also holds over a restart. login_needed: the account
  /// is not active. flood_wait: Telegram asks it to wait. timeout: no answer.
  virtual Awaitable<Result<GroupNews>> update_groups(AccountId id) = 0;

  /// REPORT_CHECK_BOT is set.
  [[nodiscard]] virtual bool can_check_reports() const = 0;
  /// Asks the report check bot from this account, and notes what it says of limits. timeout: it did
  /// not answer. login_needed: the account is not active. exists: it is being asked.
  virtual Awaitable<Result<actions::ReportAnswer>> check_report(AccountId id) = 0;

  // What admins are to be told, in order; see accounts::Manager.
  virtual Awaitable<Result<std::vector<accounts::Notice>>> notices() = 0;
  virtual Awaitable<Result<void>> hand_over_notice(std::int64_t id, MessageId after) = 0;
  virtual Awaitable<Result<void>> notice_told(std::int64_t id, MessageId message) = 0;
  virtual Awaitable<Result<MessageId>> newest_in_chat(UserId admin) = 0;
};

}  // namespace tgpanel::panel
