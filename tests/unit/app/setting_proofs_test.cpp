// No setting does nothing: docs/mission.md names the tests that see the effect of each.

#include "app/setting_table.hpp"
#include "panel/preferences.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::app {
namespace {

/// The rows of the table under "## Settings".
std::vector<std::string> rows() {
  std::ifstream page(TGPANEL_SOURCE_DIR "/docs/mission.md");
  std::vector<std::string> found;
  bool within = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) within = line == "## Settings";
    if (within && line.starts_with("| ")) found.push_back(line);
  }
  return found;
}

/// A row with that setting in its first column and a test in its second.
bool proven(const std::vector<std::string>& table, std::string_view setting) {
  const auto name = "`" + std::string(setting) + "`";
  for (const auto& row : table) {
    const auto tests = row.find(" | ");
    if (row.find(name) < tests) {
      return row.find("`unit.", tests) != std::string::npos ||
             row.find("`e2e.", tests) != std::string::npos;
    }
  }
  return false;
}

TEST(SettingProofs, EverySettingHasARowInTheMission) {
  const auto table = rows();
  for (const auto& spec : setting_table()) EXPECT_TRUE(proven(table, spec.name)) << spec.name;
  for (const auto& spec : panel::preference_table()) {
    EXPECT_TRUE(proven(table, spec.name)) << spec.name;
  }
  EXPECT_FALSE(proven(table, "TGPANEL_NOTHING"));
}

}  // namespace
}  // namespace tgpanel::app
