#pragma once
// A copy of the panel's database in memory: taken beside a running panel, or come from a backup.
// Nothing of it is written to a disk. Any thread; blocks.

#include "base/ids.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tgpanel::storage {

/// A folder below sessions/ that belongs to a row.
struct SessionRow {
  std::string folder;
  AccountId account = 0;   // 0: of a login that is not finished
  bool is_usable = false;  // the account's session had not ended
};

/// How much there is, for people.
struct CopyContents {
  std::map<std::string, std::int64_t> accounts;  // by state
  std::int64_t logins = 0;                       // not finished
  std::int64_t keywords = 0;
  std::int64_t ignored = 0;
  std::int64_t jobs = 0;
  std::int64_t jobs_not_over = 0;
  std::int64_t alerts = 0;
  std::int64_t alerts_waiting = 0;
  std::string schema;  // the newest step
};

class DatabaseCopy {
 public:
  /// As the file was at one instant, without holding up who writes to it. Needs memory of three
  /// times the file's size for a moment. not_found: there is none. storage: it is damaged, or
  /// cannot be read.
  static Result<DatabaseCopy> take(const std::filesystem::path& file);
  /// From bytes() of a copy. storage: they are no database.
  static Result<DatabaseCopy> of(std::string bytes);

  DatabaseCopy(const DatabaseCopy&) = delete;
  DatabaseCopy& operator=(const DatabaseCopy&) = delete;
  DatabaseCopy(DatabaseCopy&&) noexcept;
  DatabaseCopy& operator=(DatabaseCopy&&) noexcept;
  ~DatabaseCopy();

  /// What a file of this database holds.
  [[nodiscard]] const std::string& bytes() const;

  /// integrity_check and foreign_key_check. storage: the first thing that is wrong.
  [[nodiscard]] Result<void> check();
  /// storage: it is not the panel's database.
  [[nodiscard]] Result<std::vector<SessionRow>> sessions();
  [[nodiscard]] Result<CopyContents> contents();

 private:
  struct Impl;
  explicit DatabaseCopy(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace tgpanel::storage
