// How login codes travel: every kind, the next one, e-mail addresses; and freezes.

#include "auth_fixture.hpp"

#include <gmock/gmock.h>

namespace testdc {
namespace {

class CodeKindsTest : public AuthFixture {
 protected:
  static constexpr const char* phone = "989120000001";
  static constexpr std::uint64_t key = 5;

  Value resend(const Value& sent) {
    return call(key, {{"_", "auth.resendCode"},
                      {"phone_number", phone},
                      {"phone_code_hash", sent.at("phone_code_hash")}});
  }

  static Value purpose(const Value& sent) {
    return {{"_", "emailVerifyPurposeLoginSetup"},
            {"phone_number", phone},
            {"phone_code_hash", sent.at("phone_code_hash")}};
  }

  static Value email_code(const std::string& code) {
    return {{"_", "emailVerificationCode"}, {"code", code}};
  }

  Value sign_in_by_email(const Value& sent, const std::string& code) {
    return call(key, {{"_", "auth.signIn"},
                      {"phone_number", phone},
                      {"phone_code_hash", sent.at("phone_code_hash")},
                      {"email_verification", email_code(code)}});
  }
};

TEST_F(CodeKindsTest, EachKindAndTheNextUntilThereIsNone) {
  auth.set_plan(phone, {.kinds = {"app", "sms", "flash_call", "missed_call", "fragment", "call",
                                  "word", "phrase"},
                        .timeout = 7,
                        .begins = "b"});
  const Value sent = send_code(key);
  EXPECT_EQ(sent.at("type").at("_"), "auth.sentCodeTypeApp");
  EXPECT_EQ(sent.at("next_type").at("_"), "auth.codeTypeSms");
  EXPECT_EQ(sent.at("timeout"), 7);
  std::vector<std::string> kinds;
  Value last;
  for (int i = 0; i < 7; ++i) {
    last = resend(sent);
    kinds.push_back(last.at("type").at("_"));
  }
  EXPECT_THAT(kinds,
              testing::ElementsAre("auth.sentCodeTypeSms", "auth.sentCodeTypeFlashCall",
                                   "auth.sentCodeTypeMissedCall", "auth.sentCodeTypeFragmentSms",
                                   "auth.sentCodeTypeCall", "auth.sentCodeTypeSmsWord",
                                   "auth.sentCodeTypeSmsPhrase"));
  EXPECT_EQ(last.at("type").at("beginning"), "b");
  EXPECT_FALSE(last.contains("next_type"));
  EXPECT_EQ(error_of(resend(sent)), "400 SEND_CODE_UNAVAILABLE");
  EXPECT_THROW(auth.set_plan(phone, {.kinds = {"pigeon"}}), std::runtime_error);
}

TEST_F(CodeKindsTest, AnAddressIsAskedForVerifiedAndThenUsed) {
  auth.set_plan(phone, {.kinds = {"email_setup"}});
  const Value sent = send_code(key);
  EXPECT_EQ(sent.at("type").at("_"), "auth.sentCodeTypeSetUpEmailRequired");
  const auto ask = [&](const char* email) {
    return call(
        key, {{"_", "account.sendVerifyEmailCode"}, {"purpose", purpose(sent)}, {"email", email}});
  };
  const auto verify = [&](const std::string& code) {
    return call(key, {{"_", "account.verifyEmail"},
                      {"purpose", purpose(sent)},
                      {"verification", email_code(code)}});
  };
  const std::string code = auth.last_code(phone);
  EXPECT_EQ(error_of(verify(code)), "400 EMAIL_VERIFY_EXPIRED") << "nothing was sent yet";
  EXPECT_EQ(error_of(ask("dana")), "400 EMAIL_INVALID");
  EXPECT_EQ(error_of(ask("a@forbidden.example")), "400 EMAIL_NOT_ALLOWED");
  EXPECT_EQ(ask("dana@example.com").at("email_pattern"), "d***@example.com");
  EXPECT_EQ(error_of(verify("x")), "400 CODE_INVALID");
  EXPECT_EQ(error_of(sign_in_by_email(sent, code)), "400 EMAIL_VERIFY_EXPIRED");
  const Value verified = verify(code);
  EXPECT_EQ(verified.at("email"), "dana@example.com");
  const Value& login = verified.at("sent_code");
  EXPECT_EQ(login.at("type").at("_"), "auth.sentCodeTypeEmailCode");
  EXPECT_EQ(login.at("type").at("email_pattern"), "d***@example.com");
  EXPECT_EQ(error_of(sign_in_by_email(login, "x")), "400 PHONE_CODE_INVALID");
  EXPECT_EQ(sign_in_by_email(login, code).at("user").at("id"), ali);
  EXPECT_EQ(send_code(key + 1).at("type").at("_"), "auth.sentCodeTypeEmailCode");
}

TEST_F(CodeKindsTest, ALoginThatIsToBePaidFor) {
  auth.set_plan(phone, {.kinds = {"payment"}});
  EXPECT_EQ(send_code(key).at("_"), "auth.sentCodePaymentRequired");
}

TEST_F(CodeKindsTest, AFrozenUserReadsAndDoesNothingElse) {
  log_in(key);
  const auto config = [&](int hash) {
    return call(key, {{"_", "help.getAppConfig"}, {"hash", hash}});
  };
  const Value before = config(0);
  EXPECT_TRUE(before.at("config").at("value").empty());
  auth.freeze(ali, Freeze{.since = 1000, .until = 2000, .appeal_url = "https://t.me/spambot"});
  ASSERT_EQ(transport.pushed.size(), 1U);
  EXPECT_EQ(transport.pushed.back().second.at("update").at("_"), "updateConfig");
  const Value frozen = config(before.at("hash"));
  ASSERT_EQ(frozen.at("_"), "help.appConfig") << "another content has another hash";
  EXPECT_EQ(frozen.at("config").at("value").at(0).at("key"), "freeze_since_date");
  EXPECT_EQ(frozen.at("config").at("value").at(1).at("value").at("value"), 2000.0);
  const Value send = {{"_", "messages.sendVote"},
                      {"peer", {{"_", "inputPeerSelf"}}},
                      {"msg_id", 1},
                      {"options", Value::array()}};
  EXPECT_EQ(error_of(call(key, send)), "420 FROZEN_METHOD_INVALID");
  auth.freeze(ali, std::nullopt);
  EXPECT_EQ(config(frozen.at("hash")).at("config").at("value").size(), 0U);
  EXPECT_NE(error_of(call(key, send)), "420 FROZEN_METHOD_INVALID");
}

}  // namespace
}  // namespace testdc
