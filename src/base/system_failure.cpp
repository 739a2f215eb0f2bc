#include "base/system_failure.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <system_error>

namespace tgpanel {

std::unexpected<Error> system_failure(std::string_view what, const std::filesystem::path& path,
                                      int error) {
  const Errc code = error == ENOENT   ? Errc::not_found
                    : error == EEXIST ? Errc::exists
                                      : Errc::storage;
  return fail(code,
              fmt::format("{} {}: {}", what, path.string(), std::system_category().message(error)));
}

}  // namespace tgpanel
