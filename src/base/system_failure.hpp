#pragma once
// What the system refused, in words.

#include "base/result.hpp"

#include <expected>
#include <filesystem>
#include <string_view>

namespace tgpanel {

/// "<what> <path>: <the system's words>". `error`: of errno. not_found for ENOENT, exists for
/// EEXIST, else storage.
[[nodiscard]] std::unexpected<Error> system_failure(std::string_view what,
                                                    const std::filesystem::path& path, int error);

}  // namespace tgpanel
