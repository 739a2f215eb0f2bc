
#include "auth_fixture.hpp"
#include "srp_client.hpp"
#include "testdc/auth/qr_logins.hpp"

namespace testdc {
namespace {

constexpr std::uint64_t key = 11;
constexpr std::uint64_t other_key = 12;

const char* const sara_phone = "989120000002";

class AuthTest : public AuthFixture {
 protected:
  Value get_password(std::uint64_t at) { return call(at, {{"_", "account.getPassword"}}); }

  Value check_password(std::uint64_t at, const Value& asked, std::string_view password) {
    const SrpProof proof =
        prove(password, asked.at("current_algo"), asked.at("srp_B").get_binary());
    return call(at, {{"_", "auth.checkPassword"},
                     {"password",
                      {{"_", "inputCheckPasswordSRP"},
                       {"srp_id", asked.at("srp_id")},
                       {"A", Value::binary(proof.a)},
                       {"M1", Value::binary(proof.m1)}}}});
  }

  void ask_sara(std::uint64_t at) {
    const Value sent = send_code(at, sara_phone);
    ASSERT_EQ(error_of(sign_in(at, sent, auth.last_code(sara_phone), sara_phone)),
              "401 SESSION_PASSWORD_NEEDED");
  }

  Value list(std::uint64_t at) {
    return call(at, {{"_", "account.getAuthorizations"}}).at("authorizations");
  }
};

TEST_F(AuthTest, ByCode) {
  auth.set_code("+989120000001", "12345");
  const Value sent = send_code(key);
  EXPECT_EQ(sent.at("type").at("length"), 5);
  EXPECT_EQ(auth.authorizations().user_of(key), 0);
  EXPECT_EQ(error_of(sign_in(key, sent, "11111")), "400 PHONE_CODE_INVALID");
  const Value answer = sign_in(key, sent, "12345");
  EXPECT_EQ(answer.at("user").at("id"), ali);
  EXPECT_EQ(answer.at("user").at("self"), true);
  EXPECT_EQ(auth.authorizations().user_of(key), ali);
  EXPECT_EQ(auth.keys_of_user(ali), std::vector{key});
  EXPECT_EQ(error_of(sign_in(key, sent, "12345")), "400 PHONE_CODE_EXPIRED")
      << "a code serves once";
}

TEST_F(AuthTest, CodesMayExpireAndBeSentAgain) {
  const Value sent = send_code(key);
  const std::string code = auth.last_code("989120000001");
  const Value again = call(key, {{"_", "auth.resendCode"},
                                 {"phone_number", "989120000001"},
                                 {"phone_code_hash", sent.at("phone_code_hash")}});
  EXPECT_EQ(again.at("phone_code_hash"), sent.at("phone_code_hash"));
  auth.expire_code("989120000001");
  EXPECT_EQ(error_of(sign_in(key, sent, code)), "400 PHONE_CODE_EXPIRED");
  EXPECT_NO_FATAL_FAILURE(log_in(key));
}

TEST_F(AuthTest, ACancelledCodeIsOver) {
  const Value sent = send_code(key);
  EXPECT_EQ(call(key, {{"_", "auth.cancelCode"},
                       {"phone_number", "989120000001"},
                       {"phone_code_hash", sent.at("phone_code_hash")}}),
            true);
  EXPECT_EQ(error_of(sign_in(key, sent, auth.last_code("989120000001"))), "400 PHONE_CODE_EXPIRED");
}

TEST_F(AuthTest, NumbersThatAreNone) {
  EXPECT_EQ(error_of(send_code(key, "12")), "400 PHONE_NUMBER_INVALID");
  EXPECT_EQ(error_of(send_code(key, "1234567890123456")), "400 PHONE_NUMBER_INVALID");
  EXPECT_EQ(error_of(call(key, {{"_", "auth.sendCode"},
                                {"phone_number", "989120000001"},
                                {"api_id", 0},
                                {"api_hash", "abc"},
                                {"settings", {{"_", "codeSettings"}}}})),
            "400 API_ID_INVALID");
  EXPECT_THROW((void)auth.last_code("989120000001"), std::runtime_error);
}

TEST_F(AuthTest, NobodySignsUpHere) {
  const char* const phone = "989129999999";
  const Value sent = send_code(key, phone);
  const Value answer = sign_in(key, sent, auth.last_code(phone), phone);
  EXPECT_EQ(answer.value("_", ""), "auth.authorizationSignUpRequired");
  EXPECT_EQ(error_of(call(key, {{"_", "auth.signUp"},
                                {"phone_number", phone},
                                {"phone_code_hash", sent.at("phone_code_hash")},
                                {"first_name", "A"},
                                {"last_name", ""}})),
            "400 PHONE_NUMBER_APP_SIGNUP_FORBIDDEN");
  EXPECT_EQ(auth.authorizations().user_of(key), 0);
}

TEST_F(AuthTest, ByPassword) {
  ASSERT_NO_FATAL_FAILURE(ask_sara(key));
  const Value asked = get_password(key);
  EXPECT_EQ(asked.at("hint"), "as in the tale");
  EXPECT_EQ(error_of(check_password(key, asked, "close sesame")), "400 PASSWORD_HASH_INVALID");
  EXPECT_EQ(auth.authorizations().user_of(key), 0);
  // A challenge serves once.
  EXPECT_EQ(error_of(check_password(key, asked, "open sesame")), "400 SRP_ID_INVALID");
  EXPECT_EQ(check_password(key, get_password(key), "open sesame").at("user").at("id"), sara);
  EXPECT_EQ(auth.authorizations().user_of(key), sara);
}

TEST_F(AuthTest, AChangedPasswordIsAskedForAgain) {
  ASSERT_NO_FATAL_FAILURE(ask_sara(key));
  const Value asked = get_password(key);
  world.find_user(sara)->password = "new";
  EXPECT_EQ(error_of(check_password(key, asked, "open sesame")), "400 SRP_PASSWORD_CHANGED");
  EXPECT_EQ(check_password(key, get_password(key), "new").at("user").at("id"), sara);
}

TEST_F(AuthTest, ProofsThatAreNone) {
  ASSERT_NO_FATAL_FAILURE(ask_sara(key));
  for (const std::size_t size : {0U, 1U, 256U, 300U}) {
    const Value asked = get_password(key);
    EXPECT_EQ(error_of(call(key, {{"_", "auth.checkPassword"},
                                  {"password",
                                   {{"_", "inputCheckPasswordSRP"},
                                    {"srp_id", asked.at("srp_id")},
                                    {"A", Value::binary(Bytes(size))},
                                    {"M1", Value::binary(Bytes(32))}}}})),
              "400 PASSWORD_HASH_INVALID");
  }
  EXPECT_EQ(error_of(call(key, {{"_", "auth.checkPassword"},
                                {"password", {{"_", "inputCheckPasswordEmpty"}}}})),
            "400 PASSWORD_HASH_INVALID");
}

TEST_F(AuthTest, ThePasswordIsAskedForOnlyAfterTheCode) {
  EXPECT_EQ(error_of(get_password(key)), "401 AUTH_KEY_UNREGISTERED");
  ASSERT_NO_FATAL_FAILURE(ask_sara(other_key));
  EXPECT_EQ(error_of(get_password(key)), "401 AUTH_KEY_UNREGISTERED");
  const Value asked = get_password(other_key);
  EXPECT_EQ(error_of(check_password(key, asked, "open sesame")), "401 AUTH_KEY_UNREGISTERED");
}

TEST_F(AuthTest, AUserWithoutAPasswordHasNone) {
  ASSERT_NO_FATAL_FAILURE(log_in(key));
  EXPECT_FALSE(get_password(key).contains("has_password"));
}

TEST_F(AuthTest, ByBotToken) {
  const auto sign_in_bot = [this](const char* token) {
    return call(key, {{"_", "auth.importBotAuthorization"},
                      {"flags", 0},
                      {"api_id", 4},
                      {"api_hash", "abc"},
                      {"bot_auth_token", token}});
  };
  EXPECT_EQ(error_of(sign_in_bot("777:wrong")), "400 ACCESS_TOKEN_INVALID");
  EXPECT_EQ(sign_in_bot("777:secret").at("user").at("id"), bot);
}

TEST_F(AuthTest, BotsAreRefusedWhatIsNotForThem) {
  call(key, {{"_", "auth.importBotAuthorization"},
             {"flags", 0},
             {"api_id", 4},
             {"api_hash", "abc"},
             {"bot_auth_token", "777:secret"}});
  EXPECT_EQ(error_of(call(key, {{"_", "account.getAuthorizations"}})), "400 BOT_METHOD_INVALID");
  EXPECT_EQ(error_of(call(key, {{"_", "help.getConfig"}})), "");
}

TEST_F(AuthTest, ByQrCode) {
  const Value shown = export_token(key);
  EXPECT_EQ(shown.at("expires"), 1'700'000'000 + login_token_lifetime);
  auth.scan_qr(ali, link_of(shown));
  ASSERT_EQ(transport.pushed.size(), 1U);
  EXPECT_EQ(transport.pushed[0].first, key);
  EXPECT_EQ(transport.pushed[0].second.at("update").at("_"), "updateLoginToken");
  const Value answer = export_token(key);
  ASSERT_EQ(answer.value("_", ""), "auth.loginTokenSuccess") << answer;
  EXPECT_EQ(answer.at("authorization").at("user").at("id"), ali);
  EXPECT_EQ(auth.authorizations().user_of(key), ali);
}

TEST_F(AuthTest, ByQrCodeWithAPassword) {
  auth.scan_qr(sara, link_of(export_token(key)));
  EXPECT_EQ(error_of(export_token(key)), "401 SESSION_PASSWORD_NEEDED");
  EXPECT_EQ(check_password(key, get_password(key), "open sesame").at("user").at("id"), sara);
}

TEST_F(AuthTest, QrCodesThatDoNotServe) {
  const std::string link = link_of(export_token(key));
  EXPECT_THROW(auth.scan_qr(ali, "https://t.me/login"), std::runtime_error);
  EXPECT_THROW(auth.scan_qr(ali + 1000, link), std::runtime_error);
  EXPECT_THROW(auth.scan_qr(bot, link), std::runtime_error);
  clock.advance(std::chrono::seconds(login_token_lifetime));
  EXPECT_THROW(auth.scan_qr(ali, link), std::runtime_error);
  EXPECT_TRUE(transport.pushed.empty());
  EXPECT_EQ(export_token(key).value("_", ""), "auth.loginToken");
}

TEST_F(AuthTest, AnotherClientMayScanToo) {
  ASSERT_NO_FATAL_FAILURE(log_in(other_key));
  const Value shown = export_token(key);
  EXPECT_EQ(call(other_key, {{"_", "auth.acceptLoginToken"}, {"token", shown.at("token")}})
                .value("_", ""),
            "authorization");
  EXPECT_EQ(export_token(key).value("_", ""), "auth.loginTokenSuccess");
  EXPECT_EQ(auth.keys_of_user(ali), (std::vector{other_key, key}));
}

TEST_F(AuthTest, LogOutDestroysTheKeyLater) {
  ASSERT_NO_FATAL_FAILURE(log_in(key));
  EXPECT_EQ(call(key, {{"_", "auth.logOut"}}).value("_", ""), "auth.loggedOut");
  EXPECT_EQ(auth.authorizations().user_of(key), 0);
  EXPECT_TRUE(transport.destroyed.empty());
  EXPECT_EQ(error_of(call(key, {{"_", "account.getAuthorizations"}})), "401 AUTH_KEY_UNREGISTERED");
  io.run();
  EXPECT_EQ(transport.destroyed, std::vector{key});
}

TEST_F(AuthTest, AKeyThatItsClientDestroysIsNobodysAnyMore) {
  ASSERT_NO_FATAL_FAILURE(log_in(key));
  ASSERT_NO_FATAL_FAILURE(log_in(other_key));
  dispatcher.on_key_destroyed(key);
  EXPECT_EQ(auth.authorizations().user_of(key), 0);
  EXPECT_EQ(auth.keys_of_user(ali), std::vector{other_key});
}

TEST_F(AuthTest, SessionsAreListedAndEnded) {
  ASSERT_NO_FATAL_FAILURE(log_in(key));
  ASSERT_NO_FATAL_FAILURE(log_in(other_key));
  const Value sessions = list(key);
  ASSERT_EQ(sessions.size(), 2U);
  EXPECT_EQ(sessions[0].at("current"), true);
  EXPECT_EQ(sessions[0].at("hash"), 0);
  EXPECT_EQ(sessions[0].at("device_model"), "Panel on Linux");
  EXPECT_EQ(sessions[0].at("api_id"), 4);
  const auto end = [&](const Value& hash) {
    return call(key, {{"_", "account.resetAuthorization"}, {"hash", hash}});
  };
  EXPECT_EQ(error_of(end(5)), "400 HASH_INVALID");
  EXPECT_EQ(end(sessions[1].at("hash")), true);
  EXPECT_EQ(auth.keys_of_user(ali), std::vector{key});
  EXPECT_EQ(error_of(call(other_key, {{"_", "help.getConfig"}})), "401 SESSION_REVOKED");
  ASSERT_EQ(transport.pushed.size(), 1U);
  EXPECT_EQ(transport.pushed[0].second.at("_"), "updatesTooLong");
}

TEST_F(AuthTest, AllOthersMayBeEnded) {
  ASSERT_NO_FATAL_FAILURE(log_in(key));
  ASSERT_NO_FATAL_FAILURE(log_in(other_key));
  ASSERT_NO_FATAL_FAILURE(log_in(13));
  EXPECT_EQ(call(other_key, {{"_", "auth.resetAuthorizations"}}), true);
  EXPECT_EQ(auth.keys_of_user(ali), std::vector{other_key});
}

TEST_F(AuthTest, RevokedSessionsAnswerTheirError) {
  ASSERT_NO_FATAL_FAILURE(log_in(key));
  transport.online_key = key;
  const auto seen = auth.sessions(ali);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].at("auth_key_id"), "000000000000000b");
  EXPECT_EQ(seen[0].at("online"), true);
  EXPECT_EQ(seen[0].at("created"), 1'700'000'000);
  auth.revoke(ali, "USER_DEACTIVATED_BAN");
  EXPECT_EQ(error_of(call(key, {{"_", "account.getAuthorizations"}})), "401 USER_DEACTIVATED_BAN");
  EXPECT_TRUE(auth.sessions(ali).empty());
  EXPECT_EQ(transport.pushed.size(), 1U);
  EXPECT_THROW(auth.revoke(ali + 1000, "X"), std::runtime_error);
  EXPECT_NO_FATAL_FAILURE(log_in(other_key)) << "a fresh key logs in";
}

TEST_F(AuthTest, OneSessionMayBeRevokedAlone) {
  ASSERT_NO_FATAL_FAILURE(log_in(key));
  ASSERT_NO_FATAL_FAILURE(log_in(other_key));
  const auto session = auth.sessions(ali).at(1).at("auth_key_id").get<std::string>();
  EXPECT_THROW(auth.revoke(sara, "SESSION_REVOKED", session), std::runtime_error);
  EXPECT_THROW(auth.revoke(ali, "SESSION_REVOKED", "12"), std::runtime_error);
  EXPECT_EQ(auth.sessions(ali).size(), 2U);
  auth.revoke(ali, "SESSION_REVOKED", session);
  EXPECT_EQ(auth.keys_of_user(ali), std::vector{key});
  EXPECT_EQ(error_of(call(other_key, {{"_", "help.getConfig"}})), "401 SESSION_REVOKED");
  EXPECT_EQ(error_of(call(key, {{"_", "account.getAuthorizations"}})), "");
  EXPECT_THROW(auth.revoke(ali, "SESSION_REVOKED", session), std::runtime_error) << "it is over";
}

TEST_F(AuthTest, TheConfigNamesTheDcThatWasAsked) {
  const Value config = call(key, {{"_", "help.getConfig"}});
  EXPECT_EQ(config.at("this_dc"), 2);
  EXPECT_EQ(config.at("test_mode"), false);
  for (const Value& option : config.at("dc_options"))
    EXPECT_EQ(option.at("ip_address"), "127.0.0.1");
  EXPECT_EQ(call(key, {{"_", "help.getNearestDc"}}).at("nearest_dc"), 2);
  const Value app = call(key, {{"_", "help.getAppConfig"}, {"hash", 0}});
  EXPECT_EQ(app.value("_", ""), "help.appConfig");
  EXPECT_EQ(call(key, {{"_", "help.getAppConfig"}, {"hash", app.at("hash")}}).value("_", ""),
            "help.appConfigNotModified");
  EXPECT_EQ(call(key, {{"_", "help.getCdnConfig"}}).at("public_keys").size(), 0U);
}

}  // namespace
}  // namespace testdc
