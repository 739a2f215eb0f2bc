#include "storage/database_copy.hpp"

#include "base/random.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/core.h>
#include <sqlite3.h>

#include <system_error>
#include <utility>

namespace tgpanel::storage {

namespace {

constexpr int kCopyTimeoutMs = 5'000;
constexpr sqlite3_int64 kLargest = sqlite3_int64{1} << 40U;  // instead of 1 GiB

// Runs what throws SQLite::Exception; `what` begins the sentence.
template <class F>
auto guarded(const std::string& what, F work) -> Result<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (const SQLite::Exception& e) {
    return fail(Errc::storage, fmt::format("{}: {}", what, e.what()));
  }
}

std::string serialized(SQLite::Database& db) {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(db.getHandle(), "main", &size, 0), &sqlite3_free);
  if (!bytes) throw SQLite::Exception("too little memory for a copy", SQLITE_NOMEM);
  return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

std::int64_t number(SQLite::Database& db, const char* query) {
  return db.execAndGet(query).getInt64();
}

}  // namespace

struct DatabaseCopy::Impl {
  std::string bytes;
  SQLite::Database db{":memory:", SQLite::OPEN_READWRITE};
};

DatabaseCopy::DatabaseCopy(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

DatabaseCopy::DatabaseCopy(DatabaseCopy&&) noexcept = default;
DatabaseCopy& DatabaseCopy::operator=(DatabaseCopy&&) noexcept = default;
DatabaseCopy::~DatabaseCopy() = default;

Result<DatabaseCopy> DatabaseCopy::take(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    return fail(Errc::not_found, fmt::format("there is no database {}", file.string()));
  }
  // Before SQLite's first call in this process; after it, refused without harm.
  sqlite3_config(SQLITE_CONFIG_MEMDB_MAXSIZE, kLargest);
  auto bytes = guarded(fmt::format("the database {} cannot be copied", file.string()), [&] {
    // Reads as of one instant in WAL mode, while others write; leaves out what was erased. A name
    // that begins with '/' is the same memory for both connections.
    const auto memory = fmt::format("file:/copy-{}?vfs=memdb", random_hex(8));
    SQLite::Database copy(memory, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_URI);
    SQLite::Database source(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_URI,
                            kCopyTimeoutMs);
    SQLite::Statement vacuum(source, "VACUUM INTO ?");
    vacuum.bind(1, memory);
    vacuum.exec();
    return serialized(copy);
  });
  if (!bytes) return std::unexpected(bytes.error());
  return of(std::move(*bytes));
}

Result<DatabaseCopy> DatabaseCopy::of(std::string bytes) {
  auto impl = std::make_unique<Impl>();
  impl->bytes = std::move(bytes);
  auto opened = guarded("this is no database", [&impl] {
    const auto size = static_cast<sqlite3_int64>(impl->bytes.size());
    const int code = sqlite3_deserialize(impl->db.getHandle(), "main",
                                         reinterpret_cast<unsigned char*>(impl->bytes.data()), size,
                                         size, SQLITE_DESERIALIZE_READONLY);
    if (code != SQLITE_OK) throw SQLite::Exception(impl->db.getHandle(), code);
    number(impl->db, "SELECT count(*) FROM sqlite_schema");
  });
  if (!opened) return std::unexpected(opened.error());
  return DatabaseCopy(std::move(impl));
}

const std::string& DatabaseCopy::bytes() const {
  return impl_->bytes;
}

Result<void> DatabaseCopy::check() {
  const std::string what = "the copy of the database is damaged";
  return guarded(what, [&] {
    const auto verdict = impl_->db.execAndGet("PRAGMA integrity_check(1)").getString();
    if (verdict != "ok") throw SQLite::Exception(verdict, SQLITE_CORRUPT);
    SQLite::Statement broken(impl_->db, "PRAGMA foreign_key_check");
    if (broken.executeStep()) {
      throw SQLite::Exception("a row of " + broken.getColumn(0).getString() + " belongs to nothing",
                              SQLITE_CORRUPT);
    }
  });
}

Result<std::vector<SessionRow>> DatabaseCopy::sessions() {
  return guarded("the copy is not the panel's database", [this] {
    std::vector<SessionRow> rows;
    SQLite::Statement query(impl_->db,
                            "SELECT folder, id, state IN ('active', 'disabled')"
                            " FROM account UNION ALL SELECT folder, 0, 0 FROM login");
    while (query.executeStep()) {
      rows.push_back({.folder = query.getColumn(0).getString(),
                      .account = query.getColumn(1).getInt64(),
                      .is_usable = query.getColumn(2).getInt() != 0});
    }
    return rows;
  });
}

Result<CopyContents> DatabaseCopy::contents() {
  return guarded("the copy is not the panel's database", [this] {
    auto& db = impl_->db;
    CopyContents all;
    SQLite::Statement states(db, "SELECT state, count(*) FROM account GROUP BY state");
    while (states.executeStep()) {
      all.accounts[states.getColumn(0).getString()] = states.getColumn(1).getInt64();
    }
    all.logins = number(db, "SELECT count(*) FROM login");
    all.keywords = number(db, "SELECT count(*) FROM keyword");
    all.ignored = number(db, "SELECT count(*) FROM ignored");
    all.jobs = number(db, "SELECT count(*) FROM job");
    all.jobs_not_over = number(db, "SELECT count(*) FROM job WHERE finished_ms = 0");
    all.alerts = number(db, "SELECT count(*) FROM alert");
    all.alerts_waiting =
        number(db, "SELECT count(*) FROM alert WHERE state IN ('pending', 'sending')");
    all.schema = db.execAndGet("SELECT max(name) FROM schema_migration").getString();
    return all;
  });
}

}  // namespace tgpanel::storage
