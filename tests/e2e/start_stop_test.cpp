// Starting and stopping: settings, readiness, the lock, signals.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class StartStop : public Test {
 protected:
  static std::string address_of_proxy(const support::Environment& environment) {
    const auto& proxy = environment.at("TGPANEL_PROXY");
    return proxy.substr(proxy.rfind('/') + 1);
  }

  // TDLib brings its own OpenSSL and zlib, of other versions than the system's, which the panel
  // uses.
  void expect_own_openssl() {
    const auto bindings = stage.folder() / "bindings";
    stage.environment()["LD_DEBUG"] = "bindings";
    stage.environment()["LD_DEBUG_OUTPUT"] = bindings.string();
    const auto process = stage.tgpanel({"account", "add", "--phone"});
    process->close_input();
    process->wait();
    std::ifstream lines(fmt::format("{}.{}", bindings.string(), process->pid()));
    int own = 0;
    for (std::string line; std::getline(lines, line);) {
      const auto to = line.find(" to ");
      if (to == std::string::npos || line.find("/libtdjson.so") > to) continue;
      EXPECT_FALSE(line.contains("/libcrypto.so") || line.contains("/libz.so")) << line;
      if (line.find("/libtdjson.so", to) != std::string::npos) ++own;
    }
    EXPECT_GT(own, 1000);
  }
};

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
  const auto right = stage.environment();
  stage.environment()["TGPANEL_PROXY"] = "socks5://127.0.0.1:9";
  stage.environment()["LOOPBACK_ONLY_SAYS"] = "all";
  stage.world().clear_calls();
  const auto stray = stage.tgpanel({"run"});
  stray->wait_line("loopback_only: to 127.0.0.1:9");
  EXPECT_EQ(stray->terminate(), 0) << stray->err();
  EXPECT_THAT(stray->err(), Not(HasSubstr("loopback_only: to " + address_of_proxy(right))));
  EXPECT_TRUE(stage.world().calls().empty());
  stage.environment() = right;
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 active"));
}

TEST_F(StartStop, TheCopyOfTdlibTakesItsOpensslFromItself) {
  expect_own_openssl();
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// As users run it: the library itself, which has no flag that says so, and nothing preloaded.
TEST_F(StartStop, TdlibTakesItsOpensslFromItself) {
  stage.environment().erase("TGPANEL_TDJSON");
  stage.environment().erase("LD_PRELOAD");
  expect_own_openssl();
}
#endif

TEST_F(StartStop, ARemovedProxyIsForgotten) {
  stage.add_accounts(1);
  start();
  EXPECT_EQ(stage.stop(), 0);
  EXPECT_THAT(stage.complaints(), IsEmpty()) << "before it is on its own";
  // Without a proxy TDLib goes to Telegram's own addresses: the preloaded library refuses them.
  stage.allow_complaint("loopback_only: refused");
  const auto right = stage.environment();
  stage.environment()["TGPANEL_PROXY"] = "none";
  stage.environment()["LOOPBACK_ONLY_SAYS"] = "all";
  stage.world().clear_calls();
  const auto direct = stage.tgpanel({"run"});
  direct->wait_line("loopback_only: refused");
  EXPECT_EQ(direct->terminate(), 0) << direct->err();
  EXPECT_THAT(direct->err(), Not(HasSubstr(address_of_proxy(right))));
  EXPECT_TRUE(stage.world().calls().empty());
  stage.environment() = right;
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 active"));
}

// Telegram itself, not its test servers: what users have. Sessions of the one are none of the
// other, and TDLib keeps them in files of their own.
TEST_F(StartStop, WithoutTheTestServersItServesTheSame) {
  const auto files = [&](std::string_view name) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(stage.data())) {
      if (entry.path().filename() == name) ++count;
    }
    return count;
  };
  stage.environment()["TGPANEL_TEST_DC"] = "0";
  stage.add_accounts(1);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 account (1 active)"));
  EXPECT_EQ(stage.stop(), 0);
  EXPECT_EQ(files("td.binlog"), 2U) << "the account and the bot";
  EXPECT_EQ(files("td_test.binlog"), 0U);
  stage.environment().erase("TGPANEL_TEST_DC");
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 account (1 active)")) << "what is not set is 0";
  EXPECT_EQ(stage.stop(), 0);
  EXPECT_EQ(files("td_test.binlog"), 0U);
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
