// What the sources of the data centre promise about themselves.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace testdc {
namespace {

std::vector<std::filesystem::path> sources(const std::string& folder) {
  // The project is where the schema's packages are: __FILE__ is relative under ccache.
  std::filesystem::path project = TGPANEL_SCHEMA_DIR;
  while (project != project.root_path() && !exists(project / "testdc/data_centre.hpp")) {
    project = project.parent_path();
  }
  const auto root = project / "testdc" / folder;
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (extension == ".cpp" || extension == ".hpp") out.push_back(entry.path());
  }
  return out;
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(SourceText, NoConstructorIsWrittenDownTwice) {
  const std::regex id(R"(std::uint32_t \w+ = 0x([0-9a-fA-F]{8});)");
  std::map<std::string, std::vector<std::string>> places;
  for (const auto& file : sources("")) {
    for (const auto& line : lines_of(file)) {
      std::smatch found;
      if (std::regex_search(line, found, id)) places[found[1]].push_back(file.filename());
    }
  }
  EXPECT_GE(places.size(), 7U);
  for (const auto& [value, files] : places) {
    EXPECT_EQ(files, std::vector<std::string>{"fixed_ids.hpp"}) << value;
  }
}

// The comment right above a refusal names the page of Telegram's that has it.
TEST(SourceText, WhatIsNotModifiedNamesItsPage) {
  const std::regex page(R"(core\.telegram\.org/method/\S+: MESSAGE_NOT_MODIFIED)");
  std::set<std::string> files;
  for (const auto& file : sources("world")) {
    std::string comment;
    for (const auto& line : lines_of(file)) {
      const auto text = line.find_first_not_of(' ');
      if (text != std::string::npos && line.compare(text, 2, "//") == 0) {
        comment += line.substr(text);
        continue;
      }
      if (line.find("\"MESSAGE_NOT_MODIFIED\"") != std::string::npos) {
        EXPECT_TRUE(std::regex_search(comment, page)) << file << ": " << line;
        files.insert(file.filename());
      }
      comment.clear();
    }
  }
  EXPECT_EQ(files, (std::set<std::string>{"edits.cpp", "reactions.cpp"}));
}

}  // namespace
}  // namespace testdc
