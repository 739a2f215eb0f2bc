// An update that nobody reads is dropped before it is built: what is let through has a reader.

#include "telegram/wanted_updates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace tgpanel::telegram {
namespace {

/// The update types that the sources name as strings, outside of the table.
std::set<std::string> named_in_sources() {
  const std::filesystem::path sources = std::filesystem::path(TGPANEL_SOURCE_DIR) / "src";
  const std::regex name("\"(update[A-Z][A-Za-z]*)\"");
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sources)) {
    const auto ending = entry.path().extension();
    if (ending != ".cpp" && ending != ".hpp") continue;
    if (entry.path().filename() == "wanted_updates.hpp") continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (std::sregex_iterator found(text.begin(), text.end(), name), end; found != end; ++found) {
      names.insert((*found)[1]);
    }
  }
  return names;
}

TEST(WantedUpdates, AreThoseThatTheSourcesName) {
  const std::set<std::string> wanted(kWantedUpdates.begin(), kWantedUpdates.end());
  EXPECT_THAT(named_in_sources(), testing::ContainerEq(wanted));
}

}  // namespace
}  // namespace tgpanel::telegram
