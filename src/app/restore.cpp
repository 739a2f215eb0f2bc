#include "app/restore.hpp"

#include "app/data_lock.hpp"
#include "app/foundation.hpp"
#include "app/run_work.hpp"
#include "backup/reading.hpp"
#include "base/crash_point.hpp"
#include "base/files.hpp"
#include "storage/database.hpp"
#include "storage/job_repository.hpp"
#include "storage/keyring.hpp"

#include <boost/asio/io_context.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace tgpanel::app {

namespace fs = std::filesystem;

namespace {

// The lock, and what a fresh file system has.
constexpr std::array<std::string_view, 2> kNothing{"lock", "lost+found"};

bool is_nothing(const fs::path& entry) {
  return std::ranges::find(kNothing, entry.filename().string()) != kNothing.end();
}

// Empties a folder that a restore left unfinished; everything in it came from a backup.
Result<void> make_room(const fs::path& folder) {
  const auto quarantine = backup::read_quarantine(folder);
  if (!quarantine) return std::unexpected(quarantine.error());
  const bool ours = *quarantine && (*quarantine)->stage == backup::Stage::unfinished;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (is_nothing(entry.path())) continue;
    if (!ours) {
      return fail(Errc::exists, fmt::format("{} is not empty; a backup is restored into a new or "
                                            "an empty folder. Nothing was changed",
                                            folder.string()));
    }
  }
  if (error) return fail(Errc::storage, fmt::format("{}: {}", folder.string(), error.message()));
  if (!ours) return {};
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    // Its mark stays: a crash here leaves it marked.
    const bool is_mark = entry.path().filename() == backup::kQuarantineFile;
    if (!is_nothing(entry.path()) && !is_mark) entries.push_back(entry.path());
  }
  for (const auto& entry : entries) {
    if (!error) fs::remove_all(entry, error);
  }
  if (error) return fail(Errc::storage, fmt::format("{}: {}", folder.string(), error.message()));
  return {};
}

Result<backup::Report> read(const Settings& settings, const fs::path& file,
                            const backup::Take& take, std::string& key_check) {
  auto sealed = backup::SealedReader::open(file);
  if (!sealed) return std::unexpected(sealed.error());
  key_check = sealed->key_check();
  const auto keyring = storage::Keyring::open_copy(key_sources(settings), key_check);
  if (!keyring) return std::unexpected(keyring.error());
  return backup::read_all(*sealed, *keyring, take);
}

Awaitable<Result<Restored>> settle_rows(storage::Database* database) {
  Restored restored;
  auto rows = co_await storage::settle_restored(database);
  if (!rows) co_return std::unexpected(rows.error());
  restored.rows = *rows;
  storage::JobRepository repository(*database);
  const auto now = SystemClock{}.now();
  auto jobs = co_await jobs::settle_restored(&repository, now);
  if (!jobs) co_return std::unexpected(jobs.error());
  restored.jobs = *jobs;
  co_return restored;
}

Result<Restored> settle(const Settings& settings) {
  asio::io_context io(1);
  auto database = storage::Database::open(database_file(settings), io.get_executor());
  if (!database) return std::unexpected(database.error());
  return run_work(io, settle_rows(database->get()));
}

}  // namespace

Result<Restored> restore_backup(const Settings& settings, const fs::path& file, bool confirmed) {
  const auto& folder = settings.data_dir;
  std::string key_check;
  // Once without writing: a damaged file or a wrong key leaves nothing behind.
  const auto nothing = [](const backup::Member&) -> Result<void> { return {}; };
  auto report = read(settings, file, nothing, key_check);
  if (!report) return std::unexpected(report.error());
  backup::Quarantine quarantine{.stage = backup::Stage::unfinished,
                                .made = report->manifest.made,
                                .data_dir = report->manifest.data_dir};

  if (confirmed) {
    if (auto stopped = look_at_old_copy(folder, quarantine, key_check); !stopped) {
      return std::unexpected(stopped.error());
    }
  }

  if (auto made = make_private_folder(folder); !made) return std::unexpected(made.error());
  auto lock = DataLock::acquire(folder);
  if (!lock) return std::unexpected(lock.error());
  if (auto room = make_room(folder); !room) return std::unexpected(room.error());
  if (auto marked = backup::write_quarantine(folder, quarantine); !marked) {
    return std::unexpected(marked.error());
  }
  const auto write = [&folder](const backup::Member& member) -> Result<void> {
    const auto place = folder / member.name;
    if (auto made = make_private_folder(place.parent_path()); !made) return made;
    auto created = create_file(place, member.content);
    crash_point("restore.member");
    return created;
  };
  if (auto again = read(settings, file, write, key_check); !again) {
    return std::unexpected(again.error());
  }
  if (auto stored = create_file(folder / storage::kKeyCheckFile, key_check); !stored) {
    return std::unexpected(stored.error());
  }
  crash_point("restore.written");
  auto restored = settle(settings);
  if (!restored) return restored;
  restored->report = std::move(*report);
  crash_point("restore.settled");
  if (auto synced = sync_all(folder); !synced) return std::unexpected(synced.error());

  quarantine.stage = backup::Stage::unconfirmed;
  if (auto marked = backup::write_quarantine(folder, quarantine); !marked) {
    return std::unexpected(marked.error());
  }
  if (!confirmed) return restored;
  if (auto ended = backup::end_quarantine(folder); !ended) return std::unexpected(ended.error());
  return restored;
}

Result<void> look_at_old_copy(const fs::path& data_dir, const backup::Quarantine& quarantine,
                              const std::string& key_check) {
  std::error_code error;
  const auto& old = quarantine.data_dir;
  if (fs::equivalent(old, data_dir, error)) return {};
  // The same place on another machine may be another panel's: this proof is one panel's alone.
  const auto theirs = read_file(old / storage::kKeyCheckFile);
  if (!theirs || *theirs != key_check || !DataLock::is_held(old)) return {};
  return fail(Errc::busy,
              fmt::format("the panel that the backup was taken from still runs on this machine, in "
                          "{}; stop it first, and see to it that it never starts again",
                          old.string()));
}

}  // namespace tgpanel::app
