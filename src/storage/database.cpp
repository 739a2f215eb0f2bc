#include "storage/database.hpp"

#include "base/crash_point.hpp"
#include "base/new_file.hpp"
#include "storage/migrations.hpp"
#include "words/errors_common.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/thread_pool.hpp>
#include <fcntl.h>
#include <fmt/core.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace tgpanel::storage {

namespace {

constexpr int kBusyTimeoutMs = 5'000;  // a backup tool may hold the file for a moment

/// `message`, with paths, is for the log and the terminal; people read the phrase.
Error failure(std::string message, const Phrase& phrase) {
  return Error{Errc::storage, std::move(message), 0, phrase};
}

Error damaged(const std::string& file, std::string_view how) {
  return failure(
      fmt::format(
          "the database {} is damaged ({}); restore it from a backup, or move it away to start "
          "anew",
          file, how),
      words::storage_damaged);
}

Error in_words(const std::string& file, const SQLite::Exception& e) {
  switch (e.getErrorCode()) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return damaged(file, e.what());
    case SQLITE_FULL:
      return failure(fmt::format("the disk that holds {} is full; free some space", file),
                     words::storage_full);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return failure(
          fmt::format("the database {} cannot be written ({}); check the folder's owner and rights",
                      file, e.what()),
          words::storage_read_only);
    default:
      return failure(fmt::format("the database {} failed: {}", file, e.what()),
                     words::storage_failed);
  }
}

// SQLite would create the file with the umask's rights; its -wal and -shm files copy the rights of
// the file itself.
Result<void> create_private(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  const bool good = fd >= 0 && ::fchmod(fd, 0600) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (good) return {};
  return std::unexpected(failure(fmt::format("the database {} cannot be opened for writing ({})",
                                             file.string(), std::system_category().message(error)),
                                 words::storage_read_only));
}

void configure(SQLite::Database& db) {
  db.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
      "PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 8388608;"
      "PRAGMA cache_size = -512;");  // KiB; the system caches the file as well
}

/// As long as it is on, closing the file writes nothing into it: one that is refused stays as it
/// is.
void leave_untouched(SQLite::Database& db, bool on) {
  ::sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on ? 1 : 0, nullptr);
}

/// A copy of a file that an older version wrote, before it is upgraded: <file>.before-v<steps that
/// it has>. Nothing of it is overwritten before the copy is whole.
Result<void> keep_copy(SQLite::Database& db, const std::string& file) {
  const auto standing = schema_standing(db, migrations());
  if (!standing) {
    return fail(Errc::storage, fmt::format("{}: {}", file, standing.error().message));
  }
  if (standing->applied == 0 || standing->missing == 0) return {};
  const auto copy = fmt::format("{}.before-v{}", file, standing->applied);
  const auto fresh = copy + ".new";
  std::error_code ignored;
  std::filesystem::remove(fresh, ignored);
  SQLite::Statement write(db, "VACUUM INTO ?");
  write.bind(1, fresh);
  write.exec();
  auto whole = NewFile::adopt(fresh, copy);
  if (!whole) return std::unexpected(whole.error());
  if (auto placed = whole->publish(NewFile::Present::replaced); !placed) return placed;
  spdlog::info("the database is upgraded by {} steps; a copy from before is kept as {}",
               standing->missing, copy);
  return {};
}

Result<void> check(SQLite::Database& db, const std::string& file) {
  SQLite::Statement query(db, "PRAGMA quick_check(1)");
  query.executeStep();
  const std::string verdict = query.getColumn(0).getString();
  if (verdict == "ok") return {};
  return std::unexpected(damaged(file, verdict));
}

}  // namespace

struct Database::Impl {
  Impl(std::string path, Executor on)
      : file(std::move(path)),
        executor(std::move(on)),
        db(file, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, kBusyTimeoutMs) {}

  std::string file;
  Executor executor;
  SQLite::Database db;  // after open() touched by `thread` alone
  asio::thread_pool thread{1};
  std::string told;  // the failure that is in the log; empty after a success

  /// People read a failure without its path and code: the log has them, once until it changes.
  void log(const std::string& message) {
    if (message == told) return;
    spdlog::warn("{}", message);
    told = message;
  }

  Result<void> transact(const std::function<void(SQLite::Database&)>& work) {
    try {
      const int before = db.getTotalChanges();
      SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
      work(db);
      const bool wrote = db.getTotalChanges() != before;
      if (wrote) crash_step();
      transaction.commit();
      if (wrote) crash_step();
      told.clear();
      return {};
    } catch (const SQLite::Exception& e) {
      auto error = in_words(file, e);
      log(error.message);
      return std::unexpected(std::move(error));
    }
  }
};

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file,
                                                 Executor executor) {
  if (auto created = create_private(file); !created) return std::unexpected(created.error());
  try {
    auto impl = std::make_unique<Impl>(file.string(), std::move(executor));
    leave_untouched(impl->db, true);
    configure(impl->db);
    if (auto good = check(impl->db, impl->file); !good) return std::unexpected(good.error());
    if (auto kept = keep_copy(impl->db, impl->file); !kept) return std::unexpected(kept.error());
    if (auto current = migrate(impl->db, migrations()); !current) {
      return fail(Errc::storage, fmt::format("{}: {}", file.string(), current.error().message));
    }
    leave_untouched(impl->db, false);
    return std::unique_ptr<Database>(new Database(
        std::move(impl)));  // NOLINT(cppcoreguidelines-owning-memory): private constructor
  } catch (const SQLite::Exception& e) {
    return std::unexpected(in_words(file.string(), e));
  }
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Database::~Database() {
  impl_->thread.join();
}

Awaitable<Result<void>> Database::hand_over(std::function<void(SQLite::Database&)> work,
                                            bool transaction) {
  auto initiate = [this, transaction](auto handler, std::function<void(SQLite::Database&)> task) {
    // The guard keeps the loop alive while the only pending thing is on the database thread.
    auto guard = asio::make_work_guard(impl_->executor);
    asio::post(impl_->thread, [impl = impl_.get(), transaction, guard = std::move(guard),
                               handler = std::move(handler), task = std::move(task)]() mutable {
      Result<void> result;
      std::exception_ptr bug;  // anything but SQLite::Exception: rethrown where it was awaited
      try {
        if (transaction) {
          result = impl->transact(task);
        } else {
          task(impl->db);
        }
      } catch (...) {
        bug = std::current_exception();
      }
      task = nullptr;
      asio::post(guard.get_executor(), [handler = std::move(handler), bug = std::move(bug),
                                        result = std::move(result)]() mutable {
        std::move(handler)(std::move(bug), std::move(result));
      });
    });
  };
  co_return co_await asio::async_initiate<decltype(asio::use_awaitable),
                                          void(std::exception_ptr, Result<void>)>(
      std::move(initiate), asio::use_awaitable, std::move(work));
}

}  // namespace tgpanel::storage
