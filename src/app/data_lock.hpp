#pragma once
// One process per data folder: two would destroy each other's sessions (AUTH_KEY_DUPLICATED).

#include "base/result.hpp"

#include <filesystem>

namespace tgpanel::app {

/// Held from acquire() until it goes away; the kernel lets go of it when the process ends, however
/// it ends.
class DataLock {
 public:
  /// Locks the file "lock" in `folder`, which exists. busy, at once, when another process holds it;
  /// the message says its pid. storage: the file cannot be opened.
  static Result<DataLock> acquire(const std::filesystem::path& folder);

  /// Another process, or another lock of this one, holds it now. Changes nothing.
  [[nodiscard]] static bool is_held(const std::filesystem::path& folder);

  DataLock(const DataLock&) = delete;
  DataLock& operator=(const DataLock&) = delete;
  DataLock(DataLock&& other) noexcept;
  DataLock& operator=(DataLock&& other) noexcept;
  ~DataLock();

 private:
  explicit DataLock(int fd) : fd_(fd) {}

  int fd_ = -1;
};

}  // namespace tgpanel::app
