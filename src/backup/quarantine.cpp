#include "backup/quarantine.hpp"

#include "base/files.hpp"
#include "base/system_failure.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace tgpanel::backup {

namespace fs = std::filesystem;

namespace {

constexpr const char* kUnfinished = "unfinished";
constexpr const char* kUnconfirmed = "unconfirmed";

}  // namespace

Result<std::optional<Quarantine>> read_quarantine(const fs::path& folder) {
  const auto content = read_file(folder / kQuarantineFile);
  if (!content && content.error().code == Errc::not_found) return std::nullopt;
  if (!content) return std::unexpected(content.error());
  try {
    const auto json = nlohmann::json::parse(*content);
    const auto stage = json.at("stage").get<std::string>();
    if (json.at("version") == 1 && (stage == kUnfinished || stage == kUnconfirmed)) {
      return Quarantine{.stage = stage == kUnfinished ? Stage::unfinished : Stage::unconfirmed,
                        .made = from_unix_ms(json.at("made_ms").get<std::int64_t>()),
                        .data_dir = json.at("data_dir").get<std::string>()};
    }
  } catch (const nlohmann::json::exception&) {  // NOLINT(bugprone-empty-catch): said below
  }
  return fail(Errc::storage, fmt::format("{} cannot be understood; restore the backup again into "
                                         "an empty folder",
                                         (folder / kQuarantineFile).string()));
}

Result<void> write_quarantine(const fs::path& folder, const Quarantine& quarantine) {
  const nlohmann::json json{
      {"version", 1},
      {"stage", quarantine.stage == Stage::unfinished ? kUnfinished : kUnconfirmed},
      {"made_ms", to_unix_ms(quarantine.made)},
      {"data_dir", quarantine.data_dir.string()}};
  return write_file_atomically(folder / kQuarantineFile, json.dump() + "\n");
}

Result<void> end_quarantine(const fs::path& folder) {
  const auto file = folder / kQuarantineFile;
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) {
    return system_failure("cannot remove", file, errno);
  }
  return sync_all(folder);
}

}  // namespace tgpanel::backup
