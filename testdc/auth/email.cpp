// E-mail addresses that logins need (core.telegram.org/api/auth#email-verification).

#include "testdc/auth/code_kinds.hpp"
#include "testdc/auth/state.hpp"

namespace testdc {

namespace {

/// Of emailVerifyPurposeLoginSetup: the phone whose login waits for an address.
const Value& purpose_of(AuthState& state, const Value& query) {
  const Value& purpose = query.at("purpose");
  // The other purposes are of those who are logged in already; nobody asks for them here.
  if (purpose.at("_") != "emailVerifyPurposeLoginSetup") throw RpcError{400, "EMAIL_NOT_SETUP"};
  const std::string phone = phone_of(purpose);
  try {
    state.codes.check_hash(phone, hash_of(purpose), state.now());
  } catch (const RpcError&) {
    throw RpcError{400, "PHONE_HASH_EXPIRED"};
  }
  return purpose;
}

Value send_email_code(AuthState& state, const Value& query) {
  const std::string phone = phone_of(purpose_of(state, query));
  const auto& email = query.at("email").get_ref<const std::string&>();
  // Source: core.telegram.org/method/account.sendVerifyEmailCode, possible errors.
  if (email.find('@') == std::string::npos) throw RpcError{400, "EMAIL_INVALID"};
  if (email.ends_with("@forbidden.example")) throw RpcError{400, "EMAIL_NOT_ALLOWED"};
  state.emails[phone] = email;
  return {{"_", "account.sentEmailCode"},
          {"email_pattern", email_pattern(email)},
          {"length", state.codes.last(phone)->code.size()}};
}

Value verify_email(AuthState& state, const Value& query) {
  const Value& purpose = purpose_of(state, query);
  const std::string phone = phone_of(purpose);
  const auto asked = state.emails.find(phone);
  if (asked == state.emails.end()) throw RpcError{400, "EMAIL_VERIFY_EXPIRED"};
  // Source: core.telegram.org/method/account.verifyEmail, possible errors.
  if (email_code_of(query.at("verification")) != state.codes.last(phone)->code) {
    throw RpcError{400, "CODE_INVALID"};
  }
  // Source: core.telegram.org/constructor/account.emailVerifiedLogin: a login code was sent there.
  const std::string email = asked->second;
  state.emails.erase(asked);
  state.codes.verified(phone, email);
  return {{"_", "account.emailVerifiedLogin"},
          {"email", email},
          {"sent_code", sent_code(*state.codes.last(phone), state.codes.plan(phone))}};
}

}  // namespace

std::string email_code_of(const Value& verification) {
  if (verification.at("_") != "emailVerificationCode") throw RpcError{400, "EMAIL_TOKEN_INVALID"};
  return verification.at("code").get<std::string>();
}

void add_email_methods(const AuthStatePtr& state) {
  Dispatcher& dispatcher = state->parts.dispatcher;
  dispatcher.add("account.sendVerifyEmailCode", [state](const Caller&, const Value& query) {
    return send_email_code(*state, query);
  });
  dispatcher.add("account.verifyEmail", [state](const Caller&, const Value& query) {
    return verify_email(*state, query);
  });
}

}  // namespace testdc
