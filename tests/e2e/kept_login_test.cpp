// Logins that end while Telegram cannot be reached: their session and folder go as soon as it can,
// in the process that runs.

#include "login_fixture.hpp"
#include "support/folder_watch.hpp"

namespace e2e {
namespace {

class LoginsKept : public LoginTest {
 protected:
  void begin() {
    start();
    begin_phone(support::kPeople[0].phone);
    stage.wait_bot("login code");
  }

  // Telegram has made the session, but the panel does not hear of it.
  void give_code_unheard() {
    stage.world().fault({{"method", "auth.signIn"}, {"times", 1}, {"silence", true}});
    key_in();
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

  std::size_t sessions() { return LoginTest::sessions(0); }
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
