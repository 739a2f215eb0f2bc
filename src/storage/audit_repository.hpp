#pragma once
// Table audit (migrations/040_contact_limits.sql): what accounts did, for whom, and what came of
// it.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace tgpanel::storage {

class Database;

struct AuditRow {
  std::int64_t at_ms = 0;  // Unix
  UserId admin_id = 0;     // who started the job
  JobId job_id = 0;
  AccountId account_id = 0;
  std::string account_name;
  std::string action;  // jobs::to_string(ActionKind)
  std::string target;
  std::string outcome;  // jobs::to_string(ItemState)
  std::string reason;
};

/// Part of a transaction of JobRepository::save.
void write_audit(SQLite::Database& db, const std::vector<AuditRow>& rows);

/// Executor: the domain's.
class AuditRepository {
 public:
  /// `database` must outlive it.
  explicit AuditRepository(Database& database) : database_(database) {}

  /// What was written at or after `since_ms`, the oldest first. storage.
  Awaitable<Result<std::vector<AuditRow>>> since(std::int64_t since_ms);
  /// The newest, at most `most`, the oldest of them first. storage.
  Awaitable<Result<std::vector<AuditRow>>> newest(std::size_t most);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
