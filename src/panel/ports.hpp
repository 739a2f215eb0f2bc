#pragma once
// What the panel needs of accounts and monitor, so that its rules are tested beside fakes. The real
// ones are in adapters.hpp.

#include "accounts/account.hpp"
#include "accounts/login.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "monitor/group.hpp"
#include "monitor/rule.hpp"
#include "monitor/trial.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tgpanel::panel {

/// See Panel for what each member promises.
class AccountsPort {
 public:
  AccountsPort() = default;
  AccountsPort(const AccountsPort&) = delete;
  AccountsPort& operator=(const AccountsPort&) = delete;
  virtual ~AccountsPort() = default;

  [[nodiscard]] virtual std::vector<accounts::Account> accounts() const = 0;
  virtual Awaitable<Result<std::shared_ptr<accounts::Login>>> begin_login() = 0;
  virtual std::vector<Sentence> take_recovery_notes() = 0;
  [[nodiscard]] virtual bool had_unfinished_login() const = 0;
  virtual void retry_kept_logins() = 0;
};

class MonitorPort {
 public:
  MonitorPort() = default;
  MonitorPort(const MonitorPort&) = delete;
  MonitorPort& operator=(const MonitorPort&) = delete;
  virtual ~MonitorPort() = default;

  [[nodiscard]] virtual std::vector<monitor::Keyword> keywords() const = 0;
  virtual Awaitable<Result<std::vector<monitor::RuleOutcome>>> add_keywords(
      std::vector<std::string> lines) = 0;
  virtual Awaitable<Result<monitor::Keyword>> remove_keyword(KeywordId id) = 0;
  virtual Awaitable<Result<monitor::Trial>> try_rule(std::string line, std::string where,
                                                     std::size_t count) = 0;
  [[nodiscard]] virtual std::vector<monitor::Group> groups() const = 0;
  [[nodiscard]] virtual std::vector<monitor::Ignored> ignored() const = 0;
  virtual Awaitable<Result<monitor::Ignored>> ignore_sender_of(AlertId alert) = 0;
  virtual Awaitable<Result<monitor::Ignored>> ignore(std::string who) = 0;
  virtual Awaitable<Result<monitor::Ignored>> remove_ignored(std::int64_t row) = 0;
};

}  // namespace tgpanel::panel
