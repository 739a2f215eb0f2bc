#include "app/backup_commands.hpp"

#include "app/backup_words.hpp"
#include "app/data_lock.hpp"
#include "app/foundation.hpp"
#include "app/restore.hpp"
#include "backup/create.hpp"
#include "backup/quarantine.hpp"
#include "backup/reading.hpp"
#include "base/files.hpp"
#include "base/new_file.hpp"
#include "base/time.hpp"
#include "cli/exit_codes.hpp"
#include "cli/output.hpp"
#include "cli/refuse.hpp"
#include "storage/keyring.hpp"

#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <system_error>

namespace tgpanel::app {

namespace fs = std::filesystem;

namespace {

// A missing session is no damage: its account was deleted meanwhile, or its folder is gone.
int tell(std::string_view done, const backup::Report& report, const Settings& settings) {
  cli::write_out(describe(done, report, settings.time_zone));
  if (report.missing.empty()) return cli::printed(cli::kDone);
  fmt::print(stderr, "tgpanel: {}\n", describe_missing(report));
  return cli::printed(cli::kPartlyDone);
}

int create(const Settings& settings, const CommandLine& line) {
  std::error_code error;
  if (!fs::exists(database_file(settings), error)) {
    return cli::refuse({Errc::not_found,
                        fmt::format("there is nothing to back up: {} is no data folder of a panel",
                                    settings.data_dir.string())});
  }
  const auto keyring = open_keyring(settings);
  if (!keyring) return cli::refuse(keyring.error());
  const backup::Order order{
      .data_dir = settings.data_dir,
      .file = fs::absolute(line.file, error),
      .present = line.force ? NewFile::Present::replaced : NewFile::Present::kept,
      .version = TGPANEL_VERSION,
      .now = SystemClock{}.now()};
  const auto report = backup::create(order, *keyring);
  if (!report) return cli::refuse(report.error());
  return tell(fmt::format("backup {}", order.file.string()), *report, settings);
}

int verify(const Settings& settings, const fs::path& file) {
  auto sealed = backup::SealedReader::open(file);
  if (!sealed) return cli::refuse(sealed.error());
  const auto keyring = storage::Keyring::open_copy(key_sources(settings), sealed->key_check());
  if (!keyring) return cli::refuse(keyring.error());
  const auto nothing = [](const backup::Member&) -> Result<void> { return {}; };
  const auto report = backup::read_all(*sealed, *keyring, nothing);
  if (!report) return cli::refuse(report.error());
  return tell(fmt::format("backup {} is whole", file.string()), *report, settings);
}

int restore(const Settings& settings, const CommandLine& line) {
  const auto restored = restore_backup(settings, line.file, line.old_copy_is_stopped);
  if (!restored) return cli::refuse(restored.error());
  const auto code =
      tell(fmt::format("restored {}", settings.data_dir.string()), restored->report, settings);
  cli::write_out(describe(*restored));
  if (!line.old_copy_is_stopped) cli::write_out(next_step(settings.data_dir));
  return cli::printed(code);
}

int confirm(const Settings& settings) {
  std::error_code error;
  if (!fs::is_directory(settings.data_dir, error)) {
    return cli::refuse(
        {Errc::not_found, fmt::format("there is no folder {}", settings.data_dir.string())});
  }
  auto lock = DataLock::acquire(settings.data_dir);
  if (!lock) return cli::refuse(lock.error());
  const auto found = backup::read_quarantine(settings.data_dir);
  if (!found) return cli::refuse(found.error());
  if (!*found) {
    cli::print_out("{} waits for no confirmation.\n", settings.data_dir.string());
    return cli::printed(cli::kDone);
  }
  if ((*found)->stage == backup::Stage::unfinished) {
    fmt::print(stderr, "tgpanel: {}\n", unfinished(settings.data_dir));
    return cli::kQuarantined;
  }
  const auto key_check = read_file(settings.data_dir / storage::kKeyCheckFile);
  if (!key_check) return cli::refuse(key_check.error());
  if (const auto stopped = look_at_old_copy(settings.data_dir, **found, *key_check); !stopped)
    return cli::refuse(stopped.error());
  if (const auto ended = backup::end_quarantine(settings.data_dir); !ended)
    return cli::refuse(ended.error());
  cli::print_out("Confirmed. Start the panel with: tgpanel run\n");
  return cli::printed(cli::kDone);
}

}  // namespace

int run_backup_command(const Settings& settings, const CommandLine& line) {
  switch (line.command) {
    case Command::backup_create:
      return create(settings, line);
    case Command::backup_verify:
      return verify(settings, line.file);
    case Command::backup_restore:
      return restore(settings, line);
    default:
      return confirm(settings);
  }
}

std::optional<int> refuse_quarantined(const Settings& settings) {
  const auto found = backup::read_quarantine(settings.data_dir);
  if (found && !*found) return std::nullopt;
  if (!found) {
    fmt::print(stderr, "tgpanel: {}\n", found.error().message);
  } else if ((*found)->stage == backup::Stage::unfinished) {
    fmt::print(stderr, "tgpanel: {}\n", unfinished(settings.data_dir));
  } else {
    fmt::print(stderr, "tgpanel: {}\n", unconfirmed(**found, settings));
  }
  return cli::kQuarantined;
}

}  // namespace tgpanel::app
