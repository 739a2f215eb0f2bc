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

#include <cstdint>
#include <functional>
#include <memory>
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
  /// Items not begun are skipped; one in flight ends by itself. not_found, or invalid: it is over.
  Awaitable<Result<void>> cancel(JobId id);

  [[nodiscard]] Result<Job> job(JobId id) const;
  /// The newest first.
  [[nodiscard]] std::vector<Job> recent(std::size_t limit) const;
  [[nodiscard]] const Pace& pace() const;

  /// Called after every change of any job until the token goes away.
  [[nodiscard]] std::shared_ptr<void> watch(Observer observer);

  /// Looks again at accounts and clock; call it when an account has changed state.
  void wake();

  /// Every update of every account: what became of sent texts comes so.
  void feed(AccountId account, const Json& update);
  /// The limits that protect people; read by resume().
  [[nodiscard]] ContactBook& contacts() const;

  /// The account's client, held to its waits. login_needed: the account is not ready; a sentence.
  [[nodiscard]] Result<std::shared_ptr<telegram::Client>> client(AccountId account) const;
  /// What every deed does and says.
  [[nodiscard]] Deeds& deeds() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tgpanel::jobs
