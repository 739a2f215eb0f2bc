// Every way in which Telegram lets somebody log in, and those that it leaves to its own apps.

#include "login_fixture.hpp"
#include "support/folder_watch.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace e2e {
namespace {

using testdc::Json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LoginWays : public LoginTest {
 protected:
  LoginWays() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }

  /// How Telegram sends this person's codes from now on.
  void codes_by(std::size_t who, Json plan, std::string_view code = "") {
    plan["phone"] = support::kPeople[who].phone;
    stage.world().call("set_login", plan);
    if (!code.empty()) stage.world().set_login_code(support::kPeople[who].phone, code);
  }

  void begin(std::size_t who) { begin_phone(support::kPeople[who].phone); }

  /// Letters only after digits.
  void key_in(std::string_view code) {
    bool letters = false;
    for (const char symbol : code) {
      if (!letters && symbol >= 'a') {
        stage.press("abc");
        letters = true;
      }
      stage.press(std::string(1, symbol));
    }
    stage.press("OK");
  }

  void nothing_left() {
    support::wait_entries(stage.data() / "sessions", 0);
    EXPECT_EQ(sessions(0) + sessions(2), 0U);
  }

  static bool has_button(const testdc::SeenMessage& message, std::string_view text) {
    for (const auto& row : message.keyboard) {
      for (const auto& button : row) {
        if (button.text == text) return true;
      }
    }
    return false;
  }
};

// The timer of the login shows the button; nobody presses anything meanwhile.
TEST_F(LoginWays, AnotherCodeIsOfferedOnceTelegramAllowsIt) {
  codes_by(0, {{"kinds", {"app", "sms", "call"}}, {"timeout", 2}});
  start();
  begin(0);
  const auto first = stage.wait_bot("a message in the Telegram app");
  EXPECT_FALSE(has_button(first, "Send another code by an SMS"));
  EXPECT_THAT(first.text, HasSubstr("a button for another code by an SMS appears here"));
  stage.press("Send another code by an SMS");
  const auto second = stage.wait_bot("by an SMS. Enter it");
  EXPECT_THAT(second.text, HasSubstr("another code by a phone call"));
  key_in(support::kLoginCode);
  stage.wait_bot("Account added");
  EXPECT_EQ(stage.world().calls("auth.resendCode").size(), 1U);
}

TEST_F(LoginWays, NoOtherCodeIsOfferedWhenTelegramNamesNone) {
  codes_by(0, {{"kinds", {"sms"}}});
  start();
  begin(0);
  EXPECT_THAT(stage.wait_bot("by an SMS. Enter it").text, Not(HasSubstr("another code")));
  key_in(support::kLoginCode);
  stage.wait_bot("Account added");
}

TEST_F(LoginWays, CodesThatKeysCannotEnterAreExplainedAndQrServes) {
  start();

  struct Way {
    std::string kind;
    std::string says;
  };

  for (const auto& way : {Way{"word", "an SMS (a word). Such a code cannot be entered here"},
                          Way{"phrase", "an SMS (a phrase). Such a code cannot be entered here"},
                          Way{"flash_call", "the whole number that calls is the code"}}) {
    SCOPED_TRACE(way.kind);
    codes_by(0, {{"kinds", {way.kind}}, {"begins", "k"}});
    begin(0);
    const auto told = stage.wait_bot(way.says);
    EXPECT_THAT(told.text, HasSubstr("Use a QR code instead"));
    EXPECT_TRUE(has_button(told, "Use a QR code instead"));
    EXPECT_FALSE(has_button(told, "OK"));
    stage.press(words::kCancel);
    stage.wait_bot("Cancelled.");
    nothing_left();
  }
  begin(0);
  stage.wait_bot("the whole number that calls");
  stage.press("Use a QR code instead");
  stage.scan_qr(stage.town().accounts[0]);
  stage.wait_bot("Account added");
}

TEST_F(LoginWays, MissedCallsAndFragmentAreExplainedAndTakenByKeys) {
  start();
  codes_by(0, {{"kinds", {"missed_call"}}, {"begins", "+1 555"}});
  begin(0);
  auto told = stage.wait_bot("begins with +1 555; the code is its last 5 digits");
  EXPECT_TRUE(has_button(told, "Use a QR code instead"));
  key_in(support::kLoginCode);
  stage.wait_bot("Account added");
  codes_by(2, {{"kinds", {"fragment"}}, {"begins", "https://fragment.com/number/88800000"}});
  begin(2);
  told = stage.wait_bot("shown at https://fragment.com/number/88800000");
  EXPECT_TRUE(has_button(told, "Use a QR code instead"));
  key_in(support::kLoginCode);
  stage.wait_bot("Account added");
}

TEST_F(LoginWays, AnEmailAddressIsAskedForAndTheCodesComeThere) {
  codes_by(0, {{"kinds", {"email_setup"}}});
  start();
  begin(0);
  stage.wait_bot("wants an e-mail address");
  stage.say("not an address");
  stage.wait_bot("That is not an e-mail address");
  stage.say("dana@forbidden.example");
  stage.wait_bot("does not allow this e-mail address");
  stage.say("dana@example.com");
  stage.wait_bot("e-mail address d***@example.com");
  key_in("11111");
  stage.wait_bot("not the code Telegram sent");
  stage.press("Send the e-mail again");
  stage.world().wait_until("the second e-mail", [&] {
    return stage.world().calls("account.sendVerifyEmailCode").size() == 3;
  });
  stage.wait_bot("○ ○ ○ ○ ○");
  key_in(support::kLoginCode);
  // The address is verified; the login code itself comes there too.
  stage.world().wait_until("the address to be verified", [&] {
    const auto calls = stage.world().calls("account.verifyEmail");
    return !calls.empty() && calls.back().at("outcome") == "ok";
  });
  stage.wait_bot("○ ○ ○ ○ ○");
  key_in(support::kLoginCode);
  stage.wait_bot("Account added");
}

TEST_F(LoginWays, ACodeFromAnEmailMayHoldLetters) {
  codes_by(0, {{"kinds", {"email"}}, {"email", "alice@example.com"}}, "42ab");
  start();
  begin(0);
  const auto told = stage.wait_bot("e-mail address a***@example.com");
  EXPECT_FALSE(has_button(told, "Send the e-mail again")) << "TDLib could not";
  key_in("42ab");
  stage.wait_bot("Account added");
}

TEST_F(LoginWays, ANumberWithoutAnAccountEndsInASentence) {
  stage.world().set_login_code("15559990000", "13579");
  start();
  begin_phone("15559990000");
  stage.wait_bot("login code");
  key_in("13579");
  const auto told = stage.wait_bot("no Telegram account with this number");
  EXPECT_THAT(told.text, AllOf(HasSubstr("Telegram app first"), HasSubstr("Account Management")));
  nothing_left();
}

TEST_F(LoginWays, ALoginThatMustBePaidForEndsInASentence) {
  codes_by(0, {{"kinds", {"payment"}}});
  start();
  begin(0);
  const auto told = stage.wait_bot("Telegram Premium");
  EXPECT_THAT(told.text, AllOf(HasSubstr("QR code instead"), HasSubstr("Account Management")));
  nothing_left();
}

class TerminalWays : public LoginWays {
 protected:
  std::shared_ptr<support::Process> add(std::size_t who) {
    auto adding = stage.tgpanel({"account", "add", "--phone"});
    adding->send_line(fmt::format("+{}", support::kPeople[who].phone));
    return adding;
  }
};

TEST_F(TerminalWays, AWordIsTypedInTheTerminal) {
  codes_by(0, {{"kinds", {"word"}}, {"begins", "k"}}, "kettle");
  const auto adding = add(0);
  adding->wait_line("one word that begins with k");
  adding->send_line("kettle");
  EXPECT_EQ(adding->wait(), 0);
  EXPECT_THAT(adding->out(), HasSubstr("Added Alice"));
}

TEST_F(TerminalWays, AnEmailAddressAndItsCodes) {
  codes_by(0, {{"kinds", {"email_setup"}}});
  const auto adding = add(0);
  adding->wait_line("wants an e-mail address");
  adding->send_line("dana@example.com");
  adding->wait_line("to the e-mail address d***@example.com");
  adding->send_line(support::kLoginCode);
  adding->send_line(support::kLoginCode);
  EXPECT_EQ(adding->wait(), 0);
  EXPECT_THAT(adding->out(), HasSubstr("Added Alice"));
}

TEST_F(TerminalWays, AnotherCodeIsSentWhenItIsAskedFor) {
  codes_by(0, {{"kinds", {"app", "sms"}}, {"timeout", 1}});
  const auto adding = add(0);
  adding->wait_line("enter \"again\" for another one");
  adding->send_line("again");
  adding->wait_line("a code by an SMS");
  adding->send_line(support::kLoginCode);
  EXPECT_EQ(adding->wait(), 0);
}

}  // namespace
}  // namespace e2e
