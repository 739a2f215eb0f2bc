#pragma once
// A backup becomes a data folder again.

#include "app/settings.hpp"
#include "backup/create.hpp"
#include "backup/quarantine.hpp"
#include "base/result.hpp"
#include "jobs/restored.hpp"
#include "storage/restored_rows.hpp"

#include <filesystem>
#include <string>

namespace tgpanel::app {

struct Restored {
  backup::Report report;
  jobs::RestoredJobs jobs;
  storage::RestoredRows rows;
};

/// Reads all of `file` first, then writes it into settings.data_dir, which has to be missing, empty
/// or left by a restore that did not end; settles what the older copy may have done since, and
/// leaves the folder quarantined unless `confirmed`. Blocks. exists: the folder has something in
/// it. busy: a process has it, or, if `confirmed`, the older copy still runs on this machine.
/// configuration: the key. storage, invalid, not_found: the file, the disk.
[[nodiscard]] Result<Restored> restore_backup(const Settings& settings,
                                              const std::filesystem::path& file, bool confirmed);

/// busy: the panel that the backup was taken from runs on this machine, from its old folder.
/// `key_check`: of the backup; `data_dir`: where it is, or is to be.
[[nodiscard]] Result<void> look_at_old_copy(const std::filesystem::path& data_dir,
                                            const backup::Quarantine& quarantine,
                                            const std::string& key_check);

}  // namespace tgpanel::app
