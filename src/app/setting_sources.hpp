#pragma once
// Reads all settings: flag over environment over .env over default; secrets have no flag, but
// NAME_FILE variants and systemd credentials.

#include "app/setting_table.hpp"
#include "app/settings.hpp"
#include "base/result.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tgpanel::app {

using Texts = std::map<std::string, std::string, std::less<>>;

struct SettingSources {
  Texts flags;        // by setting name; only those given
  Texts environment;  // of the process
  std::filesystem::path dotenv{".env"};
  bool dotenv_must_exist = false;  // it was named by --env-file
};

struct LoadedSettings {
  Settings settings;
  std::vector<std::string> warnings;  // whole sentences, to be logged
};

/// configuration: one message that names every setting that is missing, a placeholder or malformed,
/// what is wrong, and where to get it. `needed`: what the command cannot do without; a malformed
/// setting that it does not need is no problem for it.
Result<LoadedSettings> load_settings(const SettingSources& sources, Required needed);

/// The environment of this process.
[[nodiscard]] Texts process_environment();

}  // namespace tgpanel::app
