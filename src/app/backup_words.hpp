#pragma once
// What the commands about backups say. Nothing of it names a secret.

#include "app/restore.hpp"
#include "app/settings.hpp"
#include "backup/create.hpp"
#include "backup/quarantine.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace tgpanel::app {

/// "<done>: made 2026-11-24 12:45 by version 0.1.0" and what is in it, in lines.
[[nodiscard]] std::string describe(std::string_view done, const backup::Report& report,
                                   const std::string& zone);
/// Which accounts are without a session.
[[nodiscard]] std::string describe_missing(const backup::Report& report);
/// What was done so that nothing happens twice, in lines.
[[nodiscard]] std::string describe(const Restored& restored);
/// What an admin has to do before the panel runs, in lines.
[[nodiscard]] std::string next_step(const std::filesystem::path& data_dir);

// Why a quarantined folder is refused, and the very command that helps.
[[nodiscard]] std::string unfinished(const std::filesystem::path& data_dir);
[[nodiscard]] std::string unconfirmed(const backup::Quarantine& quarantine,
                                      const Settings& settings);

}  // namespace tgpanel::app
