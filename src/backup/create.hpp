#pragma once
// Makes a backup of a data folder, beside a panel that has it open or not.
//
// First the database is copied as of one instant, then the sessions that this copy names: what is
// added meanwhile is not in the copy, and what is deleted meanwhile is reported as missing. So the
// result is what a crash at that instant would have left.

#include "backup/layout.hpp"
#include "base/ids.hpp"
#include "base/new_file.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "storage/database_copy.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tgpanel::storage {
class Keyring;
}

namespace tgpanel::backup {

struct Order {
  std::filesystem::path data_dir;
  std::filesystem::path file;  // the backup
  NewFile::Present present = NewFile::Present::kept;
  std::string version;  // the program's
  Instant now{};
};

/// What is in a backup.
struct Report {
  Manifest manifest;
  storage::CopyContents contents;
  std::size_t sessions = 0;          // of accounts and logins that are there
  std::size_t bots = 0;              // sessions of bots
  std::vector<AccountId> missing{};  // accounts in use without a session
  std::int64_t bytes = 0;            // of all members
};

/// Writes the file (0600), which is there only once it is complete. Blocks. exists: there is such a
/// file. not_found: there is no data folder. storage: the disk or the database. `keyring`: of that
/// data folder.
[[nodiscard]] Result<Report> create(const Order& order, const storage::Keyring& keyring);

}  // namespace tgpanel::backup
