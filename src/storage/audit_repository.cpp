#include "storage/audit_repository.hpp"

#include "storage/database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <utility>

namespace tgpanel::storage {

void write_audit(SQLite::Database& db, const std::vector<AuditRow>& rows) {
  SQLite::Statement insert(db,
                           "INSERT INTO audit (at_ms, admin_id, job_id, account_id, account_name,"
                           " action, target, outcome, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& row : rows) {
    insert.bind(1, row.at_ms);
    insert.bind(2, row.admin_id);
    insert.bind(3, row.job_id);
    insert.bind(4, row.account_id);
    insert.bind(5, row.account_name);
    insert.bind(6, row.action);
    insert.bind(7, row.target);
    insert.bind(8, row.outcome);
    insert.bind(9, row.reason);
    insert.exec();
    insert.reset();
  }
}

namespace {

constexpr const char* kAuditColumns =
    "SELECT at_ms, admin_id, job_id, account_id, account_name, action, target, outcome, reason "
    "FROM audit ";

std::vector<AuditRow> read(SQLite::Statement& rows) {
  std::vector<AuditRow> all;
  while (rows.executeStep()) {
    all.push_back({.at_ms = rows.getColumn(0).getInt64(),
                   .admin_id = rows.getColumn(1).getInt64(),
                   .job_id = rows.getColumn(2).getInt64(),
                   .account_id = rows.getColumn(3).getInt64(),
                   .account_name = rows.getColumn(4).getString(),
                   .action = rows.getColumn(5).getString(),
                   .target = rows.getColumn(6).getString(),
                   .outcome = rows.getColumn(7).getString(),
                   .reason = rows.getColumn(8).getString()});
  }
  return all;
}

}  // namespace

Awaitable<Result<std::vector<AuditRow>>> AuditRepository::since(std::int64_t since_ms) {
  auto work = [since_ms](SQLite::Database& db) {
    SQLite::Statement rows(db, std::string(kAuditColumns) + "WHERE at_ms >= ? ORDER BY id");
    rows.bind(1, since_ms);
    return read(rows);
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<AuditRow>>> AuditRepository::newest(std::size_t most) {
  auto work = [most](SQLite::Database& db) {
    SQLite::Statement rows(db, std::string(kAuditColumns) + "ORDER BY id DESC LIMIT ?");
    rows.bind(1, static_cast<std::int64_t>(most));
    auto all = read(rows);
    std::ranges::reverse(all);
    return all;
  };
  co_return co_await database_.run(std::move(work));
}

}  // namespace tgpanel::storage
