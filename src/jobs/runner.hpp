#pragma once
// Runs jobs: one pace over all of them, one item per account at a time, every step on disk before
// its effect.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "jobs/account_source.hpp"
#include "jobs/contact_book.hpp"
#include "jobs/job.hpp"
#include "jobs/pace.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace tgpanel::storage {
class JobRepository;
}

namespace tgpanel::jobs {

class Deeds;
class Limiter;

struct RunnerParts {
  Executor executor;
  const Clock& clock;
  storage::JobRepository& repository;
  Limiter& limiter;
  const AccountSource& accounts;
  Deeds& deeds;
  Pace pace;
  Random random;
  Millis storage_retry{1'000};  // between attempts to write while the disk fails
  ContactLimits contact_limits{};
  std::vector<UserId> admins{};                       // are told of PEER_FLOOD
  Millis send_deadline = telegram::kDefaultDeadline;  // for what became of a sent text
};

/// A job that is to be started.
struct NewJob {
  ActionSpec action;
  UserId started_by = 0;

  struct Member {
    AccountId id = 0;
    std::string name;
  };

  std::vector<Member> accounts;  // in order; each once
};

/// How many finished jobs are kept at hand; older ones stay on disk.
inline constexpr std::size_t kJobsKept = 100;

/// Executor: the domain's. What it reports is on disk.
class Runner {
 public:
  using Observer = std::function<void(const Job&)>;

  /// Everything in `parts` must outlive it.
  explicit Runner(RunnerParts parts);
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  ~Runner();

  /// Loads the jobs, reconciles what an earlier run left unfinished, and goes on with it.
  Awaitable<Result<void>> resume();
  /// Takes no new item, gives those in flight `patience` to end, then lets go of them: the next run
  /// reads back what became of them.
  Awaitable<> stop(Millis patience);

  /// invalid: no accounts, or one twice.
  Awaitable<Result<JobId>> start(NewJob job);
  // Of a job as a whole. Each is on disk when it returns, and fails with not_found when there is no
  // such job (any more), with invalid where it makes no sense now (job_machine.hpp), and with busy
  // while another of them is being written.
  /// Nothing more of it begins, also after a restart, until go_on(); what is in flight ends by
  /// itself.
  Awaitable<Result<void>> pause(JobId id);
  Awaitable<Result<void>> go_on(JobId id);
  /// Items not begun are skipped; one in flight ends by itself.
  Awaitable<Result<void>> cancel(JobId id);
  /// The job goes on with its failed items alone. `round`: Job::retries as the one who asks knows
  /// it, so that the same wish twice is one retry.
  Awaitable<Result<void>> retry_failed(JobId id, int round);

  [[nodiscard]] Result<Job> job(JobId id) const;
  /// The newest first.
  [[nodiscard]] std::vector<Job> recent(std::size_t limit) const;
  /// About how long the job still takes, by pace and waits; nothing unless it is running.
  [[nodiscard]] std::optional<Millis> time_left(JobId id) const;
  /// The same for a job that would begin now. `latest_wait`: of its accounts' wait_of(), the end;
  /// the epoch: none waits.
  [[nodiscard]] Millis expected_time(std::size_t items, Instant latest_wait) const;
  /// Until when the account must not act so; nothing when it may now. `chat`: where, as
  /// Sight::chat; 0: it is not known.
  [[nodiscard]] std::optional<Instant> wait_of(AccountId account, const ActionSpec& action,
                                               ChatId chat) const;
  [[nodiscard]] const Pace& pace() const;
  /// From now on, for all jobs together and for what is under way; not stored. invalid, and nothing
  /// changes: see check_pace().
  Result<void> set_pace(const Pace& pace);

  /// Called after every change of any job until the token goes away.
  [[nodiscard]] std::shared_ptr<void> watch(Observer observer);

  /// While held nothing new begins, of any job; what is in flight ends by itself. Not stored.
  void hold(bool held);

  /// Looks again at accounts and clock; call it when an account has changed state.
  void wake();

  /// Every update of every account: what became of sent texts comes so. The limiter is fed too.
  void feed(AccountId account, const Json& update);
  /// The limits that protect people, and their setter; read by resume().
  [[nodiscard]] ContactBook& contacts() const;

  /// The account's client, held to its waits, after it is open again, if it is being reopened.
  /// login_needed: the account is not ready; a sentence.
  Awaitable<Result<std::shared_ptr<telegram::Client>>> client_soon(AccountId account) const;
  /// What every deed does and says.
  [[nodiscard]] Deeds& deeds() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tgpanel::jobs
