#include "app/setting_values.hpp"

#include "app/setting_table.hpp"
#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

using Take = Problem (*)(std::string_view, Settings&);

struct Bad {
  Take take;
  std::string_view value;
  std::string_view says;
};

class BadValue : public ::testing::TestWithParam<Bad> {};

TEST_P(BadValue, IsExplained) {
  Settings settings;
  const auto problem = GetParam().take(GetParam().value, settings);
  ASSERT_TRUE(problem) << GetParam().value << " was taken";
  EXPECT_THAT(*problem, HasSubstr(std::string(GetParam().says)));
}

constexpr Bad kBad[] = {
    {take_api_id, "abc", "\"abc\"; a number"},
    {take_api_id, "", "a number"},
    {take_api_id, "0", "a number"},
    {take_api_id, "-5", "a number"},
    {take_api_id, "12 34", "a number"},
    {take_api_id, "99999999999", "a number"},
    {take_api_hash, "0123456789abcdef", "these are 16 characters"},
    {take_api_hash, "0123456789abcdef0123456789abcdeg", "32 hexadecimal digits"},
    {take_bot_token, "no-colon", "no colon"},
    {take_bot_token, ":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "before the colon"},
    {take_bot_token, "bot123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "before the colon"},
    {take_bot_token, "123456:short", "copied whole"},
    {take_bot_token, "123456:AAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAA", "after the colon"},
    {take_admins, "", "names nobody"},
    {take_admins, " , ,", "names nobody"},
    {take_admins, "@dana", "not its name"},
    {take_admins, "123,dana", "\"dana\""},
    {take_admins, "-1001234567890", "a group or channel"},
    {take_admins, "0", "\"0\""},
    {take_admins, "123;456", "separated by commas"},
    {take_admins, "99999999999999999999", "numbers such as"},
    {take_channel, "1234567890", "is -1001234567890 meant?"},
    {take_channel, "-1234567890", "is -1001234567890 meant?"},
    {take_channel, "-1000000000000", "begins with -100"},
    {take_channel, "-2000000000000", "no id of a channel"},
    {take_channel, "alerts", "is @alerts meant?"},
    {take_channel, "@a", "after the @"},
    {take_channel, "@1abc", "after the @"},
    {take_channel, "https://t.me/alerts", "write @alerts"},
    {take_channel, "https://t.me/+AbCdEf", "is a link"},
    {take_channel, "some words", "an id that begins with -100"},
    {take_channel, "-100123456789012345678901", "an id that begins with -100"},
    {take_report_check_bot, "SpamBot", "the @name of a bot"},
    {take_report_check_bot, "@", "the @name of a bot"},
    {take_data_dir, "/", "root folder"},
    {take_data_dir, "/proc/version", "no folder"},
    {take_tdjson, "/nowhere/nowhere.so", "nowhere.so\", which does not exist"},
    {take_tdjson, "/tmp", "no file"},
    {take_key_file, "/nowhere/key", "does not exist"},
    {take_passphrase_file, "/nowhere/passphrase", "does not exist"},
    {take_test_dc, "maybe", "0, 1"},
    {take_language, "de", "en, fa"},
    {take_time_zone, "Tehran", "time zone database"},
    {take_log_level, "loud", "trace, debug"},
    {take_log_format, "xml", "auto, text, json"},
    {take_proxy, "127.0.0.1:1080", "socks5://host:port"},
    {take_proxy, "socks5://127.0.0.1", "port"},
};
INSTANTIATE_TEST_SUITE_P(Settings, BadValue, ::testing::ValuesIn(kBad));

Settings taken(Take take, std::string_view value) {
  Settings settings;
  const auto problem = take(value, settings);
  EXPECT_FALSE(problem) << *problem;
  return settings;
}

TEST(SettingValues, GoodOnesAreTaken) {
  EXPECT_EQ(taken(take_api_id, "1234567").api_id, 1234567);
  EXPECT_EQ(taken(take_api_hash, "0123456789abcdefABCDEF0123456789").api_hash.reveal().size(), 32U);
  EXPECT_EQ(taken(take_bot_token, "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_-")
                .bot_token.reveal()
                .substr(0, 7),
            "123456:");
  EXPECT_THAT(taken(take_admins, " 5, 7,5 ,").admins, ElementsAre(5, 7));
  EXPECT_EQ(taken(take_report_check_bot, "@SpamBot").report_check_bot, "SpamBot");
  EXPECT_EQ(taken(take_report_check_bot, "None").report_check_bot, "");
  EXPECT_TRUE(taken(take_test_dc, "1").test_dc);
  EXPECT_FALSE(taken(take_test_dc, "FALSE").test_dc);
  EXPECT_EQ(taken(take_language, "FA").language, "fa");
  EXPECT_EQ(taken(take_time_zone, "Asia/Tehran").time_zone, "Asia/Tehran");
  EXPECT_EQ(taken(take_time_zone, "UTC").time_zone, "UTC");
  EXPECT_EQ(taken(take_log_level, "WARN").log_level, "warn");
  EXPECT_EQ(taken(take_log_format, "json").log_format, log::Format::json);
  EXPECT_TRUE(taken(take_data_dir, "some/../folder").data_dir.is_absolute());
  EXPECT_EQ(taken(take_data_dir, "some/../folder").data_dir.filename(), "folder");
}

TEST(SettingValues, AChannelIsAnIdANameOrNone) {
  EXPECT_EQ(taken(take_channel, "-1001234567890").channel, bot::Channel(ChatId{-1001234567890}));
  EXPECT_EQ(taken(take_channel, "@alerts").channel, bot::Channel(std::string("alerts")));
  EXPECT_EQ(taken(take_channel, "NONE").channel, bot::Channel());
}

TEST(SettingValues, AProxyIsReadOrNone) {
  const auto settings = taken(take_proxy, "socks5://user:pass@127.0.0.1:1080");
  ASSERT_TRUE(settings.proxy);
  EXPECT_EQ(settings.proxy->server, "127.0.0.1");
  EXPECT_EQ(settings.proxy->port, 1080);
  EXPECT_FALSE(taken(take_proxy, "none").proxy);
}

TEST(SettingValues, APathIsMadeAbsolute) {
  const test::TempDir dir;
  test::write(dir / "key", "");
  EXPECT_EQ(taken(take_key_file, (dir / "key").string()).key_file, dir / "key");
}

TEST(SettingValues, MessagesPerChatAreANumberOrAny) {
  EXPECT_EQ(Settings().messages_per_chat, 100U);
  EXPECT_EQ(taken(take_messages_per_chat, "25").messages_per_chat, 25U);
  EXPECT_EQ(taken(take_messages_per_chat, "0").messages_per_chat, 0U);
  Settings settings;
  for (const auto* wrong : {"-1", "100001", "many", "5 "}) {
    EXPECT_THAT(take_messages_per_chat(wrong, settings), Optional(HasSubstr("from 0 to 100000")));
  }
}

TEST(SettingValues, APaceScaleIsForTestServersOnly) {
  Settings settings;
  EXPECT_THAT(*take_pace_scale("10", settings), HasSubstr("TGPANEL_TEST_DC=1"));
  EXPECT_FALSE(take_pace_scale("1", settings));
  settings.test_dc = true;
  EXPECT_FALSE(take_pace_scale("10", settings));
  EXPECT_EQ(settings.pace_scale, 10);
  EXPECT_TRUE(take_pace_scale("0", settings));
}

TEST(SettingValues, ALongValueIsShortenedInTheSentence) {
  Settings settings;
  EXPECT_LT(take_api_id(std::string(5'000, 'x'), settings)->size(), 200U);
  EXPECT_TRUE(take_channel("\xff\xfe", settings));
}

TEST(SettingValues, NoSecretIsRepeated) {
  for (const auto& spec : setting_table()) {
    if (!spec.secret) continue;
    for (const std::string_view value :
         {"hunter2", "1:hunter2hunter2", "socks5://me:hunter2@nowhere", "http://me:hunter2@:1"}) {
      Settings settings;
      const auto problem = spec.take(value, settings);
      ASSERT_TRUE(problem) << spec.name << " took " << value;
      EXPECT_THAT(*problem, Not(HasSubstr("hunter2"))) << spec.name;
    }
  }
}

TEST(SettingTable, RecognisesPlaceholders) {
  for (const auto* value :
       {"your_api_id", "YOUR-BOT-TOKEN", "your number", "<token>", "[token]", "xxxx",
        "XXXXXXXX:XXXX", "changeme", "change_me_please", "token_here", "put_token", "placeholder",
        "Todo", "****", "00000000000000000000000000000000", "0000000000:00000000"}) {
    EXPECT_TRUE(is_placeholder(value)) << value;
  }
  for (const auto* value : {"12345", "0", "1", "@SpamBot", "none", "./data", "-1001234567890",
                            "0123456789abcdef0123456789abcdef", "123456:AAHyour_token_xyz", "",
                            "socks5://127.0.0.1:1080", "en", "@yourchannel"}) {
    EXPECT_FALSE(is_placeholder(value)) << value;
  }
}

TEST(SettingTable, IsWhole) {
  for (const auto& spec : setting_table()) {
    EXPECT_NE(spec.take, nullptr) << spec.name;
    EXPECT_FALSE(spec.summary.empty()) << spec.name;
    if (spec.secret) {
      EXPECT_TRUE(spec.flag.empty()) << spec.name;
    }
    if (spec.required != Required::never) {
      EXPECT_FALSE(spec.where.empty()) << spec.name << " does not say where to get it";
    }
    if (!spec.default_value.empty()) {
      Settings settings;
      EXPECT_FALSE(spec.take(spec.default_value, settings)) << spec.name;
    }
  }
  EXPECT_EQ(credential_name("BOT_TOKEN"), "tgpanel-bot-token");
  EXPECT_EQ(credential_name("TGPANEL_PROXY"), "tgpanel-proxy");
}

}  // namespace
}  // namespace tgpanel::app
