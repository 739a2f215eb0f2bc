// Starting and stopping: settings, readiness, the lock, signals.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>

namespace e2e {
namespace {

using testdc::Json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class StartStop : public Test {};

TEST_F(StartStop, WrongSettingsAreAllNamedAtOnceAndEndWith78) {
  stage.environment()["API_ID"] = "abc";
  stage.environment()["BOT_TOKEN"] = "no-colon";
  stage.environment()["ADMIN_ID"] = "-5";
  stage.environment()["CHANNEL_ID"] = "1234567890";
  stage.environment().erase("API_HASH");
  const auto process = stage.tgpanel({"run"});
  EXPECT_EQ(process->wait(), 78);
  EXPECT_THAT(process->err(),
              AllOf(HasSubstr("API_ID"), HasSubstr("API_HASH"), HasSubstr("BOT_TOKEN"),
                    HasSubstr("ADMIN_ID"), HasSubstr("CHANNEL_ID"), HasSubstr("-100")));
  EXPECT_THAT(process->err(), Not(HasSubstr("no-colon"))) << "a token is a secret, a wrong one too";
}

TEST_F(StartStop, SaysWhenItIsReadyAndEndsCleanlyOnSigterm) {
  stage.add_accounts(1);
  start();
  EXPECT_THAT(stage.panel().out(), AllOf(HasSubstr("@panel_test_bot"), HasSubstr("1 account")));
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(stage.stop(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

TEST_F(StartStop, ASecondStartIsRefusedAtOnce) {
  start();
  const auto second = stage.tgpanel({"run"});
  EXPECT_EQ(second->wait(), 75);
  EXPECT_THAT(second->err(), HasSubstr(std::to_string(stage.panel().pid())));
  EXPECT_EQ(stage.stop(), 0);
}

TEST_F(StartStop, AccountAddIsRefusedWhileThePanelRuns) {
  start();
  const auto adding = stage.tgpanel({"account", "add", "--phone"});
  EXPECT_EQ(adding->wait(), 75);
}

TEST_F(StartStop, AWrongBotTokenIsExplained) {
  stage.environment()["BOT_TOKEN"] = "7000999:there-is-no-bot-with-this-token-at-all";
  const auto process = stage.tgpanel({"run"});
  EXPECT_EQ(process->wait(), 78);
  EXPECT_THAT(process->err(), AllOf(HasSubstr("BOT_TOKEN"), HasSubstr("@BotFather")));
  EXPECT_THAT(process->err(), Not(HasSubstr("there-is-no-bot")));
}

TEST_F(StartStop, AMissingLibraryIsExplained) {
  stage.environment()["TGPANEL_TDJSON"] = (stage.folder() / "nowhere.so").string();
  const auto process = stage.tgpanel({"run"});
  EXPECT_EQ(process->wait(), 78);
  EXPECT_THAT(process->err(), AllOf(HasSubstr("TGPANEL_TDJSON"), HasSubstr("nowhere.so")));
}

TEST_F(StartStop, AWrongMasterKeyNeverReplacesSessions) {
  stage.add_accounts(1);
  const auto other = stage.folder() / "other.key";
  std::ofstream(other) << std::string(64, 'b') << '\n';
  std::filesystem::permissions(other, std::filesystem::perms::owner_read);
  stage.environment()["TGPANEL_KEY_FILE"] = other.string();
  const auto process = stage.tgpanel({"run"});
  EXPECT_EQ(process->wait(), 78);
  EXPECT_THAT(process->err(), HasSubstr("key"));
  stage.environment()["TGPANEL_KEY_FILE"] = (stage.folder() / "master.key").string();
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 active"));
}

TEST_F(StartStop, TheProxyMayChangeAndGoBetweenStarts) {
  stage.add_accounts(1);
  start();
  EXPECT_EQ(stage.stop(), 0);
  // A proxy that leads nowhere: nothing may reach the data centre through a remembered one.
  const auto proxy = stage.environment()["TGPANEL_PROXY"];
  stage.environment()["TGPANEL_PROXY"] = "socks5://127.0.0.1:9";
  stage.world().call("clear_calls", Json::object());
  const auto stray = stage.tgpanel({"run"});
  stray->wait_line("127.0.0.1:9");
  EXPECT_EQ(stray->terminate(), 0) << stray->err();
  EXPECT_TRUE(stage.world().calls().empty());
  stage.environment()["TGPANEL_PROXY"] = proxy;
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 active"));
}

TEST_F(StartStop, ARemovedProxyIsForgotten) {
  stage.add_accounts(1);
  start();
  EXPECT_EQ(stage.stop(), 0);
  const auto proxy = stage.environment()["TGPANEL_PROXY"];
  const auto address = proxy.substr(proxy.rfind('/') + 1);
  // Without a proxy TDLib goes to Telegram's own addresses: the preloaded library refuses them.
  const auto outside = stage.environment();
  stage.environment()["TGPANEL_PROXY"] = "none";
  stage.environment()["LD_PRELOAD"] = support::programs().loopback_only.string();
  stage.environment()["ASAN_OPTIONS"] += ":verify_asan_link_order=0";
  stage.world().call("clear_calls", Json::object());
  const auto direct = stage.tgpanel({"run"});
  direct->wait_line("loopback_only: refused");
  EXPECT_EQ(direct->terminate(), 0) << direct->err();
  EXPECT_THAT(direct->err(), Not(HasSubstr(address)));
  EXPECT_TRUE(stage.world().calls().empty());
  stage.environment() = outside;
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 active"));
}

// One account that Telegram leaves without an answer must not keep the others, and the bot, away.
TEST_F(StartStop, AnAccountThatTelegramDoesNotAnswerDoesNotHoldUpTheStart) {
  stage.add_accounts(1);
  stage.add_account(2);
  stage.world().fault(
      {{"method", "*"}, {"user_id", stage.town().accounts[0]}, {"times", -1}, {"drop", true}});
  const auto begun = std::chrono::steady_clock::now();
  start();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 15s);
  EXPECT_THAT(stage.panel().out(), HasSubstr("2 accounts (1 active, 1 connecting)"));
  stage.say("/start");
  stage.wait_bot("Telegram Panel");
  // It becomes active by itself once it is answered.
  stage.world().clear_faults();
  stage.world().call("forget_sessions", {{"user", stage.town().accounts[0]}});
  stage.panel().wait_line("account 1: active", 60s);
  EXPECT_EQ(stage.stop(), 0);
}

// Its clients are closed by the panel, not by Telegram: no account may be taken for lost.
TEST_F(StartStop, AStopWhileTheStartStillWaitsLosesNoSession) {
  stage.add_accounts(1);
  stage.add_account(2);
  stage.world().fault(
      {{"method", "*"}, {"user_id", stage.town().accounts[0]}, {"times", -1}, {"drop", true}});
  const auto early = stage.tgpanel({"run"});
  early->wait_line("account 2: active");
  EXPECT_THAT(early->out(), Not(HasSubstr("ready")));
  EXPECT_EQ(early->terminate(5s), 0) << early->err();
  EXPECT_THAT(early->err(), Not(HasSubstr("login_needed")));
  stage.world().clear_faults();

  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("2 accounts (2 active)"));
  stage.say("/start");
  stage.wait_bot("Telegram Panel");
  EXPECT_EQ(stage.stop(), 0);
  const auto told =
      stage.world().messages(std::string(support::words::kBotName), stage.town().admin);
  for (const auto& message : told) EXPECT_THAT(message.text, Not(HasSubstr("login needed")));
}

}  // namespace
}  // namespace e2e
