// What fails at the first try of a start is tried again: no restart, and nobody has to do anything.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
namespace words = support::words;

class FirstStart : public Test {
 protected:
  /// Ready, and the bot answers.
  static void wait_ready(support::Process& panel) { panel.wait_line("tgpanel: ready", 60s); }

  void expect_served() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kAccountManagement);
    stage.press(words::kListAccounts);
    EXPECT_THAT(stage.wait_bot("Alice").text, HasSubstr("active, since "));
  }
};

TEST_F(FirstStart, ADataCentreThatRefusesConnectionsIsWaitedFor) {
  stage.add_accounts(1);
  stage.environment()["LOOPBACK_ONLY_SAYS"] = "all";
  stage.world().refuse_connections(true);
  stage.world().clear_calls();
  const auto panel = stage.tgpanel({"run"});
  panel->wait_line("loopback_only: to 127.0.0.1");
  EXPECT_TRUE(stage.world().calls().empty());
  EXPECT_THAT(panel->out(), Not(HasSubstr("ready")));
  stage.world().refuse_connections(false);
  wait_ready(*panel);
  EXPECT_THAT(panel->out(), HasSubstr("1 account (1 active)"));
  expect_served();
  EXPECT_EQ(panel->terminate(), 0);
}

TEST_F(FirstStart, ALoginOfTheBotThatFailsIsTriedAgain) {
  stage.add_accounts(1);
  stage.world().fault({{"method", "auth.importBotAuthorization"},
                       {"code", 400},
                       {"text", "SOMETHING_NEVER_HEARD_OF"}});
  const auto panel = stage.tgpanel({"run"});
  EXPECT_THAT(panel->wait_line("the bot cannot start yet"),
              AllOf(HasSubstr("SOMETHING_NEVER_HEARD_OF"), HasSubstr("Next attempt in 5 s")));
  wait_ready(*panel);
  EXPECT_THAT(stage.world().calls("auth.importBotAuthorization"), SizeIs(2));
  expect_served();
  EXPECT_EQ(panel->terminate(), 0);
}

TEST_F(FirstStart, AnAccountWhoseChatsTelegramCannotGiveIsAskedAgain) {
  stage.add_accounts(2);
  stage.world().clear_calls();
  stage.world().fault({{"method", "messages.getDialogs"},
                       {"user_id", stage.town().accounts[0]},
                       {"times", 2},
                       {"code", 500},
                       {"text", "INTERNAL"}});
  const auto panel = stage.tgpanel({"run"});
  wait_ready(*panel);
  panel->wait_line("account 1: active");
  std::vector<std::string> outcomes;
  for (const auto& call : stage.world().calls("messages.getDialogs", stage.town().accounts[0])) {
    outcomes.push_back(call.at("outcome").get<std::string>());
  }
  ASSERT_GE(outcomes.size(), 3U);
  EXPECT_EQ(outcomes[1], "500 INTERNAL") << "not asked once, but again";
  EXPECT_EQ(outcomes.back(), "ok");
  expect_served();
  EXPECT_EQ(panel->terminate(), 0);
}

// Something of this machine's, not of the session, which is at Telegram as it was.
TEST_F(FirstStart, ASessionFolderThatDoesNotOpenIsTriedAgainAtTheNextStart) {
  namespace fs = std::filesystem;
  stage.allow_complaint("can't be opened/created");
  stage.add_accounts(1);
  const auto folder = fs::directory_iterator(stage.data() / "sessions")->path();
  const auto file = folder / "td_test.binlog";
  const auto aside = stage.folder() / "aside";
  fs::rename(file, aside);
  fs::create_directory(file);
  start();
  EXPECT_THAT(stage.panel().err(), HasSubstr("The session folder does not open"));
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 account (1 login needed)"));
  EXPECT_EQ(stage.stop(), 0);

  fs::remove(file);
  fs::rename(aside, file);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 account (1 active)"));
  expect_served();
  EXPECT_EQ(stage.stop(), 0);
}

}  // namespace
}  // namespace e2e
