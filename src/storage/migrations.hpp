#pragma once
// The schema as numbered steps: src/storage/migrations/NNN_name.sql, embedded at build.

#include "base/result.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace SQLite {
class Database;
}

namespace tgpanel::storage {

struct Migration {
  std::string_view name;  // the file's name, "010_monitor.sql"
  std::string_view sql;   // one or more statements, without BEGIN and COMMIT
};

/// The embedded steps, ordered by name.
[[nodiscard]] std::span<const Migration> migrations();

/// Of a file's schema: how many steps it has, and how many of `steps` it has not.
struct SchemaStanding {
  std::size_t applied = 0;
  std::size_t missing = 0;
};

/// Fails as migrate() does before it applies anything.
Result<SchemaStanding> schema_standing(SQLite::Database& db, std::span<const Migration> steps);

/// Applies the steps that table schema_migration does not list yet, each in a transaction of its
/// own. Fails with Errc::storage when the table lists a step that is not in `steps` (a newer
/// program wrote the file), when the file is another program's, or when a step fails (that step is
/// rolled back). Throws SQLite::Exception when the file cannot be read or written.
Result<void> migrate(SQLite::Database& db, std::span<const Migration> steps);

}  // namespace tgpanel::storage
