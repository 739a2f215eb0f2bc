#include "app/keyword_commands.hpp"

#include "app/data_lock.hpp"
#include "app/foundation.hpp"
#include "app/run_work.hpp"
#include "base/files.hpp"
#include "cli/keyword.hpp"
#include "cli/refuse.hpp"
#include "storage/database.hpp"
#include "storage/keyword_repository.hpp"

#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace tgpanel::app {

namespace {

Awaitable<int> carry_out(storage::KeywordRepository* rows, CommandLine line) {
  switch (line.command) {
    case Command::keyword_add:
      return cli::run_keyword_add(rows, std::move(line.rules));
    case Command::keyword_remove:
      return cli::run_keyword_remove(rows, std::move(line.keywords));
    case Command::keyword_import:
      return cli::run_keyword_import(rows, std::move(line.file));
    case Command::keyword_export:
      return cli::run_keyword_export(rows, std::move(line.file));
    default:
      return cli::run_keyword_list(rows, line.json);
  }
}

}  // namespace

int run_keyword_command(const Settings& settings, const CommandLine& line) {
  const bool adds = line.command == Command::keyword_add || line.command == Command::keyword_import;
  const bool reads =
      line.command == Command::keyword_list || line.command == Command::keyword_export;
  asio::io_context io(1);
  std::error_code error;
  const bool is_there = std::filesystem::exists(database_file(settings), error);
  if (!is_there && !adds) return run_work(io, carry_out(nullptr, line));
  if (auto made = make_private_folder(settings.data_dir); !made) return cli::refuse(made.error());
  std::optional<DataLock> lock;
  if (!reads) {
    auto acquired = DataLock::acquire(settings.data_dir);
    if (!acquired) return cli::refuse(acquired.error());
    lock.emplace(std::move(*acquired));
  }
  if (!is_there) {
    // A database without its key looks like sessions whose key was lost.
    if (auto keyring = open_keyring(settings); !keyring) return cli::refuse(keyring.error());
  }
  auto database = storage::Database::open(database_file(settings), io.get_executor());
  if (!database) return cli::refuse(database.error());
  storage::KeywordRepository rows(**database);
  return run_work(io, carry_out(&rows, line));
}

}  // namespace tgpanel::app
