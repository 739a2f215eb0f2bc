#pragma once
// The application: every use case once. Front ends parse, call and render; they hold no rules.

#include "accounts/account.hpp"
#include "accounts/login.hpp"
#include "actions/poll.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "jobs/contact_book.hpp"
#include "jobs/job.hpp"
#include "monitor/group.hpp"
#include "monitor/rule.hpp"
#include "monitor/trial.hpp"
#include "panel/account_desk.hpp"
#include "panel/preferences.hpp"
#include "panel/statistics.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tgpanel::panel {

/// So many accounts, in turn.
struct Some {
  int count = 0;
};

/// Every account that can act.
struct All {};

/// These accounts and no others.
struct Picked {
  std::vector<AccountId> ids;
};

/// Every account with this label that can act.
struct Labelled {
  std::string label;  // as people read it: spelling variants are the same
};

/// Who acts.
using Choice = std::variant<Some, All, Picked, Labelled>;

/// An account that acts only later: Telegram has asked it to wait.
struct Waiting {
  std::string name;
  Instant until{};
};

/// What a job would do, checked, before anybody confirms it.
struct ActionPreview {
  jobs::ActionSpec spec;
  std::string title;                        // of the chat, or the name of the user
  std::string excerpt;                      // first 80 characters of the message; may be empty
  std::vector<Sentence> remarks;            // to be read before the start
  std::vector<accounts::Account> accounts;  // that will act, in order
  std::vector<Sentence> left_out;           // "name: reason" of accounts that cannot
  std::vector<Waiting> waits;               // of `accounts`; their items sleep until then
  Millis expected_duration{};               // from pace, waits and the jobs that run
  bool takes_turns = false;                 // the next choice goes on after the last account
};

/// An account that Telegram has limited for unwanted messages.
struct StoppedAccount {
  AccountId id = 0;
  std::string name;
  Millis left{};  // until it ends by itself
};

/// A file that is built at once and that an admin can open: some megabytes. `tgpanel audit` has
/// all.
inline constexpr std::size_t kMostExportedActs = 20'000;

/// The audit as CSV (RFC 4180, UTF-8, a header first), the oldest act first.
struct AuditExport {
  std::string csv;
  std::size_t acts = 0;
  bool whole = true;  // there are no older ones
};

/// Removes a job's observer when it goes away.
class Subscription {
 public:
  Subscription() = default;

  explicit Subscription(std::function<void()> release) : release_(std::move(release)) {}

  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

  Subscription(Subscription&& other) noexcept : release_(std::exchange(other.release_, nullptr)) {}

  Subscription& operator=(Subscription&& other) noexcept {
    if (this != &other) {
      reset();
      release_ = std::exchange(other.release_, nullptr);
    }
    return *this;
  }

  ~Subscription() { reset(); }

  void reset() {
    if (auto release = std::exchange(release_, nullptr)) release();
  }

 private:
  std::function<void()> release_;
};

/// Executor: the domain's. Whatever a member reports as done is on disk.
class Panel {
 public:
  Panel() = default;
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;
  virtual ~Panel() = default;

  // Accounts
  [[nodiscard]] virtual std::vector<accounts::Account> accounts() const = 0;
  /// Begins a login. busy: 10 logins are open already.
  virtual Awaitable<Result<std::shared_ptr<accounts::Login>>> begin_login() = 0;
  /// What happened to logins that a crash interrupted, in plain sentences; each is told once.
  virtual std::vector<Sentence> take_recovery_notes() = 0;
  /// A login was on record at the start: somebody may still answer what it had asked.
  [[nodiscard]] virtual bool had_unfinished_login() const = 0;
  /// Telegram answers again: logins that could not be ended there are tried now.
  virtual void retry_kept_logins() = 0;

  /// What may be done with one account.
  virtual AccountDesk& desk() = 0;
  [[nodiscard]] virtual const AccountDesk& desk() const = 0;

  // Monitor
  [[nodiscard]] virtual std::vector<monitor::Keyword> keywords() const = 0;
  /// One rule a line (docs/keywords.md), in one transaction; one outcome for each, in order. Fails
  /// as a whole, with none of them added, when the disk or Vectorscan fails.
  virtual Awaitable<Result<std::vector<monitor::RuleOutcome>>> add_keywords(
      std::vector<std::string> lines) = 0;
  virtual Awaitable<Result<monitor::Keyword>> remove_keyword(KeywordId id) = 0;
  /// What a keyword would report among the newest `count` messages of a group or channel; nothing
  /// is added. `where`: an id, a @name or a link. Fails with a sentence.
  virtual Awaitable<Result<monitor::Trial>> try_keyword(std::string line, std::string where,
                                                        std::size_t count) = 0;
  /// The groups and channels that active accounts are in, by title.
  [[nodiscard]] virtual std::vector<monitor::Group> watched_groups() const = 0;
  [[nodiscard]] virtual std::vector<monitor::Ignored> ignored() const = 0;
  /// Ignores the sender of an alert (the button under it). exists: ignored already. invalid: no
  /// sender.
  virtual Awaitable<Result<monitor::Ignored>> ignore_sender_of(AlertId alert) = 0;
  /// Ignores a user or a chat: an id, a @name or a link of Telegram. invalid: none of these.
  /// not_found: nobody has the name. exists: ignored already. flood_wait, login_needed: names
  /// cannot be looked up now.
  virtual Awaitable<Result<monitor::Ignored>> ignore(std::string who) = 0;
  virtual Awaitable<Result<monitor::Ignored>> remove_ignored(std::int64_t row) = 0;

  // Jobs
  /// Whether `target` is a message link, chat or user as this kind of action takes. invalid: the
  /// reason and an example.
  [[nodiscard]] virtual Result<void> check_target(jobs::ActionKind kind,
                                                  std::string_view target) const = 0;
  /// The poll behind a message link, as one of the chosen accounts sees it. invalid: no link, no
  /// poll, or a closed one; a sentence.
  virtual Awaitable<Result<actions::Poll>> read_poll(std::string link, Choice who) = 0;
  /// The reactions that a message allows, in Telegram's order; empty when that is not known.
  /// invalid: no link; not_found: no such message; a sentence.
  virtual Awaitable<Result<std::vector<std::string>>> reactions_for(std::string link,
                                                                    Choice who) = 0;
  /// Looks the target up and chooses the accounts. Those that cannot act are named, and replaced by
  /// others unless they were picked. Nothing is stored. invalid, login_needed, not_found: a
  /// sentence; when no account can act, the reason of the last one.
  virtual Awaitable<Result<ActionPreview>> preview_action(jobs::ActionSpec spec, Choice who) = 0;
  /// Stores the job and starts it.
  virtual Awaitable<Result<JobId>> start_action(ActionPreview preview, UserId admin) = 0;
  // See jobs::Runner for pause(), go_on(), cancel() and retry_failed().
  virtual Awaitable<Result<void>> pause_job(JobId id) = 0;
  virtual Awaitable<Result<void>> resume_job(JobId id) = 0;
  virtual Awaitable<Result<void>> cancel_job(JobId id) = 0;
  virtual Awaitable<Result<void>> retry_failed(JobId id, int round) = 0;
  /// About how long the job still takes; nothing unless it is running.
  [[nodiscard]] virtual std::optional<Millis> job_time_left(JobId id) const = 0;
  [[nodiscard]] virtual Result<jobs::Job> job(JobId id) const = 0;
  /// The newest first, at most `limit`.
  [[nodiscard]] virtual std::vector<jobs::Job> recent_jobs(std::size_t limit) const = 0;
  /// Called after every change of any job, until the subscription goes away.
  [[nodiscard]] virtual Subscription watch_jobs(std::function<void(const jobs::Job&)> observer) = 0;

  // People who are written to
  [[nodiscard]] virtual std::vector<jobs::DoNotContact> do_not_contact() const = 0;
  /// `who`: @name, a link, or an id. invalid: none of these, or no person; exists: listed already.
  /// A person whom no account can look up now is listed by the name or id alone.
  virtual Awaitable<Result<jobs::DoNotContact>> add_do_not_contact(std::string who,
                                                                   UserId admin) = 0;
  virtual Awaitable<Result<jobs::DoNotContact>> remove_do_not_contact(std::int64_t row) = 0;
  [[nodiscard]] virtual std::vector<StoppedAccount> stopped_accounts() const = 0;
  /// Lets the account write unasked again. not_found: it may already.
  virtual Awaitable<Result<void>> end_stop(AccountId account) = 0;

  // Audit
  /// The newest kMostExportedActs. storage.
  virtual Awaitable<Result<AuditExport>> export_audit() = 0;

  // Settings and statistics
  virtual Preferences& preferences() = 0;
  [[nodiscard]] virtual const Preferences& preferences() const = 0;
  /// storage.
  virtual Awaitable<Result<Statistics>> statistics() = 0;
};

}  // namespace tgpanel::panel
