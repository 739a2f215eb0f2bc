#pragma once
// Where TDLib's library is, and what its checksum must be.

#include "base/result.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tgpanel::app {

struct LibraryPlace {
  std::filesystem::path file;
  std::string_view expected_sha256;  // empty: any file (the user named it)
};

/// ../lib/tgpanel/ beside the program, /usr/lib/tgpanel/, and where the build found it.
[[nodiscard]] std::vector<std::filesystem::path> default_library_places();

/// TGPANEL_TDJSON if set, else the first of `places` that exists. configuration: none does.
Result<LibraryPlace> find_library(const std::optional<std::filesystem::path>& setting,
                                  std::span<const std::filesystem::path> places);

}  // namespace tgpanel::app
