#pragma once
// The panel's SQLite database: WAL, synchronous=FULL, foreign keys, numbered migrations. All work
// runs on one database thread, in order; results come back on the executor.

#include "base/async.hpp"
#include "base/result.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

namespace SQLite {
class Database;
}

namespace tgpanel::storage {

class Database {
 public:
  /// Opens or creates the file (0600), checks it (quick_check) and migrates it. Fails with
  /// Errc::storage when it is damaged, on a full or read-only disk, or when its schema is newer.
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file,
                                                Executor executor);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  /// Finishes the queued work, then closes the file.
  ~Database();

  /// Runs `work` on the database thread inside one transaction (BEGIN IMMEDIATE ... COMMIT) and
  /// resumes on the executor once it is on disk. `work` may throw SQLite::Exception: rolled back,
  /// Errc::storage. Takes `work` by value; it must own what it uses.
  template <class F>
  auto run(F work) -> Awaitable<Result<std::invoke_result_t<F&, SQLite::Database&>>> {
    using T = std::invoke_result_t<F&, SQLite::Database&>;
    if constexpr (std::is_void_v<T>) {
      std::function<void(SQLite::Database&)> task = std::move(work);
      co_return co_await transact(std::move(task));
    } else {
      auto value = std::make_shared<std::optional<T>>();
      std::function<void(SQLite::Database&)> task = [work = std::move(work),
                                                     value](SQLite::Database& db) mutable {
        value->emplace(work(db));
      };
      auto done = co_await transact(std::move(task));
      if (!done) co_return std::unexpected(done.error());
      co_return std::move(**value);
    }
  }

 private:
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  Awaitable<Result<void>> transact(std::function<void(SQLite::Database&)> work);

  std::unique_ptr<Impl> impl_;
};

}  // namespace tgpanel::storage
