#pragma once
// The panel over accounts, monitor and jobs.

#include "actions/message_link.hpp"
#include "panel/panel.hpp"
#include "panel/ports.hpp"
#include "telegram/client.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::jobs {
class Runner;
struct Sight;
}  // namespace tgpanel::jobs

namespace tgpanel::storage {
class JobRepository;
}

namespace tgpanel::panel {

/// What the panel is set up with.
struct Surroundings {
  Preferences& preferences;
  const Clock& clock;
  std::string zone;  // TGPANEL_TZ
};

/// Executor: the domain's. Everything it is given must outlive it.
class PanelImpl final : public Panel {
 public:
  PanelImpl(AccountsPort& accounts, MonitorPort& monitor, jobs::Runner& runner,
            storage::JobRepository& repository, AccountDesk& desk, Surroundings around);

  [[nodiscard]] std::vector<accounts::Account> accounts() const override;
  Awaitable<Result<std::shared_ptr<accounts::Login>>> begin_login() override;
  std::vector<Sentence> take_recovery_notes() override;
  [[nodiscard]] bool had_unfinished_login() const override;
  void retry_kept_logins() override;

  AccountDesk& desk() override { return desk_; }

  [[nodiscard]] const AccountDesk& desk() const override { return desk_; }

  [[nodiscard]] std::vector<monitor::Keyword> keywords() const override;
  Awaitable<Result<std::vector<monitor::RuleOutcome>>> add_keywords(
      std::vector<std::string> lines) override;
  Awaitable<Result<monitor::Keyword>> remove_keyword(KeywordId id) override;
  Awaitable<Result<monitor::Trial>> try_keyword(std::string line, std::string where,
                                                std::size_t count) override;
  [[nodiscard]] std::vector<monitor::Group> watched_groups() const override;
  [[nodiscard]] std::vector<monitor::Ignored> ignored() const override;
  Awaitable<Result<monitor::Ignored>> ignore_sender_of(AlertId alert) override;
  Awaitable<Result<monitor::Ignored>> ignore(std::string who) override;
  Awaitable<Result<monitor::Ignored>> remove_ignored(std::int64_t row) override;

  [[nodiscard]] Result<void> check_target(jobs::ActionKind kind,
                                          std::string_view target) const override;
  Awaitable<Result<actions::Poll>> read_poll(std::string link, Choice who) override;
  Awaitable<Result<std::vector<std::string>>> reactions_for(std::string link, Choice who) override;
  Awaitable<Result<ActionPreview>> preview_action(jobs::ActionSpec spec, Choice who) override;
  Awaitable<Result<JobId>> start_action(ActionPreview preview, UserId admin) override;
  Awaitable<Result<void>> pause_job(JobId id) override;
  Awaitable<Result<void>> resume_job(JobId id) override;
  Awaitable<Result<void>> cancel_job(JobId id) override;
  Awaitable<Result<void>> retry_failed(JobId id, int round) override;
  [[nodiscard]] std::optional<Millis> job_time_left(JobId id) const override;
  [[nodiscard]] Result<jobs::Job> job(JobId id) const override;
  [[nodiscard]] std::vector<jobs::Job> recent_jobs(std::size_t limit) const override;
  [[nodiscard]] Subscription watch_jobs(std::function<void(const jobs::Job&)> observer) override;

  [[nodiscard]] std::vector<jobs::DoNotContact> do_not_contact() const override;
  Awaitable<Result<jobs::DoNotContact>> add_do_not_contact(std::string who, UserId admin) override;
  Awaitable<Result<jobs::DoNotContact>> remove_do_not_contact(std::int64_t row) override;
  [[nodiscard]] std::vector<StoppedAccount> stopped_accounts() const override;
  Awaitable<Result<void>> end_stop(AccountId account) override;
  Awaitable<Result<AuditExport>> export_audit() override;

  Preferences& preferences() override { return around_.preferences; }

  [[nodiscard]] const Preferences& preferences() const override { return around_.preferences; }

  Awaitable<Result<Statistics>> statistics() override;

 private:
  /// Clients of the chosen accounts that may be asked about a link: a few for a public chat, all
  /// for a private one. Never empty.
  Awaitable<Result<std::vector<std::shared_ptr<telegram::Client>>>> askers(
      Choice who, actions::MessageLink link) const;

  /// Whether the one who is looked at may be written to, and the limits that hold.
  [[nodiscard]] Result<std::vector<Sentence>> contact_remarks(const jobs::ActionSpec& spec,
                                                              const jobs::Sight& sight) const;
  AccountsPort& accounts_;
  MonitorPort& monitor_;
  jobs::Runner& runner_;
  storage::JobRepository& repository_;
  AccountDesk& desk_;
  Surroundings around_;
};

}  // namespace tgpanel::panel
