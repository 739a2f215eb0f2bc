#pragma once
// Files and folders that only their owner may read.

#include "base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace tgpanel {

/// Sets the umask to 077: what the process creates is private. At start, before any thread.
void restrict_umask();

/// Makes the folder (and its parents) 0700 where it is missing; one that exists is set to 0700.
Result<void> make_private_folder(const std::filesystem::path& folder);

/// The whole file, at most `limit` bytes. not_found: there is none. invalid: longer than the limit
/// or no regular file.
Result<std::string> read_file(const std::filesystem::path& file,
                              std::size_t limit = std::size_t{1} << 20U);

/// Writes beside the file, syncs, renames over it and syncs the folder: after a crash there is the
/// old content or the new one. Rights: `mode` (0600).
Result<void> write_file_atomically(const std::filesystem::path& file, std::string_view content,
                                   unsigned mode = 0600);

/// As write_file_atomically, but exists when there is such a file already (also as a broken link).
Result<void> create_file(const std::filesystem::path& file, std::string_view content,
                         unsigned mode = 0600);

/// Everything that was written to the file system of this folder is on disk.
Result<void> sync_all(const std::filesystem::path& folder);

/// True when the group or others may read or write the file.
[[nodiscard]] bool open_to_others(const std::filesystem::path& file);

/// True when `path` (which need not exist yet) lies in `folder` once links are resolved.
[[nodiscard]] bool lies_within(const std::filesystem::path& path,
                               const std::filesystem::path& folder);

}  // namespace tgpanel
