// Adding an account: phone, code, password, QR; every wrong turn; nothing secret left behind.

#include "bot_fixture.hpp"

#include <gmock/gmock.h>

namespace tgpanel::bot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class LoginConversationTest : public BotTest {
 protected:
  void SetUp() override {
    start_and_serve();
    say("/start");
    press("Account Management");
    press("Add account");
  }

  FakeLogin& login() { return *panel.logins.back(); }

  void become(accounts::LoginStep step) {
    login().become(std::move(step));
    settle();
  }

  void to_code() {
    press("By phone number");
    say("+1 202 555 0123");
    become(accounts::WaitCode{"an SMS", 5, "+1 ••• ••23", true, accounts::CodeKind::sms});
  }

  static accounts::WaitCode code(accounts::CodeKind kind, bool digits = true, int number = 1) {
    accounts::WaitCode wait{accounts::to_string(kind), digits ? 5 : 0, "+1 ••• ••23", digits};
    wait.kind = kind;
    wait.number = number;
    return wait;
  }

  static accounts::Account ali() {
    accounts::Account account;
    account.id = 1;
    account.user_id = 1001;
    account.name = "Ali";
    account.masked_phone = "+1 ••• ••23";
    account.state = accounts::AccountState::active;
    return account;
  }
};

TEST_F(LoginConversationTest, ByPhoneCodeAndPassword) {
  EXPECT_THAT(shown(), HasSubstr("[By QR code]\n[By phone number]\n[‹ Back][Cancel]"));
  to_code();
  EXPECT_THAT(login().calls, ElementsAre("phone +12025550123"));
  EXPECT_THAT(shown(), HasSubstr("Telegram has sent a login code to +1 ••• ••23 by an SMS."));
  EXPECT_THAT(shown(), HasSubstr("○ ○ ○ ○ ○\n[1][2][3]\n[4][5][6]\n[7][8][9]\n[⌫][0][OK]\n"));
  for (const char* digit : {"2", "4", "6", "8", "0"}) press(digit);
  EXPECT_THAT(shown(), HasSubstr("● ● ● ● ●"));
  press("OK");
  EXPECT_EQ(login().calls.back(), "code 24680");
  become(accounts::WaitPassword{"first pet"});
  EXPECT_THAT(shown(), HasSubstr("Hint: first pet"));
  say("/my secret");
  EXPECT_EQ(login().calls.back(), "password /my secret");
  ASSERT_EQ(telegram.deleted.size(), 1U) << "the password does not stay in the chat";
  become(accounts::LoggedIn{ali()});
  EXPECT_THAT(shown(), StartsWith("Account added\n\n\u2068Ali\u2069 · +1 ••• ••23\nUser id: 1001"));
  EXPECT_THAT(login().calls, Not(testing::Contains("cancel")));
  press("Add account");
  EXPECT_THAT(shown(), HasSubstr("How do you want to log the account in?"));
}

TEST_F(LoginConversationTest, ANumberSentBeforeTheLoginIsOpenIsNotLost) {
  panel.next_login_step = accounts::Opening{};
  press("By phone number");
  EXPECT_THAT(shown(), HasSubstr("phone number in international form"));
  say("+12025550123");
  EXPECT_THAT(login().calls, IsEmpty());
  EXPECT_THAT(shown(), HasSubstr("Asking Telegram"));
  become(accounts::WaitPhone{});
  EXPECT_THAT(login().calls, ElementsAre("phone +12025550123"));
  become(accounts::WaitCode{"an SMS", 5, "+1 ••• ••23", true, accounts::CodeKind::sms});
  EXPECT_THAT(shown(), HasSubstr("login code"));
}

TEST_F(LoginConversationTest, QrChosenBeforeTheLoginIsOpenIsAskedForThen) {
  panel.next_login_step = accounts::Opening{};
  press("By phone number");
  press("Use a QR code instead");
  EXPECT_THAT(login().calls, IsEmpty());
  become(accounts::WaitPhone{});
  EXPECT_THAT(login().calls, ElementsAre("qr"));
}

TEST_F(LoginConversationTest, NoDigitOfTheCodeIsInWhatTheBotWrites) {
  to_code();
  telegram.log.clear();
  for (const char* digit : {"2", "4", "6", "8", "0"}) press(digit);
  press("OK");
  for (const auto& request : telegram.log) {
    EXPECT_THAT(request.dump(), Not(HasSubstr("24680")));
    EXPECT_THAT(request.dump(), Not(HasSubstr("2 4 6 8 0")));
  }
}

TEST_F(LoginConversationTest, AWrongCodeCanBeTriedAgain) {
  to_code();
  login().answers = {fail(Errc::invalid, "That is not the code.")};
  login().answers.push_front(fail(Errc::invalid, "That is not the code."));
  press("1");
  press("OK");
  EXPECT_THAT(shown(), HasSubstr("⚠ That is not the code."));
  EXPECT_THAT(shown(), HasSubstr("○ ○ ○ ○ ○"));
  press("2");
  EXPECT_THAT(shown(), Not(HasSubstr("⚠")));
  press("OK");
  EXPECT_EQ(login().calls.back(), "code 2");
}

TEST_F(LoginConversationTest, ACodeTypedAsAMessageIsDeletedAndNotUsed) {
  to_code();
  say("2 4 6 8 0");
  EXPECT_THAT(login().calls, ElementsAre("phone +12025550123"));
  EXPECT_EQ(telegram.deleted.size(), 1U);
  EXPECT_THAT(shown(), HasSubstr("Telegram expires codes"));
  say("hello");
  EXPECT_THAT(shown(), HasSubstr("not as a message"));
}

TEST_F(LoginConversationTest, ACodeThatIsAWordIsSentToAnotherWay) {
  press("By phone number");
  say("+1 202 555 0123");
  become(code(accounts::CodeKind::word, false));
  EXPECT_THAT(shown(), HasSubstr("cannot be entered here"));
  EXPECT_THAT(shown(), HasSubstr("[Use a QR code instead]"));
  EXPECT_THAT(shown(), Not(HasSubstr("[OK]")));
  say("apple");
  EXPECT_THAT(shown(), HasSubstr("Use the buttons"));
  EXPECT_EQ(login().calls.size(), 1U);
}

TEST_F(LoginConversationTest, CodesByCallsAndFragmentAreExplained) {
  using accounts::CodeKind;
  press("By phone number");
  say("+1 202 555 0123");
  become(code(CodeKind::phrase, false));
  EXPECT_THAT(shown(), HasSubstr("cannot be entered here"));
  auto flash = code(CodeKind::flash_call);
  flash.length = 0;
  become(flash);
  EXPECT_THAT(shown(), HasSubstr("the whole number that calls is the code"));
  EXPECT_THAT(shown(), Not(HasSubstr("[OK]")));
  EXPECT_THAT(shown(), HasSubstr("[Use a QR code instead]"));
  press("‹ Back");
  say("+1 202 555 0123");
  auto missed = code(CodeKind::missed_call);
  missed.begins = "+1 555";
  become(missed);
  EXPECT_THAT(shown(), HasSubstr("begins with +1 555; the code is its last 5 digits"));
  EXPECT_THAT(shown(), HasSubstr("[OK]"));
  press("‹ Back");
  say("+1 202 555 0123");
  auto fragment = code(CodeKind::fragment);
  fragment.begins = "https://fragment.com/number/1";
  become(fragment);
  EXPECT_THAT(shown(), HasSubstr("shown at https://fragment.com/number/1"));
  EXPECT_THAT(shown(), HasSubstr("[Use a QR code instead]"));
}

TEST_F(LoginConversationTest, AnotherCodeIsOfferedWhenTelegramAllowsIt) {
  press("By phone number");
  say("+1 202 555 0123");
  auto wait = code(accounts::CodeKind::app);
  become(wait);
  EXPECT_THAT(shown(), Not(HasSubstr("another code")));
  wait.next = accounts::CodeKind::sms;
  become(wait);
  EXPECT_THAT(shown(), HasSubstr("a button for another code by an SMS appears here"));
  EXPECT_THAT(shown(), Not(HasSubstr("[Send another code")));
  press("2");
  wait.can_resend = true;
  become(wait);
  EXPECT_THAT(shown(), HasSubstr("● ○ ○ ○ ○")) << "what was entered stays";
  press("Send another code by an SMS");
  EXPECT_EQ(login().calls.back(), "resend");
  become(code(accounts::CodeKind::sms, true, 2));
  EXPECT_THAT(shown(), HasSubstr("by an SMS. Enter it"));
  EXPECT_THAT(shown(), HasSubstr("○ ○ ○ ○ ○"));
  EXPECT_THAT(shown(), Not(HasSubstr("another code")));
  press("7");
  press("OK");
  EXPECT_EQ(login().calls.back(), "code 7");
}

TEST_F(LoginConversationTest, AnEmailAddressAndItsCodes) {
  press("By phone number");
  say("+1 202 555 0123");
  become(accounts::WaitEmailAddress{});
  EXPECT_THAT(shown(), HasSubstr("wants an e-mail address"));
  EXPECT_THAT(shown(), HasSubstr("[Use a QR code instead]"));
  say("hello");
  EXPECT_THAT(shown(), HasSubstr("That is not an e-mail address"));
  say("dana@example.com");
  EXPECT_EQ(login().calls.back(), "email dana@example.com");
  become(accounts::WaitEmailCode{"d***@example.com", 6, true, 1});
  EXPECT_THAT(shown(), HasSubstr("e-mail address d***@example.com"));
  press("4");
  press("abc");
  press("x");
  press("Send the e-mail again");
  EXPECT_EQ(login().calls.back(), "resend");
  become(accounts::WaitEmailCode{"d***@example.com", 6, true, 2});
  press("4");
  press("abc");
  press("x");
  press("OK");
  EXPECT_EQ(login().calls.back(), "email code 4x");
  become(accounts::WaitEmailCode{"d***@example.com", 6, false, 3});
  EXPECT_THAT(shown(), HasSubstr("○ ○ ○ ○ ○ ○"));
  EXPECT_THAT(shown(), Not(HasSubstr("again]")));
  say("123456");
  EXPECT_THAT(shown(), HasSubstr("do not send the code as a message"));
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("international form"));
}

TEST_F(LoginConversationTest, BadNumbersAreExplained) {
  press("By phone number");
  for (const std::string& bad : {std::string("hello"), std::string("12"), std::string("👍"),
                                 std::string("/phone"), std::string(4096, '1')}) {
    say(bad);
    EXPECT_THAT(shown(), HasSubstr("That is not a phone number.")) << bad.substr(0, 10);
  }
  sticker();
  EXPECT_THAT(shown(), HasSubstr("That is not a phone number."));
  EXPECT_THAT(login().calls, IsEmpty());
  login().answers = {fail(Errc::flood_wait, "Telegram asks to wait 7 minutes.", 420)};
  say("+12025550123");
  EXPECT_THAT(shown(), HasSubstr("⚠ Telegram asks to wait 7 minutes."));
  say("+12025550124");
  EXPECT_EQ(login().calls.back(), "phone +12025550124");
}

TEST_F(LoginConversationTest, BadPasswordsAreExplainedAndDeletedToo) {
  to_code();
  become(accounts::WaitPassword{});
  sticker();
  say(std::string(4096, 'x'));
  EXPECT_THAT(shown(), HasSubstr("at most 256 characters"));
  EXPECT_EQ(telegram.deleted.size(), 2U);
  login().answers = {fail(Errc::invalid, "That is not the password.")};
  say("wrong");
  EXPECT_THAT(shown(), HasSubstr("⚠ That is not the password."));
  EXPECT_EQ(telegram.deleted.size(), 3U);
}

TEST_F(LoginConversationTest, ByQrWithAPictureThatIsRenewed) {
  press("By QR code");
  EXPECT_THAT(login().calls, ElementsAre("qr"));
  become(accounts::WaitQr{"tg://login?token=one"});
  ASSERT_TRUE(telegram.last(kAdmin).photo);
  const auto first = shown_id();
  EXPECT_FALSE(std::filesystem::exists(folder / "outgoing" / "qr-500.png")) << "not kept on disk";
  become(accounts::WaitQr{"tg://login?token=two"});
  ASSERT_TRUE(telegram.last(kAdmin).photo);
  EXPECT_NE(shown_id(), first);
  EXPECT_THAT(telegram.deleted, ElementsAre(first));
  const auto second = shown_id();
  become(accounts::LoggedIn{ali()});
  EXPECT_THAT(telegram.deleted, ElementsAre(first, second));
  EXPECT_THAT(shown(), StartsWith("Account added"));
}

TEST_F(LoginConversationTest, QrIsOfferedAtEveryStep) {
  press("By phone number");
  press("Use a QR code instead");
  become(accounts::WaitQr{"tg://login?token=one"});
  EXPECT_TRUE(telegram.last(kAdmin).photo);
  press("‹ Back");
  EXPECT_EQ(telegram.deleted.size(), 1U) << "the picture";
  to_code();
  EXPECT_THAT(shown(), HasSubstr("[Use a QR code instead]"));
  become(accounts::WaitPassword{});
  EXPECT_THAT(shown(), HasSubstr("[Use a QR code instead]"));
}

TEST_F(LoginConversationTest, ARefusedQrOffersTheOtherWay) {
  press("Cancel");
  say("/start");
  press("Account Management");
  press("Add account");
  panel.too_many_logins = false;
  press("By phone number");
  login().answers = {fail(Errc::telegram, "Telegram refused the QR code.")};
  press("Use a QR code instead");
  EXPECT_THAT(shown(), HasSubstr("⚠ Telegram refused the QR code."));
  EXPECT_THAT(shown(), HasSubstr("[By phone number]"));
  EXPECT_EQ(login().calls.back(), "cancel");
}

TEST_F(LoginConversationTest, EveryWayOutReleasesTheLogin) {
  press("By phone number");
  press("Cancel");
  EXPECT_EQ(login().calls.back(), "cancel");
  for (const char* command : {"/cancel", "/start"}) {
    say("/start");
    press("Account Management");
    press("Add account");
    to_code();
    say(command);
    EXPECT_EQ(login().calls.back(), "cancel") << command;
  }
  press("Account Management");
  press("Add account");
  to_code();
  press("‹ Back");
  EXPECT_EQ(panel.logins[panel.logins.size() - 2]->calls.back(), "cancel");
  EXPECT_THAT(shown(), HasSubstr("phone number in international form"));
  press("‹ Back");
  EXPECT_EQ(login().calls.back(), "cancel");
  EXPECT_THAT(shown(), HasSubstr("How do you want to log the account in?"));
  to_code();
  stop();
  EXPECT_EQ(login().calls.back(), "cancel") << "also the end of the program";
}

TEST_F(LoginConversationTest, AFailedLoginIsSaidAndTheConversationIsOver) {
  to_code();
  become(accounts::LoginFailed{{Errc::exists, "Ali is one of your accounts already."}});
  EXPECT_THAT(shown(), StartsWith("Ali is one of your accounts already.\n\nAccount Management"));
  say("hello");
  EXPECT_THAT(shown(), StartsWith("Nothing was asked"));
}

TEST_F(LoginConversationTest, TooManyLoginsAreRefused) {
  panel.too_many_logins = true;
  press("By phone number");
  EXPECT_THAT(shown(), StartsWith("Ten logins are open already.\n\nAccount Management"));
}

}  // namespace
}  // namespace tgpanel::bot
