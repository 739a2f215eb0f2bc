#pragma once
// Jobs, their items, flood waits and rotation on disk (migrations/020_jobs.sql and later).

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "storage/audit_repository.hpp"
#include "storage/contact_repository.hpp"
#include "storage/database.hpp"
#include "storage/notice_repository.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tgpanel::storage {

/// A row of job_item. Times are Unix milliseconds, 0: none. `state` is jobs::to_string's word.
struct JobItemRow {
  JobId job_id = 0;
  std::int64_t position = 0;  // order within the job, from 0
  AccountId account_id = 0;
  std::string account_name;
  std::string state;
  std::string reason;
  std::int64_t not_before_ms = 0;
  std::int64_t attempts = 0;
  std::int64_t epoch = 0;  // the run of the panel that wrote it last
  std::string mark{};      // what a deed that is done at most once is looked for by
};

/// A row of job with its items by position.
struct JobRow {
  JobId id = 0;
  std::string state;
  std::string kind;  // jobs::to_string(ActionKind)
  std::string spec;  // JSON, by kind
  UserId started_by = 0;
  std::int64_t created_ms = 0;
  std::int64_t finished_ms = 0;
  bool paused = false;
  std::int64_t retries = 0;
  std::int64_t begun_ms = 0;
  std::vector<JobItemRow> items;
};

/// Until when an account must not call a td_api method.
struct WaitRow {
  AccountId account_id = 0;
  std::string method;
  ChatId chat_id = 0;  // for this chat alone; 0: for any
  std::int64_t until_ms = 0;
};

/// What one step of a job changes, written in one transaction.
struct JobChange {
  JobId id = 0;
  std::optional<std::string> state;         // the job's
  std::optional<std::int64_t> finished_ms;  // the job's
  std::vector<JobItemRow> items;            // only those that changed
  std::optional<bool> paused{};             // the job's
  std::optional<std::int64_t> begun_ms{};   // the job's; one retry more

  std::optional<ContactRow> reserved{};     // counted before the handing over
  std::optional<std::int64_t> released{};   // the position whose message was certainly not sent
  std::optional<ContactStopRow> stopped{};  // Telegram said PEER_FLOOD
  std::vector<NoticeRow> notices{};         // what admins are told of it
  std::vector<AuditRow> audit{};            // acts that came to their end
};

/// Executor: the domain's. Every member fails with Errc::storage only.
class JobRepository {
 public:
  /// `database` must outlive it.
  explicit JobRepository(Database& database) : database_(database) {}

  [[nodiscard]] Database& database() { return database_; }

  /// Begins a run of the panel: a number above every earlier one.
  Awaitable<Result<std::int64_t>> begin_epoch();

  /// Stores a job with its items; ids of `job` are ignored. Returns its id.
  Awaitable<Result<JobId>> create(JobRow job);
  Awaitable<Result<void>> save(JobChange change);
  /// Every unfinished job, and of the finished ones the newest `limit`; oldest first.
  Awaitable<Result<std::vector<JobRow>>> load(std::size_t limit);

  Awaitable<Result<void>> save_wait(WaitRow wait);
  Awaitable<Result<void>> remove_wait(AccountId account, std::string method, ChatId chat);
  Awaitable<Result<void>> remove_waits_over(std::int64_t now_ms);
  /// Those that are not over. Changes nothing.
  Awaitable<Result<std::vector<WaitRow>>> load_waits(std::int64_t now_ms);

  /// The account that a rotation used last; 0: none yet.
  Awaitable<Result<AccountId>> rotation(std::string name);
  Awaitable<Result<void>> save_rotation(std::string name, AccountId last);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
