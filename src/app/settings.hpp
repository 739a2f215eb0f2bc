#pragma once
// Everything that users set (docs/operations.md, .env.example).

#include "base/ids.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "bot/bot.hpp"
#include "telegram/proxy.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tgpanel::app {

struct Settings {
  int api_id = 0;                                        // API_ID
  Secret api_hash;                                       // API_HASH
  Secret bot_token;                                      // BOT_TOKEN
  std::vector<UserId> admins;                            // ADMIN_ID, each once
  bot::Channel channel;                                  // CHANNEL_ID
  std::string report_check_bot;                          // REPORT_CHECK_BOT, no @; empty: none
  std::filesystem::path data_dir;                        // TGPANEL_DATA_DIR, absolute
  std::optional<std::filesystem::path> tdjson;           // TGPANEL_TDJSON
  std::optional<telegram::Proxy> proxy;                  // TGPANEL_PROXY
  bool test_dc = false;                                  // TGPANEL_TEST_DC
  std::optional<std::filesystem::path> key_file;         // TGPANEL_KEY_FILE
  std::optional<std::filesystem::path> passphrase_file;  // TGPANEL_PASSPHRASE_FILE
  std::string language;                                  // TGPANEL_LANG: "en" or "fa"
  std::string time_zone;                                 // TGPANEL_TZ; empty: the system's
  std::size_t messages_per_chat = 100;                   // TGPANEL_MESSAGES_PER_CHAT
  int pace_scale = 1;                                    // TGPANEL_PACE_SCALE
  std::string log_level;                                 // TGPANEL_LOG_LEVEL
  log::Format log_format = log::Format::automatic;       // TGPANEL_LOG_FORMAT

  std::optional<std::filesystem::path> credentials_dir;  // systemd's CREDENTIALS_DIRECTORY
  std::filesystem::path config_dir;  // $XDG_CONFIG_HOME/tgpanel; empty: there is no home
};

}  // namespace tgpanel::app
