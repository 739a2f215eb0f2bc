#include "storage/migrations.hpp"

#include "base/crash_point.hpp"
#include "base/time.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <string>

namespace tgpanel::storage {

namespace {

using Names = std::set<std::string, std::less<>>;

/// The steps that the file has; fails when one of them is none of `steps`.
Result<Names> applied_steps(SQLite::Database& db, std::span<const Migration> steps) {
  if (!db.tableExists("schema_migration")) {
    SQLite::Statement tables(db, "SELECT count(*) FROM sqlite_schema");
    tables.executeStep();
    if (tables.getColumn(0).getInt() != 0) {
      return fail(Errc::storage,
                  "the database belongs to another program: it has tables, but not ours");
    }
    db.exec(
        "CREATE TABLE schema_migration ("
        "  name TEXT PRIMARY KEY NOT NULL,"
        "  applied_at INTEGER NOT NULL"  // UTC milliseconds
        ") STRICT, WITHOUT ROWID");
  }
  Names names;
  SQLite::Statement query(db, "SELECT name FROM schema_migration");
  while (query.executeStep()) names.insert(query.getColumn(0).getString());
  for (const auto& name : names) {
    if (std::ranges::none_of(steps, [&](const Migration& step) { return step.name == name; })) {
      return fail(
          Errc::storage,
          fmt::format("the database was written by a newer version of this program (it has the "
                      "step {}); install that version, or restore a backup from before it",
                      name));
    }
  }
  return names;
}

void apply(SQLite::Database& db, const Migration& step) {
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  db.exec(std::string(step.sql));
  SQLite::Statement record(db, "INSERT INTO schema_migration (name, applied_at) VALUES (?, ?)");
  record.bind(1, std::string(step.name));
  record.bind(2, to_unix_ms(SystemClock{}.now()));
  record.exec();
  crash_step();
  transaction.commit();
  crash_step();
}

}  // namespace

Result<SchemaStanding> schema_standing(SQLite::Database& db, std::span<const Migration> steps) {
  const auto applied = applied_steps(db, steps);
  if (!applied) return std::unexpected(applied.error());
  return SchemaStanding{applied->size(), steps.size() - applied->size()};
}

Result<void> migrate(SQLite::Database& db, std::span<const Migration> steps) {
  auto applied = applied_steps(db, steps);
  if (!applied) return std::unexpected(applied.error());
  for (const auto& step : steps) {
    if (applied->contains(step.name)) continue;
    try {
      apply(db, step);
    } catch (const SQLite::Exception& e) {
      return fail(Errc::storage,
                  fmt::format("the database step {} failed: {}", step.name, e.what()));
    }
  }
  return {};
}

}  // namespace tgpanel::storage
