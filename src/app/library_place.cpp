#include "app/library_place.hpp"

#include "telegram/library.hpp"

#include <string>
#include <system_error>

namespace tgpanel::app {

namespace fs = std::filesystem;

std::vector<fs::path> default_library_places() {
  std::vector<fs::path> places;
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error);
  if (!error)
    places.push_back((program.parent_path() / "../lib/tgpanel/libtdjson.so").lexically_normal());
  places.emplace_back("/usr/lib/tgpanel/libtdjson.so");
  places.emplace_back(TGPANEL_BUILD_TDJSON);
  return places;
}

Result<LibraryPlace> find_library(const std::optional<fs::path>& setting,
                                  std::span<const fs::path> places) {
  if (setting) return LibraryPlace{*setting, {}};
  std::string looked;
  for (const auto& place : places) {
    std::error_code error;
    if (fs::is_regular_file(place, error))
      return LibraryPlace{place, telegram::kPinnedLibrarySha256};
    looked += "\n  " + place.string();
  }
  return fail(
      Errc::configuration,
      "TDLib's library is not there; install the package that holds it, or set TGPANEL_TDJSON to "
      "a libtdjson.so. Looked for:" +
          looked);
}

}  // namespace tgpanel::app
