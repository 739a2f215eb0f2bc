#pragma once
// The panel over accounts, monitor and jobs.

#include "panel/panel.hpp"
#include "panel/ports.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::jobs {
class Runner;
}

namespace tgpanel::storage {
class JobRepository;
}

namespace tgpanel::panel {

/// Executor: the domain's. Everything it is given must outlive it.
class PanelImpl final : public Panel {
 public:
  PanelImpl(AccountsPort& accounts, MonitorPort& monitor, jobs::Runner& runner,
            storage::JobRepository& repository);

  [[nodiscard]] std::vector<accounts::Account> accounts() const override;
  Awaitable<Result<std::shared_ptr<accounts::Login>>> begin_login() override;
  std::vector<std::string> take_recovery_notes() override;

  [[nodiscard]] std::vector<monitor::Keyword> keywords() const override;
  Awaitable<Result<std::vector<monitor::RuleOutcome>>> add_keywords(
      std::vector<std::string> lines) override;
  Awaitable<Result<monitor::Keyword>> remove_keyword(KeywordId id) override;
  [[nodiscard]] std::vector<monitor::Ignored> ignored() const override;
  Awaitable<Result<monitor::Ignored>> ignore_sender_of(AlertId alert) override;
  Awaitable<Result<monitor::Ignored>> ignore(std::string who) override;
  Awaitable<Result<monitor::Ignored>> remove_ignored(std::int64_t row) override;

  [[nodiscard]] Result<void> check_message_link(std::string_view link) const override;
  Awaitable<Result<ReactionPreview>> preview_reaction(jobs::ReactionSpec spec, int count) override;
  Awaitable<Result<JobId>> start_reaction(ReactionPreview preview, UserId admin) override;
  Awaitable<Result<void>> cancel_job(JobId id) override;
  [[nodiscard]] Result<jobs::Job> job(JobId id) const override;
  [[nodiscard]] std::vector<jobs::Job> recent_jobs(std::size_t limit) const override;
  [[nodiscard]] Subscription watch_jobs(std::function<void(const jobs::Job&)> observer) override;

 private:
  AccountsPort& accounts_;
  MonitorPort& monitor_;
  jobs::Runner& runner_;
  storage::JobRepository& repository_;
};

}  // namespace tgpanel::panel
