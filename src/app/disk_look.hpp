#pragma once
// A look at the disk of the data folder. It waits for the disk.

#include "app/disk_rule.hpp"

#include <filesystem>

namespace tgpanel::app {

/// Asks how much is free, and tries to write: a small file in `folder` is written, synced and
/// removed. Any thread.
[[nodiscard]] DiskLook look_at_disk(const std::filesystem::path& folder);

}  // namespace tgpanel::app
