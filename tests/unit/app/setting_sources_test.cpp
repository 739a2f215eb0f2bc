#include "app/setting_sources.hpp"

#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::app {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto kToken = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

class SettingSourcesTest : public ::testing::Test {
 protected:
  SettingSourcesTest() {
    sources_.dotenv = dir_ / ".env";
    sources_.environment = {
        {"API_ID", "12345"},       {"API_HASH", "0123456789abcdef0123456789abcdef"},
        {"BOT_TOKEN", kToken},     {"ADMIN_ID", "777"},
        {"CHANNEL_ID", "@alerts"}, {"HOME", "/home/dana"},
        {"PATH", "/usr/bin"}};
  }

  Texts& environment() { return sources_.environment; }

  LoadedSettings load(Required needed = Required::to_run) {
    auto loaded = load_settings(sources_, needed);
    EXPECT_TRUE(loaded) << loaded.error().message;
    return loaded ? std::move(*loaded) : LoadedSettings{};
  }

  std::string refusal(Required needed = Required::to_run) {
    const auto loaded = load_settings(sources_, needed);
    if (loaded) return "loaded";
    EXPECT_EQ(loaded.error().code, Errc::configuration);
    return loaded.error().message;
  }

  test::TempDir dir_;
  SettingSources sources_;
};

TEST_F(SettingSourcesTest, TheFiveValuesSufficeAndTheRestHasDefaults) {
  const auto loaded = load();
  const auto& settings = loaded.settings;
  EXPECT_THAT(loaded.warnings, IsEmpty());
  EXPECT_EQ(settings.api_id, 12345);
  EXPECT_EQ(settings.report_check_bot, "SpamBot");
  EXPECT_EQ(settings.data_dir, std::filesystem::current_path() / "data");
  EXPECT_EQ(settings.tdjson, std::nullopt);
  EXPECT_FALSE(settings.proxy);
  EXPECT_FALSE(settings.test_dc);
  EXPECT_EQ(settings.language, "en");
  EXPECT_EQ(settings.time_zone, "");
  EXPECT_EQ(settings.log_level, "info");
  EXPECT_EQ(settings.log_format, log::Format::automatic);
  EXPECT_EQ(settings.config_dir, "/home/dana/.config/tgpanel");
  EXPECT_EQ(settings.credentials_dir, std::nullopt);
}

TEST_F(SettingSourcesTest, AFlagWinsOverTheEnvironmentThatOverTheFileThatOverTheDefault) {
  test::write(sources_.dotenv, "TGPANEL_LANG=fa\n");
  EXPECT_EQ(load().settings.language, "fa");
  environment()["TGPANEL_LANG"] = "en";
  EXPECT_EQ(load().settings.language, "en");
  sources_.flags["TGPANEL_LANG"] = "fa";
  EXPECT_EQ(load().settings.language, "fa");
}

TEST_F(SettingSourcesTest, AnEmptyValueCountsAsNotSet) {
  test::write(sources_.dotenv, "API_ID=999\n");
  environment()["API_ID"] = " ";
  EXPECT_EQ(load().settings.api_id, 999);
  environment()["CHANNEL_ID"] = "";
  EXPECT_THAT(refusal(), HasSubstr("CHANNEL_ID is not set"));
}

TEST_F(SettingSourcesTest, OneMessageNamesEverythingThatIsWrong) {
  environment() = {{"API_ID", "abc"},
                   {"BOT_TOKEN", "hunter2-no-colon"},
                   {"ADMIN_ID", "your_id"},
                   {"CHANNEL_ID", "1234567890"},
                   {"TGPANEL_TZ", "Nowhere"}};
  const auto message = refusal();
  EXPECT_THAT(message,
              AllOf(HasSubstr("6 settings are missing or wrong"),
                    HasSubstr("API_ID is \"abc\"; a number is expected"),
                    HasSubstr("https://my.telegram.org/apps"), HasSubstr("API_HASH is not set"),
                    HasSubstr("BOT_TOKEN does not look"), HasSubstr("@BotFather"),
                    HasSubstr("ADMIN_ID still holds the placeholder")));
  EXPECT_THAT(message, AllOf(HasSubstr("-1001234567890 meant?"), HasSubstr("TGPANEL_TZ"),
                             HasSubstr("(from the environment)"), HasSubstr(".env.example"),
                             Not(HasSubstr("hunter2"))));
}

TEST_F(SettingSourcesTest, ACommandIsNotStoppedByWhatItDoesNotNeed) {
  environment().erase("BOT_TOKEN");
  environment()["CHANNEL_ID"] = "nonsense nonsense";
  EXPECT_EQ(load(Required::to_log_in).settings.api_id, 12345);
  environment().erase("API_ID");
  EXPECT_THAT(refusal(Required::to_log_in), AllOf(HasSubstr("API_ID"), Not(HasSubstr("BOT_TOKEN")),
                                                  Not(HasSubstr("CHANNEL_ID"))));
  environment()["API_HASH_FILE"] = "/nowhere";
  load(Required::never);
}

TEST_F(SettingSourcesTest, AnOptionalValueThatIsWrongStopsEveryCommand) {
  environment()["TGPANEL_LOG_LEVEL"] = "loud";
  EXPECT_THAT(refusal(Required::never), HasSubstr("TGPANEL_LOG_LEVEL"));
}

TEST_F(SettingSourcesTest, ASecretMayComeFromAFile) {
  test::write(dir_ / "token", std::string(kToken) + "\n", 0400);
  environment().erase("BOT_TOKEN");
  environment()["BOT_TOKEN_FILE"] = (dir_ / "token").string();
  const auto loaded = load();
  EXPECT_EQ(loaded.settings.bot_token.reveal(), kToken);
  EXPECT_THAT(loaded.warnings, IsEmpty());
}

TEST_F(SettingSourcesTest, ASecretsFileThatOthersReadIsWarnedOf) {
  test::write(dir_ / "token", kToken, 0644);
  environment().erase("BOT_TOKEN");
  environment()["BOT_TOKEN_FILE"] = (dir_ / "token").string();
  EXPECT_THAT(load().warnings, ElementsAre(HasSubstr("chmod 600")));
}

TEST_F(SettingSourcesTest, AFileThatIsMissingOrSetBesideTheValueIsExplained) {
  environment()["BOT_TOKEN_FILE"] = (dir_ / "token").string();
  EXPECT_THAT(refusal(), HasSubstr("BOT_TOKEN is set twice"));
  environment().erase("BOT_TOKEN");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("BOT_TOKEN_FILE"), HasSubstr("token")));
}

TEST_F(SettingSourcesTest, OnlySecretsHaveAFileVariant) {
  environment().erase("API_ID");
  environment()["API_ID_FILE"] = "/etc/hostname";
  EXPECT_THAT(refusal(), HasSubstr("API_ID is not set"));
}

TEST_F(SettingSourcesTest, ASecretMayBeASystemdCredential) {
  test::write(dir_ / "tgpanel-bot-token", kToken);
  environment()["CREDENTIALS_DIRECTORY"] = dir_.path().string();
  environment().erase("BOT_TOKEN");
  const auto loaded = load();
  EXPECT_EQ(loaded.settings.bot_token.reveal(), kToken);
  EXPECT_EQ(loaded.settings.credentials_dir, dir_.path());
}

TEST_F(SettingSourcesTest, AnEnvFileWithSecretsThatOthersReadIsWarnedOf) {
  test::write(sources_.dotenv, "BOT_TOKEN=x\n", 0640);
  EXPECT_THAT(load().warnings, ElementsAre(AllOf(HasSubstr(".env"), HasSubstr("chmod 600"))));
  test::write(sources_.dotenv, "TGPANEL_LANG=fa\n", 0644);
  EXPECT_THAT(load().warnings, IsEmpty());
}

TEST_F(SettingSourcesTest, ABrokenEnvFileIsExplained) {
  test::write(sources_.dotenv, "BOT_TOKEN='hunter2\n");
  EXPECT_THAT(refusal(), AllOf(HasSubstr(".env, line 1"), Not(HasSubstr("hunter2"))));
}

TEST_F(SettingSourcesTest, ANamedEnvFileMustExist) {
  sources_.dotenv = dir_ / "other.env";
  load();
  sources_.dotenv_must_exist = true;
  EXPECT_THAT(refusal(), HasSubstr("other.env"));
}

TEST_F(SettingSourcesTest, ANameWithASlipIsWarnedOf) {
  environment()["TGPANEL_LOGLEVEL"] = "debug";
  environment()["TGPANEL_PROXY_FILE"] = "";
  environment()["TGPANEL_CRASH_AT"] = "x";
  EXPECT_THAT(load().warnings, ElementsAre(HasSubstr("TGPANEL_LOGLEVEL is no setting")));
}

TEST_F(SettingSourcesTest, TheConfigFolderFollowsTheStandard) {
  environment()["XDG_CONFIG_HOME"] = "/etc/dana";
  EXPECT_EQ(load().settings.config_dir, "/etc/dana/tgpanel");
  environment()["XDG_CONFIG_HOME"] = "relative";
  EXPECT_EQ(load().settings.config_dir, "/home/dana/.config/tgpanel");
  environment().erase("HOME");
  EXPECT_EQ(load().settings.config_dir, "");
}

TEST_F(SettingSourcesTest, TwoKeysAreRefused) {
  test::write(dir_ / "key", "");
  environment()["TGPANEL_KEY_FILE"] = (dir_ / "key").string();
  environment()["TGPANEL_PASSPHRASE_FILE"] = (dir_ / "key").string();
  EXPECT_THAT(refusal(), HasSubstr("both set"));
}

TEST_F(SettingSourcesTest, BytesThatAreNoTextAreRefused) {
  environment()["TGPANEL_DATA_DIR"] = "a\xff";
  EXPECT_THAT(refusal(), HasSubstr("no text"));
}

TEST_F(SettingSourcesTest, TheExampleLoadsOnceItsPlaceholdersAreFilled) {
  const auto example = test::read(TGPANEL_SOURCE_DIR "/.env.example");
  ASSERT_FALSE(example.empty());
  test::write(sources_.dotenv, example);
  auto values = environment();
  environment().clear();
  const auto message = refusal();
  EXPECT_THAT(message, HasSubstr("5 settings"));
  for (const auto* name : {"API_ID", "API_HASH", "BOT_TOKEN", "ADMIN_ID", "CHANNEL_ID"}) {
    EXPECT_THAT(message, HasSubstr(std::string(name) + " still holds the placeholder"));
  }
  environment() = values;
  load();
  for (const auto& spec : setting_table()) {
    if (spec.name == "TGPANEL_PACE_SCALE") continue;  // for tests
    EXPECT_THAT(example, HasSubstr(std::string(spec.name) + "="));
  }
}

}  // namespace
}  // namespace tgpanel::app
