#pragma once
// The table of settings: name, flag, default, how each is read and where to get it.

#include "app/settings.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tgpanel::app {

/// Which commands cannot do without a setting.
enum class Required : std::uint8_t {
  never,
  to_log_in,  // run, account add
  to_run,     // run
};

struct SettingSpec {
  std::string_view name{};  // BOT_TOKEN
  std::string_view flag{};  // "--admin-id"; empty for secrets, which have none
  bool secret = false;      // its value is never shown; NAME_FILE and a credential are read
  Required required = Required::never;
  std::string_view default_value{};  // empty: none
  std::string_view summary{};        // for --help
  std::string_view where{};          // where to get it, a sentence; empty: no need
  /// Takes the value, or says what is wrong with it ("is not a number"), for secrets without it.
  std::optional<std::string> (*take)(std::string_view value, Settings& into) = nullptr;
};

/// All settings, in the order in which problems are told.
[[nodiscard]] std::span<const SettingSpec> setting_table();

/// "BOT_TOKEN" → "tgpanel-bot-token", the name of its systemd credential.
[[nodiscard]] std::string credential_name(std::string_view setting);

/// True for what examples and templates hold in the place of a value ("your_api_id", "<token>").
[[nodiscard]] bool is_placeholder(std::string_view value);

}  // namespace tgpanel::app
