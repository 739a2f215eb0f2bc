#pragma once
// Waits for what happens in a folder, by the kernel's word.

#include <chrono>
#include <cstddef>
#include <filesystem>

namespace support {

/// Entries of a folder; 0 when it is not there.
std::size_t entries(const std::filesystem::path& folder);

/// Waits until the folder, which exists, has so many entries. Throws std::runtime_error after the
/// deadline.
void wait_entries(const std::filesystem::path& folder, std::size_t count,
                  std::chrono::milliseconds deadline = std::chrono::seconds(20));

}  // namespace support
