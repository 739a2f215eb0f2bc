#include "accounts/login_machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::accounts::login {
namespace {

using telegram::TdError;

constexpr Instant kNow = Instant{Millis{1'000'000}};

Authorization state(const char* type, Json fields = Json::object()) {
  fields["@type"] = type;
  return {std::move(fields)};
}

Authorization wait_code(const char* code_type = "authenticationCodeTypeTelegramMessage") {
  return state(
      "authorizationStateWaitCode",
      {{"code_info",
        {{"phone_number", "12025550123"}, {"type", {{"@type", code_type}, {"length", 5}}}}}});
}

Authorization email_code() {
  return state("authorizationStateWaitEmailCode",
               {{"code_info", {{"email_address_pattern", "d***@example.com"}, {"length", 6}}}});
}

template <class T>
const T* find(const std::vector<Effect>& effects) {
  for (const auto& effect : effects) {
    if (const auto* found = std::get_if<T>(&effect)) return found;
  }
  return nullptr;
}

class LoginMachineTest : public ::testing::Test {
 public:
  LoginMachine machine{kNow};

  std::vector<Effect> give(Event event, Millis later = Millis{0}) {
    return machine.step(std::move(event), kNow + later);
  }

  template <class Step>
  bool at() const {
    return std::holds_alternative<Step>(machine.step());
  }

  void to_phone() { give(state("authorizationStateWaitPhoneNumber")); }

  void to_code() {
    to_phone();
    give(PhoneGiven{"+1 202 555 0123"});
    give(wait_code());
    give(Answered{});
  }

  void to_password() {
    to_code();
    give(CodeGiven{Secret("12345")});
    give(state("authorizationStateWaitPassword", {{"password_hint", "pet"}}));
    give(Answered{});
  }

  void to_email_address() {
    to_phone();
    give(PhoneGiven{"+1 202 555 0123"});
    give(state("authorizationStateWaitEmailAddress"));
    give(Answered{});
  }

  void to_email_code() {
    to_email_address();
    give(EmailAddressGiven{" dana@example.com "});
    give(email_code());
    give(Answered{});
  }

  /// By a message in the app, then by SMS after a minute.
  void to_resendable(int timeout = 60) {
    to_phone();
    give(PhoneGiven{"+1 202 555 0123"});
    auto event = wait_code();
    event.state["code_info"]["next_type"] = {{"@type", "authenticationCodeTypeSms"}};
    event.state["code_info"]["timeout"] = timeout;
    give(event);
    give(Answered{});
  }

  [[nodiscard]] const WaitCode& code() const { return std::get<WaitCode>(machine.step()); }

  void to_adopting() {
    to_phone();
    give(state("authorizationStateReady"));
    give(ProfileRead{telegram::User{7, "Ann", "", "", false}});
  }
};

TEST_F(LoginMachineTest, PhoneCodePasswordReady) {
  EXPECT_TRUE(at<Opening>());
  to_phone();
  ASSERT_TRUE(at<WaitPhone>());
  auto effects = give(PhoneGiven{"+1 202 555 0123"});
  ASSERT_NE(find<Request>(effects), nullptr);
  EXPECT_EQ(find<Request>(effects)->function["@type"], "setAuthenticationPhoneNumber");
  EXPECT_EQ(find<Request>(effects)->function["phone_number"], "+12025550123");
  EXPECT_EQ(find<Reply>(effects), nullptr);
  effects = give(wait_code());
  EXPECT_NE(find<Publish>(effects), nullptr);
  const auto& code = std::get<WaitCode>(machine.step());
  EXPECT_EQ(code.length, 5);
  EXPECT_EQ(code.via, "a message in the Telegram app");
  EXPECT_EQ(code.masked_phone.find("555"), std::string::npos);
  EXPECT_TRUE(find<Reply>(give(Answered{}))->result);

  effects = give(CodeGiven{Secret("۱۲ ۳۴۵")});
  EXPECT_EQ(find<Request>(effects)->function["code"], "12345");
  give(state("authorizationStateWaitPassword", {{"password_hint", "pet"}}));
  EXPECT_EQ(std::get<WaitPassword>(machine.step()).hint, "pet");
  EXPECT_TRUE(find<Reply>(give(Answered{}))->result);

  effects = give(PasswordGiven{Secret("/secret with space")});
  EXPECT_EQ(find<Request>(effects)->function["password"], "/secret with space");
  EXPECT_NE(find<ReadProfile>(give(state("authorizationStateReady"))), nullptr);
  EXPECT_TRUE(find<Reply>(give(Answered{}))->result);
  effects = give(ProfileRead{telegram::User{7, "Ann", "", "", false}});
  EXPECT_EQ(find<Adopt>(effects)->user.id, 7);
  Account account;
  account.id = 3;
  effects = give(Adopted{account});
  EXPECT_EQ(std::get<LoggedIn>(machine.step()).account.id, 3);
  EXPECT_NE(find<Publish>(effects), nullptr);
  EXPECT_EQ(find<Release>(effects), nullptr);
}

TEST_F(LoginMachineTest, WrongCodeAndWrongPasswordMayBeTriedAgain) {
  to_code();
  give(CodeGiven{Secret("11111")});
  auto effects = give(Answered{TdError{400, "PHONE_CODE_INVALID"}});
  ASSERT_NE(find<Reply>(effects), nullptr);
  EXPECT_EQ(find<Reply>(effects)->result.error().code, Errc::invalid);
  EXPECT_TRUE(at<WaitCode>());
  EXPECT_NE(find<Request>(give(CodeGiven{Secret("22222")})), nullptr);

  machine = LoginMachine(kNow);
  to_password();
  give(PasswordGiven{Secret("no")});
  effects = give(Answered{TdError{400, "PASSWORD_HASH_INVALID"}});
  EXPECT_EQ(find<Reply>(effects)->result.error().code, Errc::invalid);
  EXPECT_TRUE(at<WaitPassword>());
}

TEST_F(LoginMachineTest, AnExpiredCodeIsReplacedByANewOne) {
  to_code();
  give(CodeGiven{Secret("11111")});
  auto effects = give(Answered{TdError{400, "PHONE_CODE_EXPIRED"}});
  EXPECT_EQ(find<Reply>(effects)->result.error().code, Errc::invalid);
  ASSERT_NE(find<Request>(effects), nullptr);
  EXPECT_EQ(find<Request>(effects)->function["phone_number"], "+12025550123");
  EXPECT_TRUE(at<WaitCode>());
  // Nobody waits for this answer.
  EXPECT_EQ(find<Reply>(give(Answered{})), nullptr);
  EXPECT_NE(find<Request>(give(CodeGiven{Secret("22222")})), nullptr);
}

TEST_F(LoginMachineTest, ACodeThatComesBeforeTheNewOneWasSentIsCheckedAfterIt) {
  to_code();
  give(CodeGiven{Secret("11111")});
  give(Answered{TdError{400, "PHONE_CODE_EXPIRED"}});
  EXPECT_TRUE(give(CodeGiven{Secret("22222")}).empty());
  EXPECT_EQ(find<Reply>(give(QrWanted{}))->result.error().code, Errc::busy);
  give(wait_code());
  const auto effects = give(Answered{});
  ASSERT_NE(find<Request>(effects), nullptr);
  EXPECT_EQ(find<Request>(effects)->function["code"], "22222");
  EXPECT_EQ(find<Reply>(effects), nullptr);
  EXPECT_TRUE(find<Reply>(give(Answered{}))->result);

  give(CodeGiven{Secret("11111")});
  give(Answered{TdError{400, "PHONE_CODE_EXPIRED"}});
  give(CodeGiven{Secret("22222")});
  EXPECT_FALSE(find<Reply>(give(Cancelled{}))->result);
}

TEST_F(LoginMachineTest, AFailedResendEndsTheLogin) {
  to_code();
  give(CodeGiven{Secret("11111")});
  give(Answered{TdError{400, "PHONE_CODE_EXPIRED"}});
  const auto effects = give(Answered{TdError{429, "Too Many Requests: retry after 600"}});
  EXPECT_EQ(find<Reply>(effects), nullptr);
  EXPECT_EQ(std::get<LoginFailed>(machine.step()).error.code, Errc::flood_wait);
  EXPECT_FALSE(find<Release>(effects)->log_out);
}

struct Refused {
  TdError error;
  Errc code;
  const char* says;
  bool ends;
};

class LoginRefusals : public ::testing::TestWithParam<Refused> {};

TEST_P(LoginRefusals, AtThePhoneNumber) {
  LoginMachine machine(kNow);
  machine.step(state("authorizationStateWaitPhoneNumber"), kNow);
  machine.step(PhoneGiven{"+12025550123"}, kNow);
  const auto effects = machine.step(Answered{GetParam().error}, kNow);
  const auto* reply = find<Reply>(effects);
  ASSERT_NE(reply, nullptr);
  EXPECT_EQ(reply->result.error().code, GetParam().code);
  EXPECT_THAT(reply->result.error().message, ::testing::HasSubstr(GetParam().says));
  EXPECT_EQ(machine.ended(), GetParam().ends);
  EXPECT_EQ(find<Release>(effects) != nullptr, GetParam().ends);
}

INSTANTIATE_TEST_SUITE_P(
    All, LoginRefusals,
    ::testing::Values(
        Refused{{400, "PHONE_NUMBER_INVALID"}, Errc::invalid, "does not know", false},
        Refused{{400, "PHONE_NUMBER_BANNED"}, Errc::invalid, "banned", false},
        Refused{{406, "PHONE_NUMBER_FLOOD"}, Errc::flood_wait, "too often", true},
        Refused{{429, "Too Many Requests: retry after 400"}, Errc::flood_wait, "7 minutes", true},
        Refused{{429, "Too Many Requests: retry after 80000"}, Errc::flood_wait, "23 hours", true},
        Refused{{400, "API_ID_INVALID"}, Errc::configuration, "my.telegram.org", true},
        Refused{{TdError::kDeadline, "x"}, Errc::timeout, "proxy", true},
        Refused{{TdError::kClosed, "x"}, Errc::cancelled, "ended", true},
        Refused{{500, "SOMETHING_NEW"}, Errc::telegram, "SOMETHING_NEW", true}));

TEST_F(LoginMachineTest, StatesThatThePanelCannotServeEndInASentence) {
  for (const char* type :
       {"authorizationStateWaitRegistration", "authorizationStateWaitPremiumPurchase"}) {
    machine = LoginMachine(kNow);
    to_code();
    give(CodeGiven{Secret("12345")});
    const auto effects = give(state(type));
    ASSERT_TRUE(at<LoginFailed>()) << type;
    EXPECT_GT(std::get<LoginFailed>(machine.step()).error.message.size(), 40U);
    EXPECT_FALSE(find<Reply>(effects)->result);
    EXPECT_FALSE(find<Release>(effects)->log_out);
  }
}

TEST_F(LoginMachineTest, QrIsOfferedFromEveryWaitingStepAndRefreshes) {
  to_code();
  auto effects = give(QrWanted{});
  EXPECT_EQ(find<Request>(effects)->function["@type"], "requestQrCodeAuthentication");
  give(state("authorizationStateWaitOtherDeviceConfirmation", {{"link", "tg://login?token=a"}}));
  give(Answered{});
  EXPECT_EQ(std::get<WaitQr>(machine.step()).link, "tg://login?token=a");
  effects = give(
      state("authorizationStateWaitOtherDeviceConfirmation", {{"link", "tg://login?token=b"}}));
  EXPECT_NE(find<Publish>(effects), nullptr);
  EXPECT_EQ(std::get<WaitQr>(machine.step()).link, "tg://login?token=b");
  EXPECT_TRUE(find<Reply>(give(QrWanted{}))->result);
  EXPECT_FALSE(find<Reply>(give(PhoneGiven{"+12025550123"}))->result);
}

// Every input at every step is answered: a request to Telegram or a Reply, never silence.
TEST_F(LoginMachineTest, EveryInputAtEveryStepIsAnswered) {
  const std::vector<std::function<void(LoginMachineTest&)>> steps = {
      [](LoginMachineTest&) {},
      [](LoginMachineTest& t) { t.to_phone(); },
      [](LoginMachineTest& t) { t.to_code(); },
      [](LoginMachineTest& t) { t.to_email_address(); },
      [](LoginMachineTest& t) { t.to_email_code(); },
      [](LoginMachineTest& t) { t.to_resendable(); },
      [](LoginMachineTest& t) { t.to_password(); },
      [](LoginMachineTest& t) { t.to_adopting(); },
      [](LoginMachineTest& t) {
        t.to_phone();
        t.give(state("authorizationStateWaitOtherDeviceConfirmation", {{"link", "x"}}));
      },
      [](LoginMachineTest& t) { t.give(Cancelled{}); },
      [](LoginMachineTest& t) {
        t.to_adopting();
        t.give(Adopted{});
      }};
  const std::vector<std::function<Event()>> inputs = {
      [] { return Event(PhoneGiven{"+12025550123"}); },
      [] { return Event(PhoneGiven{""}); },
      [] { return Event(CodeGiven{Secret("12345")}); },
      [] { return Event(CodeGiven{Secret("x")}); },
      [] { return Event(PasswordGiven{Secret("p")}); },
      [] { return Event(PasswordGiven{Secret(std::string(4096, 'p'))}); },
      [] { return Event(EmailAddressGiven{"a@example.com"}); },
      [] { return Event(EmailAddressGiven{"nobody"}); },
      [] { return Event(EmailCodeGiven{Secret("123456")}); },
      [] { return Event(EmailCodeGiven{Secret("?")}); },
      [] { return Event(ResendWanted{}); },
      [] { return Event(QrWanted{}); }};
  for (std::size_t s = 0; s < steps.size(); ++s) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      machine = LoginMachine(kNow);
      steps[s](*this);
      const auto before = machine.step().index();
      const auto effects = give(inputs[i]());
      const bool asked = find<Request>(effects) != nullptr;
      const bool replied = find<Reply>(effects) != nullptr;
      EXPECT_NE(asked, replied) << "step " << s << ", input " << i;
      EXPECT_EQ(machine.step().index(), before) << "step " << s << ", input " << i;
      if (!asked) continue;
      // While Telegram thinks, a second input is refused as busy.
      const auto second = give(inputs[i]());
      EXPECT_EQ(find<Reply>(second)->result.error().code, Errc::busy);
    }
  }
}

TEST_F(LoginMachineTest, ReleaseLogsOutOnlyWhenTelegramHasASession) {
  to_code();
  EXPECT_FALSE(find<Release>(give(Cancelled{}))->log_out);

  machine = LoginMachine(kNow);
  to_phone();
  give(state("authorizationStateReady"));
  EXPECT_TRUE(find<Release>(give(Cancelled{}))->log_out);

  machine = LoginMachine(kNow);
  to_adopting();
  const auto effects = give(AdoptFailed{Error{Errc::exists, "twice"}});
  EXPECT_TRUE(find<Release>(effects)->log_out);
  EXPECT_EQ(std::get<LoginFailed>(machine.step()).error.message, "twice");

  machine = LoginMachine(kNow);
  to_phone();
  give(state("authorizationStateReady"));
  EXPECT_FALSE(find<Release>(give(state("authorizationStateLoggingOut")))->log_out);
}

// A session that Telegram may have made without our having heard of it must not stay there.
TEST_F(LoginMachineTest, ReleaseLogsOutAlsoWhileTelegramHasNotAnsweredACheck) {
  to_code();
  give(CodeGiven{Secret("12345")});
  EXPECT_TRUE(find<Release>(give(Cancelled{}))->log_out);

  machine = LoginMachine(kNow);
  to_code();
  give(CodeGiven{Secret("12345")});
  EXPECT_TRUE(find<Release>(give(Answered{TdError{TdError::kDeadline, "x"}}))->log_out);

  machine = LoginMachine(kNow);
  to_password();
  give(PasswordGiven{Secret("secret")});
  EXPECT_TRUE(find<Release>(give(Cancelled{}))->log_out);

  machine = LoginMachine(kNow);
  to_phone();
  give(QrWanted{});
  EXPECT_TRUE(find<Release>(give(Cancelled{}))->log_out);

  machine = LoginMachine(kNow);
  to_phone();
  give(state("authorizationStateWaitOtherDeviceConfirmation", {{"link", "x"}}));
  EXPECT_TRUE(find<Release>(give(Cancelled{}))->log_out);

  // A refusal is an answer, and so is the next step.
  machine = LoginMachine(kNow);
  to_code();
  give(CodeGiven{Secret("12345")});
  give(Answered{TdError{400, "PHONE_CODE_INVALID"}});
  EXPECT_FALSE(find<Release>(give(Cancelled{}))->log_out);

  machine = LoginMachine(kNow);
  to_code();
  give(CodeGiven{Secret("12345")});
  give(state("authorizationStateWaitPassword"));
  EXPECT_FALSE(find<Release>(give(Cancelled{}))->log_out);
}

TEST_F(LoginMachineTest, PasswordsAreCountedInCharactersAndMustBeText) {
  to_password();
  std::string longest;
  for (int i = 0; i < 256; ++i) longest += "س";
  const auto refused = [&](std::string password) {
    const auto effects = give(PasswordGiven{Secret(std::move(password))});
    return find<Request>(effects) == nullptr && find<Reply>(effects) != nullptr &&
           !find<Reply>(effects)->result;
  };
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused(longest + "س"));
  EXPECT_TRUE(refused("\xff\xfe")) << "no text: a terminal in another encoding";
  EXPECT_FALSE(refused(longest));
}

TEST_F(LoginMachineTest, NothingUndoesASessionThatIsBeingWrittenDown) {
  to_adopting();
  EXPECT_TRUE(give(Cancelled{}).empty());
  EXPECT_TRUE(give(Tick{}, kLoginPatience).empty());
  EXPECT_TRUE(give(state("authorizationStateClosed")).empty());
  EXPECT_NE(find<Publish>(give(Adopted{})), nullptr);
  EXPECT_TRUE(at<LoggedIn>());
}

TEST_F(LoginMachineTest, AnAbandonedLoginIsReleasedAfterTenMinutesWithoutSuccess) {
  to_phone();
  const auto almost = kLoginPatience - Millis{1};
  EXPECT_TRUE(give(Tick{}, almost).empty());
  give(PhoneGiven{"+12025550123"}, almost);
  give(wait_code(), almost);
  give(Answered{}, almost);
  EXPECT_TRUE(give(Tick{}, kLoginPatience).empty());
  const auto effects = give(Tick{}, almost + kLoginPatience);
  EXPECT_NE(find<Release>(effects), nullptr);
  EXPECT_EQ(std::get<LoginFailed>(machine.step()).error.code, Errc::timeout);
}

TEST_F(LoginMachineTest, ARenewedQrCodeDoesNotKeepAnAbandonedLoginAlive) {
  to_phone();
  give(QrWanted{});
  give(Answered{});
  const Millis renewal{30'000};
  const auto show = [this](Millis at) {
    return give(
        state("authorizationStateWaitOtherDeviceConfirmation", {{"link", "tg://login?token=x"}}),
        at);
  };
  for (Millis at{0}; at < kLoginPatience; at += renewal) {
    EXPECT_NE(find<Publish>(show(at)), nullptr);
  }
  EXPECT_NE(find<Release>(give(Tick{}, kLoginPatience)), nullptr);
  EXPECT_TRUE(at<LoginFailed>());
}

TEST_F(LoginMachineTest, NothingHappensAfterTheEnd) {
  give(OpenFailed{TdError{500, "disk"}});
  ASSERT_TRUE(at<LoginFailed>());
  EXPECT_TRUE(give(Cancelled{}).empty());
  EXPECT_TRUE(give(Tick{}, kLoginPatience * 2).empty());
  EXPECT_TRUE(give(state("authorizationStateReady")).empty());
  EXPECT_TRUE(give(Answered{}).empty());
}

TEST_F(LoginMachineTest, AnEmailAddressAndTheCodesSentThere) {
  to_email_address();
  ASSERT_TRUE(at<WaitEmailAddress>());
  auto effects = give(EmailAddressGiven{"dana"});
  EXPECT_THAT(find<Reply>(effects)->result.error().message, ::testing::HasSubstr("name@example"));
  effects = give(EmailAddressGiven{" dana@example.com "});
  ASSERT_NE(find<Request>(effects), nullptr);
  EXPECT_EQ(find<Request>(effects)->function["@type"], "setAuthenticationEmailAddress");
  EXPECT_EQ(find<Request>(effects)->function["email_address"], "dana@example.com");
  give(email_code());
  EXPECT_TRUE(find<Reply>(give(Answered{}))->result);
  ASSERT_TRUE(at<WaitEmailCode>());
  EXPECT_EQ(std::get<WaitEmailCode>(machine.step()).pattern, "d***@example.com");
  EXPECT_TRUE(std::get<WaitEmailCode>(machine.step()).can_resend);

  effects = give(EmailCodeGiven{Secret("۱۲ 3-4A")});
  ASSERT_NE(find<Request>(effects), nullptr);
  EXPECT_EQ(find<Request>(effects)->function["@type"], "checkAuthenticationEmailCode");
  EXPECT_EQ(find<Request>(effects)->function["code"]["code"], "1234A");
  effects = give(Answered{TdError{400, "CODE_INVALID"}});
  EXPECT_EQ(find<Reply>(effects)->result.error().code, Errc::invalid);
  EXPECT_TRUE(at<WaitEmailCode>());

  effects = give(ResendWanted{});
  EXPECT_EQ(find<Request>(effects)->function["@type"], "resendAuthenticationCode");
  const int number = std::get<WaitEmailCode>(machine.step()).number;
  give(email_code());
  give(Answered{});
  EXPECT_EQ(std::get<WaitEmailCode>(machine.step()).number, number + 1);
  EXPECT_TRUE(std::get<WaitEmailCode>(machine.step()).can_resend);

  // The address is the account's now, and the login code comes there.
  give(EmailCodeGiven{Secret("123456")});
  give(email_code());
  give(Answered{});
  EXPECT_FALSE(std::get<WaitEmailCode>(machine.step()).can_resend)
      << "TDLib does not know the address any more";
  EXPECT_EQ(find<Reply>(give(ResendWanted{}))->result.error().code, Errc::invalid);
  give(EmailCodeGiven{Secret("123456")});
  EXPECT_TRUE(find<Release>(give(Cancelled{}))->log_out) << "the answer is not known";
}

TEST_F(LoginMachineTest, ARefusedEmailAddressMayBeReplaced) {
  for (const char* error : {"EMAIL_INVALID", "EMAIL_NOT_ALLOWED"}) {
    machine = LoginMachine(kNow);
    to_email_address();
    give(EmailAddressGiven{"dana@example.com"});
    EXPECT_FALSE(find<Reply>(give(Answered{TdError{400, error}}))->result);
    EXPECT_TRUE(at<WaitEmailAddress>()) << error;
  }
  give(EmailAddressGiven{"dana@example.com"});
  EXPECT_FALSE(find<Release>(give(Cancelled{}))->log_out) << "an address is no login";
}

TEST_F(LoginMachineTest, AnotherCodeOnlyWhenTelegramNamesAKindAndItsTimeHasCome) {
  to_resendable(60);
  EXPECT_EQ(code().next, CodeKind::sms);
  EXPECT_FALSE(code().can_resend);
  EXPECT_EQ(machine.next_tick(), kNow + Millis{60'000});
  auto effects = give(ResendWanted{}, Millis{20'500});
  EXPECT_EQ(find<Reply>(effects)->result.error().code, Errc::flood_wait);
  EXPECT_EQ(find<Reply>(effects)->result.error().retry_after_s, 40);

  EXPECT_TRUE(give(Tick{}, Millis{59'999}).empty());
  EXPECT_NE(find<Publish>(give(Tick{}, Millis{60'000})), nullptr) << "the front ends learn of it";
  EXPECT_TRUE(code().can_resend);
  EXPECT_EQ(machine.next_tick(), machine.expires()) << "offering is no step of the login";
  EXPECT_TRUE(give(Tick{}, Millis{61'000}).empty()) << "once";

  effects = give(ResendWanted{}, Millis{62'000});
  ASSERT_NE(find<Request>(effects), nullptr);
  EXPECT_EQ(find<Request>(effects)->function["@type"], "resendAuthenticationCode");
  EXPECT_EQ(find<Request>(effects)->function["reason"]["@type"], "resendCodeReasonUserRequest");
  give(wait_code("authenticationCodeTypeSms"), Millis{62'100});
  EXPECT_TRUE(find<Reply>(give(Answered{}, Millis{62'100}))->result);
  EXPECT_EQ(code().kind, CodeKind::sms);
  EXPECT_EQ(code().number, 2);
  EXPECT_EQ(code().next, CodeKind::none);
  EXPECT_EQ(find<Reply>(give(ResendWanted{}))->result.error().code, Errc::invalid);
}

TEST_F(LoginMachineTest, ANextKindWithoutATimeoutIsOfferedAtOnce) {
  to_resendable(0);
  EXPECT_TRUE(code().can_resend);
  give(ResendWanted{});
  const auto effects = give(Answered{TdError{400, "SEND_CODE_UNAVAILABLE"}});
  EXPECT_FALSE(find<Reply>(effects)->result);
  EXPECT_TRUE(at<WaitCode>()) << "the code that came still serves";
  EXPECT_FALSE(find<Release>(give(Cancelled{}))->log_out);
}

struct Kind {
  const char* type;
  const char* field;
  CodeKind kind;
  bool digits;
};

class CodeKinds : public ::testing::TestWithParam<Kind> {};

TEST_P(CodeKinds, AreReadWithWhatTheyTell) {
  Json type = {{"@type", GetParam().type}, {"length", 6}};
  if (*GetParam().field != 0) type[GetParam().field] = "hint";
  LoginMachine machine(kNow);
  machine.step(state("authorizationStateWaitCode",
                     {{"code_info", {{"phone_number", "12025550123"}, {"type", type}}}}),
               kNow);
  const auto& code = std::get<WaitCode>(machine.step());
  EXPECT_EQ(code.kind, GetParam().kind);
  EXPECT_EQ(code.digits, GetParam().digits);
  EXPECT_EQ(code.begins, *GetParam().field == 0 ? "" : "hint");
  EXPECT_EQ(code.via, to_string(GetParam().kind));
  EXPECT_FALSE(code.via.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, CodeKinds,
    ::testing::Values(
        Kind{"authenticationCodeTypeTelegramMessage", "", CodeKind::app, true},
        Kind{"authenticationCodeTypeSms", "", CodeKind::sms, true},
        Kind{"authenticationCodeTypeSmsWord", "first_letter", CodeKind::word, false},
        Kind{"authenticationCodeTypeSmsPhrase", "first_word", CodeKind::phrase, false},
        Kind{"authenticationCodeTypeCall", "", CodeKind::call, true},
        Kind{"authenticationCodeTypeFlashCall", "pattern", CodeKind::flash_call, true},
        Kind{"authenticationCodeTypeMissedCall", "phone_number_prefix", CodeKind::missed_call,
             true},
        Kind{"authenticationCodeTypeFragment", "url", CodeKind::fragment, true},
        Kind{"authenticationCodeTypeFirebaseAndroid", "", CodeKind::sms, true},
        Kind{"authenticationCodeTypeFirebaseIos", "", CodeKind::sms, true}));

TEST_F(LoginMachineTest, CodesThatAreWords) {
  to_phone();
  give(wait_code("authenticationCodeTypeSmsWord"));
  EXPECT_FALSE(std::get<WaitCode>(machine.step()).digits);
  const auto effects = give(CodeGiven{Secret("apple")});
  ASSERT_NE(find<Request>(effects), nullptr);
  EXPECT_EQ(find<Request>(effects)->function["code"], "apple");
}

}  // namespace
}  // namespace tgpanel::accounts::login
