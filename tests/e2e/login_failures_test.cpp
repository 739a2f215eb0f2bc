// Every failure of Telegram at a login: said in plain words with what to do next; the conversation
// is released, and nothing half-made stays behind.

#include "login_fixture.hpp"
#include "support/folder_watch.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <filesystem>
#include <vector>

namespace e2e {
namespace {

using testdc::Json;
using testing::AllOf;
using testing::HasSubstr;

class LoginFailures : public LoginTest {
 protected:
  LoginFailures() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }

  void begin_phone(std::size_t who) { LoginTest::begin_phone(support::kPeople[who].phone); }

  void key_in(std::string_view code = support::kLoginCode) {
    stage.wait_bot("login code");
    LoginTest::key_in(code);
  }

  void fail(std::string_view method, int code, std::string_view error) {
    stage.world().fault({{"method", method}, {"times", 1}, {"code", code}, {"text", error}});
  }

  [[nodiscard]] std::size_t folders() const { return support::entries(stage.data() / "sessions"); }

  void nothing_left() {
    support::wait_entries(stage.data() / "sessions", 0);
    stage.world().wait_until("Telegram to know of no session",
                             [&] { return sessions(0) + sessions(1) + sessions(2) == 0; });
  }
};

/// What Telegram answers, and what the admin reads.
struct Failure {
  int code;
  std::string_view error;
  std::string_view sentence;  // what happened
  std::string_view next;      // what to do
  bool ends = true;           // the login is over; else the step goes on
};

const std::vector<Failure> kGeneral{
    {420, "FLOOD_WAIT_400", "wait 7 minutes", "before the next try"},
    {420, "FLOOD_WAIT_80000", "wait 23 hours", "before the next try"},
    {400, "API_ID_INVALID", "does not accept API_ID", "https://my.telegram.org"},
    {406, "UPDATE_APP_TO_LOGIN", "newer program", "Update the panel"},
    {400, "SOMETHING_NEVER_HEARD_OF", "SOMETHING_NEVER_HEARD_OF", "Begin again later"},
};

std::vector<Failure> with_general(std::vector<Failure> own) {
  own.insert(own.end(), kGeneral.begin(), kGeneral.end());
  return own;
}

// More than ten of each: a login that stayed open would make the panel refuse the eleventh.
TEST_F(LoginFailures, AtThePhoneNumber) {
  start();
  for (const auto& failure : with_general({
           {400, "PHONE_NUMBER_INVALID", "does not know this phone number", "enter it again",
            false},
           {400, "PHONE_NUMBER_BANNED", "banned this phone number", "another number", false},
           {406, "PHONE_NUMBER_INVALID", "does not know this phone number", "enter it again",
            false},
           {406, "PHONE_NUMBER_FLOOD", "tried too often", "Wait a day"},
           {406, "PHONE_PASSWORD_FLOOD", "too many tries", "Wait a day"},
           {400, "PHONE_NUMBER_APP_SIGNUP_FORBIDDEN", "no Telegram account", "Telegram app first"},
           {406, "PHONE_PASSWORD_PROTECTED", "its password", "QR code"},
       })) {
    SCOPED_TRACE(failure.error);
    fail("auth.sendCode", failure.code, failure.error);
    begin_phone(0);
    const auto told = stage.wait_bot(failure.sentence);
    EXPECT_THAT(told.text, HasSubstr(std::string(failure.next)));
    if (failure.ends) {
      EXPECT_THAT(told.text, HasSubstr("Account Management"));
    } else {
      EXPECT_THAT(told.text, HasSubstr("international form")) << "the step goes on";
      stage.say(fmt::format("+{}", support::kPeople[0].phone));
      stage.wait_bot("login code");
      stage.press(words::kCancel);
      stage.wait_bot("Cancelled.");
    }
    nothing_left();
  }
  begin_phone(0);
  key_in();
  stage.wait_bot("Account added");
}

TEST_F(LoginFailures, AtTheCode) {
  start();
  for (const auto& failure : with_general({
           {400, "PHONE_CODE_INVALID", "not the code", "enter it again", false},
           {400, "PHONE_CODE_EXPIRED", "has expired", "A new one is on its way", false},
           {400, "PHONE_NUMBER_UNOCCUPIED", "no Telegram account", "Telegram app first"},
           {406, "USER_DEACTIVATED_BAN", "banned this account", "recover@telegram.org"},
       })) {
    SCOPED_TRACE(failure.error);
    begin_phone(0);
    fail("auth.signIn", failure.code, failure.error);
    key_in();
    const auto told = stage.wait_bot(failure.sentence);
    EXPECT_THAT(told.text, HasSubstr(std::string(failure.next)));
    if (failure.ends) {
      EXPECT_THAT(told.text, HasSubstr("Account Management"));
    } else {
      EXPECT_THAT(told.text, HasSubstr("login code")) << "the step goes on";
      stage.press(words::kCancel);
      stage.wait_bot("Cancelled.");
    }
    nothing_left();
  }
  begin_phone(0);
  key_in();
  stage.wait_bot("Account added");
}

TEST_F(LoginFailures, AtThePassword) {
  start();
  for (const auto& failure : with_general({
           {400, "PASSWORD_HASH_INVALID", "not the account's", "Try again", false},
           {400, "SRP_PASSWORD_CHANGED", "password was changed", "Enter the new one", false},
           {401, "SESSION_REVOKED", "ended this login", "egin again"},
       })) {
    SCOPED_TRACE(failure.error);
    begin_phone(1);
    key_in();
    stage.wait_bot("two-step verification");
    fail("auth.checkPassword", failure.code, failure.error);
    stage.say(support::kPeople[1].password);
    const auto told = stage.wait_bot(failure.sentence);
    EXPECT_THAT(told.text, HasSubstr(std::string(failure.next)));
    if (failure.ends) {
      EXPECT_THAT(told.text, HasSubstr("Account Management"));
    } else {
      EXPECT_THAT(told.text, HasSubstr("two-step verification password")) << "the step goes on";
      stage.press(words::kCancel);
      stage.wait_bot("Cancelled.");
    }
    nothing_left();
  }
  begin_phone(1);
  key_in();
  stage.wait_bot("two-step verification");
  stage.say(support::kPeople[1].password);
  stage.wait_bot("Account added");
}

TEST_F(LoginFailures, AtTheQrCode) {
  start();
  for (const auto& failure : kGeneral) {
    SCOPED_TRACE(failure.error);
    fail("auth.exportLoginToken", failure.code, failure.error);
    begin(words::kByQr);
    const auto told = stage.wait_bot(failure.sentence);
    EXPECT_THAT(told.text,
                AllOf(HasSubstr(std::string(failure.next)), HasSubstr("Account Management")));
    nothing_left();
  }
  begin(words::kByQr);
  stage.scan_qr(stage.town().accounts[2]);
  stage.wait_bot("Account added");
}

TEST_F(LoginFailures, AQrCodeThatIsCancelledGoesAwayWithItsPicture) {
  start();
  begin(words::kByQr);
  stage.wait_bot("scan the picture");
  stage.world().wait_message(
      "panel_test_bot", stage.town().admin,
      [](const auto& message) { return message.media == "photo"; }, "the picture");
  stage.press(words::kCancel);
  stage.wait_bot("Cancelled.");
  stage.world().wait_until("the picture to be deleted", [&] {
    for (const auto& message : stage.world().messages("panel_test_bot", stage.town().admin)) {
      if (message.media == "photo" && !message.deleted) return false;
    }
    return true;
  });
  nothing_left();
}

TEST_F(LoginFailures, ByQrWithASecondFactor) {
  start();
  begin(words::kByQr);
  stage.scan_qr(stage.town().accounts[1]);
  stage.wait_bot("two-step verification");
  stage.say("not it");
  stage.wait_bot("not the account's");
  stage.say(support::kPeople[1].password);
  stage.wait_bot("Account added");
  EXPECT_EQ(sessions(1), 1U);
}

// Cancelled while Telegram checks the code: the session that it makes meanwhile must not stay.
TEST_F(LoginFailures, ACancelThatCrossesTheAnswerLeavesNoSession) {
  start();
  begin_phone(0);
  stage.world().fault({{"method", "auth.signIn"}, {"times", 1}, {"silence", true}});
  key_in();
  stage.world().wait_until("the session that nobody knows of", [&] { return sessions(0) == 1; });
  stage.press(words::kCancel);
  stage.wait_bot("Cancelled.");
  nothing_left();
}

// The state of the disk when the panel is killed between Telegram's yes and TDLib's note of it.
TEST_F(LoginFailures, AKillBeforeTdlibHasNotedTheLoginLeavesNoSession) {
  stage.environment()["TGPANEL_CRASH_AT"] = "login.ready";
  start();
  begin_phone(0);
  stage.wait_bot("login code");
  for (const char digit : support::kLoginCode) {
    stage.press(std::string(1, digit));
    stage.wait_bot("●");
  }
  // By now TDLib, which writes its log behind its answers, has the key there.
  const auto sessions_folder = stage.data() / "sessions";
  const auto before = stage.folder() / "before";
  std::filesystem::copy(sessions_folder, before, std::filesystem::copy_options::recursive);
  EXPECT_EQ(stage.press_to_crash("OK"), 128 + SIGKILL);
  EXPECT_EQ(sessions(0), 1U) << "Telegram knows the session";
  std::filesystem::remove_all(sessions_folder);
  std::filesystem::copy(before, sessions_folder, std::filesystem::copy_options::recursive);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  stage.wait_bot("add the account again");
  nothing_left();
  EXPECT_EQ(stage.stop(), 0);
}

// Killed at once when TDLib says that the login is done, whatever is on its disk by then.
TEST_F(LoginFailures, AKillAtTheVeryInstantOfReadyEndsInAnAccountOrInNothing) {
  stage.environment()["TGPANEL_CRASH_AT"] = "login.accepted";
  start();
  begin_phone(0);
  stage.wait_bot("login code");
  for (const char digit : support::kLoginCode) stage.press(std::string(1, digit));
  EXPECT_EQ(stage.press_to_crash("OK"), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  stage.wait_bot("interrupted");  // the admin is told in either case
  const bool added = stage.panel().out().find("1 active") != std::string::npos;
  support::wait_entries(stage.data() / "sessions", added ? 1 : 0);
  EXPECT_EQ(sessions(0), added ? 1U : 0U);
}

TEST_F(LoginFailures, ANetworkThatIsGoneIsSaidAndTheLoginReleased) {
  // The deadline of an answer is divided too, down to 5 s.
  start();
  begin_phone(0);
  stage.wait_bot("login code");
  // What this login sends goes nowhere; the bot's own connection lives.
  stage.world().fault({{"method", "auth.signIn"}, {"times", -1}, {"drop", true}});
  for (const char digit : support::kLoginCode) stage.press(std::string(1, digit));
  stage.press("OK");
  const auto told = stage.wait_bot("did not answer", 60s);
  EXPECT_THAT(told.text, AllOf(HasSubstr("network"), HasSubstr("proxy"), HasSubstr("begin again")));
  nothing_left();
}

}  // namespace
}  // namespace e2e
