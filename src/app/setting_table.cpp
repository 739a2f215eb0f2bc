#include "app/setting_table.hpp"

#include "app/setting_values.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace tgpanel::app {

namespace {

constexpr std::string_view kFromApps =
    "Get it at https://my.telegram.org/apps (log in with any account, fill in the form once).";
constexpr std::string_view kFromBotFather =
    "Get it from @BotFather in Telegram: /newbot, or /token for an old bot.";
constexpr std::string_view kFromUserInfo =
    "Your own number: write to @userinfobot in Telegram; several are separated by commas.";
constexpr std::string_view kFromChannel =
    "Forward a post of the channel to @userinfobot to see its id; make the bot an administrator of "
    "it.";

constexpr std::array kTable{
    SettingSpec{.name = "API_ID",
                .flag = "--api-id",
                .required = Required::to_log_in,
                .summary = "Telegram's number for this application",
                .where = kFromApps,
                .take = take_api_id},
    SettingSpec{.name = "API_HASH",
                .secret = true,
                .required = Required::to_log_in,
                .summary = "Telegram's password for this application",
                .where = kFromApps,
                .take = take_api_hash},
    SettingSpec{.name = "BOT_TOKEN",
                .secret = true,
                .required = Required::to_run,
                .summary = "The token of the bot that admins talk to",
                .where = kFromBotFather,
                .take = take_bot_token},
    SettingSpec{.name = "ADMIN_ID",
                .flag = "--admin-id",
                .required = Required::to_run,
                .summary = "Who may use the bot: numbers of accounts, separated by commas",
                .where = kFromUserInfo,
                .take = take_admins},
    SettingSpec{.name = "CHANNEL_ID",
                .flag = "--channel-id",
                .required = Required::to_run,
                .summary = "Where alerts go: an id (-100...), a @name, or none",
                .where = kFromChannel,
                .take = take_channel},
    SettingSpec{.name = "REPORT_CHECK_BOT",
                .flag = "--report-check-bot",
                .default_value = "@SpamBot",
                .summary = "The bot that says whether an account is limited, or none",
                .take = take_report_check_bot},
    SettingSpec{.name = "TGPANEL_DATA_DIR",
                .flag = "--data-dir",
                .default_value = "./data",
                .summary = "The folder of the sessions and the database",
                .take = take_data_dir},
    SettingSpec{
        .name = "TGPANEL_TDJSON",
        .flag = "--tdjson",
        .summary = "Another TDLib library (libtdjson.so) than the one that comes with the program",
        .take = take_tdjson},
    SettingSpec{.name = "TGPANEL_PROXY",
                .secret = true,
                .summary = "socks5://host:port, http://host:port, a tg://proxy link, or none",
                .take = take_proxy},
    SettingSpec{.name = "TGPANEL_TEST_DC",
                .flag = "--test-dc",
                .default_value = "0",
                .summary = "1: Telegram's test servers",
                .take = take_test_dc},
    SettingSpec{.name = "TGPANEL_KEY_FILE",
                .flag = "--key-file",
                .summary = "The file with the master key: 64 hexadecimal digits, rights 0400",
                .take = take_key_file},
    SettingSpec{.name = "TGPANEL_PASSPHRASE_FILE",
                .flag = "--passphrase-file",
                .summary = "The file with a passphrase from which the master key is made",
                .take = take_passphrase_file},
    SettingSpec{.name = "TGPANEL_LANG",
                .flag = "--lang",
                .default_value = "en",
                .summary = "The bot's language: en or fa",
                .take = take_language},
    SettingSpec{
        .name = "TGPANEL_TZ",
        .flag = "--tz",
        .summary = "The time zone of what people read, such as Asia/Tehran (default: the system's)",
        .take = take_time_zone},
    SettingSpec{.name = "TGPANEL_MESSAGES_PER_CHAT",
                .flag = "--messages-per-chat",
                .default_value = "100",
                .summary = "How many messages of each chat the accounts may hold in memory; 0: any",
                .take = take_messages_per_chat},
    SettingSpec{.name = "TGPANEL_PACE_SCALE",
                .default_value = "1",
                .summary = "For tests against a local data centre: divides every pause",
                .take = take_pace_scale},
    SettingSpec{.name = "TGPANEL_LOG_LEVEL",
                .flag = "--log-level",
                .default_value = "info",
                .summary = "trace, debug, info, warn, error or off",
                .take = take_log_level},
    SettingSpec{.name = "TGPANEL_LOG_FORMAT",
                .flag = "--log-format",
                .default_value = "auto",
                .summary = "auto (text on a terminal, JSON lines otherwise), text or json",
                .take = take_log_format},
};

}  // namespace

std::span<const SettingSpec> setting_table() {
  return kTable;
}

std::string credential_name(std::string_view setting) {
  auto name = ascii_lower(setting);
  std::ranges::replace(name, '_', '-');
  return name.starts_with("tgpanel-") ? name : "tgpanel-" + name;
}

bool is_placeholder(std::string_view value) {
  const auto text = ascii_lower(value);
  if (text.starts_with('<') && text.ends_with('>')) return true;
  if (text.starts_with('[') && text.ends_with(']')) return true;
  // A long run of one filler sign, as in 0000000000:AAAA or xxxxxxxx.
  if (text.size() >= 4 && text.find_first_not_of("x*.:-_") == std::string::npos) return true;
  if (text.size() >= 8 && text.find_first_not_of("0:") == std::string::npos) return true;
  constexpr std::string_view kWords[] = {
      "your_",    "your-",    "your ",     "yourapi",   "yourtoken",   "_here",
      "-here",    "changeme", "change_me", "change-me", "placeholder", "replace_",
      "replace-", "put_",     "enter_",    "insert_",   "todo"};
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    // The first ones may only begin it: a token may hold any letters further on.
    return word.front() == '_' || word.front() == '-' ? text.ends_with(word)
                                                      : text.starts_with(word);
  });
}

}  // namespace tgpanel::app
