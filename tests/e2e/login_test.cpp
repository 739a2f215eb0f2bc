// Adding accounts in the bot: code keypad, 2FA, QR; every way it can go wrong; nothing left behind.

#include "login_fixture.hpp"
#include "support/folder_watch.hpp"
#include "support/numbers.hpp"

#include <signal.h>

namespace e2e {
namespace {

using testdc::Json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Login : public LoginTest {
 protected:
  void finish_phone(std::size_t who) {
    begin_phone(support::kPeople[who].phone);
    stage.wait_bot("login code");
    key_in(support::kLoginCode);
  }

  /// Session folders on disk.
  [[nodiscard]] std::size_t folders() const { return support::entries(stage.data() / "sessions"); }

  void nothing_left(std::size_t who) {
    support::wait_entries(stage.data() / "sessions", 0);
    EXPECT_EQ(sessions(who), 0U);
  }
};

TEST_F(Login, ByPhoneAndCodeOnTheKeypad) {
  start();
  finish_phone(0);
  const auto card = stage.wait_bot("Alice");
  EXPECT_EQ(sessions(0), 1U);
  EXPECT_EQ(folders(), 1U);
  EXPECT_THAT(card.text, Not(HasSubstr(support::kPeople[0].phone)));
  EXPECT_EQ(stage.stop(), 0);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 active"));
}

TEST_F(Login, AWrongCodeCanBeTriedAgain) {
  start();
  begin_phone(support::kPeople[0].phone);
  stage.wait_bot("login code");
  key_in("11111");
  stage.wait_bot("not the code");
  key_in(support::kLoginCode);
  stage.wait_bot("Alice");
  EXPECT_EQ(sessions(0), 1U);
}

TEST_F(Login, AnExpiredCodeIsExplainedAndANewOneSent) {
  start();
  begin_phone(support::kPeople[0].phone);
  stage.wait_bot("login code");
  stage.world().set_code_expired(support::kPeople[0].phone);
  key_in(support::kLoginCode);
  stage.wait_bot("expired");
  // A new one was asked for.
  EXPECT_THAT(
      stage.world().calls("auth.resendCode").size() + stage.world().calls("auth.sendCode").size(),
      2U);
  key_in(stage.world().last_login_code(support::kPeople[0].phone));
  stage.wait_bot("Alice");
  EXPECT_EQ(sessions(0), 1U);
}

TEST_F(Login, TheSecondFactorIsAskedForAndItsMessageDeletedAtOnce) {
  start();
  finish_phone(1);
  stage.wait_bot("password");
  stage.say("not the password");
  stage.wait_bot("not the account's");
  stage.say(support::kPeople[1].password);
  stage.wait_bot("Bob");
  EXPECT_EQ(sessions(1), 1U);
  for (const auto& message : stage.world().messages("panel_test_bot", stage.town().admin)) {
    if (message.text.find("the password") != std::string::npos &&
        message.sender_id == stage.town().admin) {
      EXPECT_TRUE(message.deleted) << message.text;
    }
    if (message.text == support::kPeople[1].password) {
      EXPECT_TRUE(message.deleted);
    }
  }
  EXPECT_THAT(stage.panel().err(), Not(HasSubstr(support::kPeople[1].password)));
  EXPECT_FALSE(support::has_number(stage.panel().err(), support::kLoginCode));
}

TEST_F(Login, ThePasswordIsAskedForWithTheHintThatTheAccountHas) {
  const auto none = stage.world().add_user("15550000109", "Erin", "", "a second factor");
  stage.world().set_login_code("15550000109", support::kLoginCode);
  start();
  finish_phone(1);
  EXPECT_THAT(stage.wait_bot("two-step verification").text, HasSubstr("\n\nHint: a hint"));
  stage.press(words::kCancel);
  stage.wait_bot("Cancelled.");

  begin_phone("15550000109");
  stage.wait_bot("login code");
  key_in();
  EXPECT_THAT(stage.wait_bot("two-step verification").text, Not(HasSubstr("Hint")));
  stage.say("a second factor");
  stage.wait_bot("Account added");
  EXPECT_THAT(stage.world().sessions(none), testing::SizeIs(1));
}

TEST_F(Login, ByQr) {
  start();
  begin(words::kByQr);
  stage.scan_qr(stage.town().accounts[2]);
  stage.wait_bot("Carol");
  EXPECT_EQ(sessions(2), 1U);
}

TEST_F(Login, TheSameUserTwiceIsRefusedAndTheSecondSessionEnded) {
  stage.add_accounts(1);
  start();
  finish_phone(0);
  stage.wait_bot("already");
  stage.world().wait_until("the second session to be logged out", [&] { return sessions(0) == 1; });
  support::wait_entries(stage.data() / "sessions", 1);
}

TEST_F(Login, AFloodWaitIsSaidWithItsTime) {
  stage.world().fault(
      {{"method", "auth.sendCode"}, {"times", 1}, {"code", 420}, {"text", "FLOOD_WAIT_400"}});
  start();
  begin_phone(support::kPeople[0].phone);
  stage.wait_bot("minute");
  stage.say("/cancel");
  nothing_left(0);
}

TEST_F(Login, ABannedNumberIsExplained) {
  stage.world().fault(
      {{"method", "auth.sendCode"}, {"times", 1}, {"code", 400}, {"text", "PHONE_NUMBER_BANNED"}});
  start();
  begin_phone(support::kPeople[0].phone);
  stage.wait_bot("banned");
  stage.say("/cancel");
  nothing_left(0);
}

TEST_F(Login, AConnectionDroppedInMidLoginIsNoMatter) {
  start();
  begin_phone(support::kPeople[0].phone);
  stage.wait_bot("login code");
  stage.world().drop_connections();
  // A press made while the bot is away is dropped, as at Telegram: its connection comes back first.
  stage.world().wait_until("the bot's connection", [&] {
    const auto sessions = stage.world().sessions(stage.town().bot);
    return !sessions.empty() && sessions[0].at("online").get<bool>();
  });
  key_in(support::kLoginCode);
  stage.wait_bot("Alice");
  EXPECT_EQ(sessions(0), 1U);
}

TEST_F(Login, ARestartInMidConversationLeavesNothing) {
  start();
  begin_phone(support::kPeople[0].phone);
  stage.wait_bot("login code");
  stage.kill();
  start();
  nothing_left(0);
  // The old keypad acts no more; the way on is told.
  const auto toast = stage.press("OK");
  EXPECT_THAT(toast.text, HasSubstr("Start again from the menu"));
  EXPECT_EQ(sessions(0), 0U);
  finish_phone(0);
  stage.wait_bot("Alice");
}

TEST_F(Login, AKillBetweenReadyAndOurRecordIsMended) {
  stage.environment()["TGPANEL_CRASH_AT"] = "login.ready";
  start();
  begin_phone(support::kPeople[0].phone);
  stage.wait_bot("login code");
  for (const char digit : support::kLoginCode) stage.press(std::string(1, digit));
  EXPECT_EQ(stage.press_to_crash("OK"), 128 + SIGKILL);
  EXPECT_EQ(sessions(0), 1U) << "Telegram knows the session";
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  stage.wait_bot("Alice");  // the admin is told
  EXPECT_EQ(folders(), 1U);
  EXPECT_EQ(sessions(0), 1U);
  EXPECT_EQ(stage.stop(), 0);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 active"));
}

TEST_F(Login, TheNumberMayBeInPersianDigits) {
  start();
  begin_phone("۱۵۵۵ ۰۰۰-۰۰۰۱");
  stage.wait_bot("login code");
  key_in(support::kLoginCode);
  stage.wait_bot("Alice");
}

TEST_F(Login, AnAccountThatTelegramEndsChangesStateAndTheOthersWorkOn) {
  stage.add_accounts(2);
  start();
  stage.world().revoke(stage.town().accounts[0], "SESSION_REVOKED");
  stage.panel().wait_line("account 1: login_needed");
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kAccountManagement);
  stage.press(words::kListAccounts);
  const auto list = stage.wait_bot("Alice").text;
  const auto bob = list.find("Bob");
  ASSERT_NE(bob, std::string::npos) << list;
  EXPECT_THAT(list.substr(0, bob),
              AllOf(HasSubstr("login needed, since "), HasSubstr(": The session has ended")));
  EXPECT_THAT(list.substr(bob), HasSubstr("active"));
  EXPECT_EQ(sessions(1), 1U);
}

}  // namespace
}  // namespace e2e
