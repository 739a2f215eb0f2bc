#include "storage/preference_repository.hpp"

#include "storage/audit_repository.hpp"
#include "storage/database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>

namespace tgpanel::storage {

Awaitable<Result<std::vector<PreferenceRow>>> PreferenceRepository::all() {
  auto work = [](SQLite::Database& db) {
    std::vector<PreferenceRow> rows;
    SQLite::Statement query(db, "SELECT scope, name, value FROM preference");
    while (query.executeStep()) {
      rows.push_back({.scope = query.getColumn(0).getInt64(),
                      .name = query.getColumn(1).getString(),
                      .value = query.getColumn(2).getInt64()});
    }
    return rows;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> PreferenceRepository::save(PreferenceChange change) {
  auto work = [change = std::move(change)](SQLite::Database& db) {
    if (change.value) {
      SQLite::Statement upsert(db,
                               "INSERT INTO preference (scope, name, value, changed_by, changed_ms)"
                               " VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope, name) DO UPDATE SET"
                               " value = excluded.value, changed_by = excluded.changed_by,"
                               " changed_ms = excluded.changed_ms");
      upsert.bind(1, change.scope);
      upsert.bind(2, change.name);
      upsert.bind(3, *change.value);
      upsert.bind(4, change.changed_by);
      upsert.bind(5, change.changed_ms);
      upsert.exec();
    } else {
      SQLite::Statement remove(db, "DELETE FROM preference WHERE scope = ? AND name = ?");
      remove.bind(1, change.scope);
      remove.bind(2, change.name);
      remove.exec();
    }
    if (change.audit.empty()) return;
    write_audit(db, {{.at_ms = change.changed_ms,
                      .admin_id = change.changed_by,
                      .job_id = 0,
                      .account_id = 0,
                      .account_name = {},
                      .action = "setting",
                      .target = change.name,
                      .outcome = "done",
                      .reason = change.audit}});
  };
  co_return co_await database_.run(std::move(work));
}

}  // namespace tgpanel::storage
