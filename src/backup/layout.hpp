#pragma once
// What a backup holds, and where each of it belongs in a data folder.

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tgpanel::backup {

inline constexpr std::string_view kDatabaseName = "panel.db";
inline constexpr std::string_view kManifestName = "manifest.json";

/// The only names that there are: panel.db, manifest.json, sessions/<folder>/<session file>,
/// bot/<number>/key, bot/<number>/session/<session file>. No other name is written anywhere.
[[nodiscard]] bool is_member_name(std::string_view name);

/// The last member: all others with what they have to be.
struct Manifest {
  struct Entry {
    std::int64_t size = 0;
    std::string hash;  // BLAKE2b, hexadecimal digits
    friend bool operator==(const Entry&, const Entry&) = default;
  };

  std::string panel;  // the version that made it
  Instant made{};     // when the copy of the database was taken
  std::string data_dir;
  std::map<std::string, Entry> members;
};

[[nodiscard]] Manifest::Entry entry_of(std::string_view content);

[[nodiscard]] std::string to_json(const Manifest& manifest);
/// invalid: it is of a newer version. storage: it is no manifest.
[[nodiscard]] Result<Manifest> manifest_from_json(std::string_view json);

}  // namespace tgpanel::backup
