#include "backup/layout.hpp"

#include "base/crypto.hpp"
#include "telegram/session_files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace tgpanel::backup {

namespace {

constexpr int kVersion = 1;

// One folder's name, or one of ours: never "..", never empty.
bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  });
}

bool is_session_file(std::string_view name) {
  const auto names = telegram::session_file_names();
  return std::ranges::find(names, name) != names.end();
}

std::vector<std::string_view> parts_of(std::string_view name) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto slash = name.find('/');
    parts.push_back(name.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    name.remove_prefix(slash + 1);
  }
}

}  // namespace

bool is_member_name(std::string_view name) {
  if (name == kDatabaseName || name == kManifestName) return true;
  const auto parts = parts_of(name);
  if (parts.size() == 3 && parts[0] == "sessions") {
    return is_word(parts[1]) && is_session_file(parts[2]);
  }
  if (parts.size() < 3 || parts[0] != "bot" || !is_word(parts[1])) return false;
  if (parts.size() == 3) return parts[2] == "key";
  return parts.size() == 4 && parts[2] == "session" && is_session_file(parts[3]);
}

Manifest::Entry entry_of(std::string_view content) {
  return {.size = static_cast<std::int64_t>(content.size()),
          .hash = crypto::to_hex(crypto::hash(content))};
}

std::string to_json(const Manifest& manifest) {
  nlohmann::json members = nlohmann::json::object();
  for (const auto& [name, entry] : manifest.members) {
    members[name] = {{"size", entry.size}, {"blake2b", entry.hash}};
  }
  const nlohmann::json json{{"version", kVersion},
                            {"panel", manifest.panel},
                            {"made_ms", to_unix_ms(manifest.made)},
                            {"data_dir", manifest.data_dir},
                            {"members", std::move(members)}};
  return json.dump(1) + "\n";
}

Result<Manifest> manifest_from_json(std::string_view text) {
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("version").get<int>() != kVersion) {
      return fail(Errc::invalid, "the backup was made by a newer version of this program");
    }
    Manifest manifest;
    manifest.panel = json.at("panel").get<std::string>();
    manifest.made = from_unix_ms(json.at("made_ms").get<std::int64_t>());
    manifest.data_dir = json.at("data_dir").get<std::string>();
    for (const auto& [name, entry] : json.at("members").items()) {
      manifest.members[name] = {.size = entry.at("size").get<std::int64_t>(),
                                .hash = entry.at("blake2b").get<std::string>()};
    }
    return manifest;
  } catch (const nlohmann::json::exception&) {
    return fail(Errc::storage, "the backup's list of what is in it cannot be read");
  }
}

}  // namespace tgpanel::backup
