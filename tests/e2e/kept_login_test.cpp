// Logins that end while Telegram cannot be reached: their session and folder go as soon as it can,
// in the process that runs.

#include "e2e_test.hpp"
#include "support/folder_watch.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

namespace e2e {
namespace {

namespace words = support::words;

class LoginsKept : public Test {
 protected:
  void begin() {
    start();
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kAccountManagement);
    stage.press(words::kAddAccount);
    stage.press(words::kByPhone);
    stage.wait_bot("international form");
    stage.say(fmt::format("+{}", support::kPeople[0].phone));
    stage.wait_bot("login code");
  }

  // Telegram has made the session, but the panel does not hear of it.
  void give_code_unheard() {
    stage.world().fault({{"method", "auth.signIn"}, {"times", 1}, {"silence", true}});
    for (const char digit : support::kLoginCode) stage.press(std::string(1, digit));
    stage.press("OK");
    stage.world().wait_until("the session that nobody knows of", [&] { return sessions() == 1; });
  }

  void wait_kept() {
    stage.panel().wait_line("could not be ended at Telegram", 60s);
    EXPECT_EQ(support::entries(stage.data() / "sessions"), 1U);
    EXPECT_EQ(sessions(), 1U);
  }

  void nothing_left() {
    support::wait_entries(stage.data() / "sessions", 0);
    stage.world().wait_until("Telegram to know of no session", [&] { return sessions() == 0; });
    EXPECT_EQ(stage.stop(), 0);
  }

  std::size_t sessions() { return stage.world().sessions(stage.town().accounts[0]).size(); }
};

TEST_F(LoginsKept, OneThatIsCancelledWithoutANetworkIsEndedAfterAWhile) {
  stage.environment()["TGPANEL_PACE_SCALE"] = "50";
  begin();
  give_code_unheard();
  // The bot's connection lives; the login finds no new one.
  stage.world().refuse_connections(true);
  stage.world().drop_connections(stage.town().accounts[0]);
  stage.press(words::kCancel);
  stage.wait_bot("Cancelled.");
  wait_kept();
  stage.world().refuse_connections(false);
  nothing_left();
}

// The pause between tries is of minutes here: it is the bot's connection that tells.
TEST_F(LoginsKept, OneThatIsCancelledWithoutANetworkIsEndedWhenTheBotIsBack) {
  begin();
  give_code_unheard();
  stage.world().refuse_connections(true);
  stage.world().drop_connections(stage.town().accounts[0]);
  stage.press(words::kCancel);
  stage.wait_bot("Cancelled.");
  stage.world().drop_connections();
  wait_kept();
  stage.world().refuse_connections(false);
  nothing_left();
}

}  // namespace
}  // namespace e2e
