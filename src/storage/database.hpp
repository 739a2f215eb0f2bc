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
  /// Opens or creates the file (0600), checks it (quick_check) and migrates it; what an older
  /// version wrote is kept beside it as it was, <file>.before-v<its number of steps>. Fails with
  /// Errc::storage when it is damaged, on a full or read-only disk, or when its schema is newer; it
  /// is left as it is then.
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

  /// Runs `work` on the database thread, in no transaction, and resumes on the executor: for files,
  /// which may keep one waiting as the database does.
  template <class F>
  auto run_beside(F work) -> Awaitable<std::invoke_result_t<F&>> {
    auto value = std::make_shared<std::optional<std::invoke_result_t<F&>>>();
    std::function<void(SQLite::Database&)> task =
        [work = std::move(work), value](SQLite::Database&) mutable { value->emplace(work()); };
    co_await hand_over(std::move(task), false);
    co_return std::move(**value);
  }

 private:
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);

  Awaitable<Result<void>> transact(std::function<void(SQLite::Database&)> work) {
    return hand_over(std::move(work), true);
  }

  Awaitable<Result<void>> hand_over(std::function<void(SQLite::Database&)> work, bool transaction);

  std::unique_ptr<Impl> impl_;
};

}  // namespace tgpanel::storage
