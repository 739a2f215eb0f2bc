#pragma once
// A data folder that came from a backup is quarantined: nothing of it is used at Telegram until
// the admin has said that the panel it was taken from is stopped. Telegram ends a session that it
// sees in two places at once.

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace tgpanel::backup {

/// In the data folder, while it lasts.
inline constexpr const char* kQuarantineFile = "quarantine";

enum class Stage : std::uint8_t {
  unfinished,   // a restore began and did not end: the folder is not whole
  unconfirmed,  // all is there; the admin has not said yet that the old panel is stopped
};

struct Quarantine {
  Stage stage = Stage::unfinished;
  Instant made{};                  // the backup
  std::filesystem::path data_dir;  // of the panel it was taken from, on its machine
};

/// Nothing: the folder may be used. storage: that it is quarantined cannot be read; it may not.
[[nodiscard]] Result<std::optional<Quarantine>> read_quarantine(
    const std::filesystem::path& folder);

/// On disk when it returns. storage.
[[nodiscard]] Result<void> write_quarantine(const std::filesystem::path& folder,
                                            const Quarantine& quarantine);
/// Ends it, on disk when it returns. storage.
[[nodiscard]] Result<void> end_quarantine(const std::filesystem::path& folder);

}  // namespace tgpanel::backup
