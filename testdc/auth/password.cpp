// Two-step verification (core.telegram.org/api/srp).

#include "testdc/auth/state.hpp"
#include "testdc/mtproto/crypto.hpp"
#include "testdc/mtproto/dh.hpp"

namespace testdc {

namespace {

constexpr std::size_t salt1_size = 8;
constexpr std::size_t salt2_size = 16;
constexpr std::size_t secret_size = 256;

Value algorithm(const Bytes& salt1, const Bytes& salt2) {
  return {{"_", "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow"},
          {"salt1", Value::binary(salt1)},
          {"salt2", Value::binary(salt2)},
          {"g", mtproto::kDhGenerator},
          {"p", Value::binary(mtproto::to_bytes(mtproto::dh_prime()))}};
}

const SrpVerifier& verifier_of(AuthState& state, const User& user) {
  AuthState::KnownPassword& known = state.passwords[user.id];
  if (known.password != user.password) {
    known.verifier = make_verifier(user.password, mtproto::random_bytes(salt1_size),
                                   mtproto::random_bytes(salt2_size));
    known.password = user.password;
  }
  return known.verifier;
}

/// The caller himself, or who is asked for the password at the caller's key.
const User& asked_user(const AuthState& state, const Caller& caller) {
  std::int64_t id = caller.user_id;
  const auto attempt = state.attempts.find(caller.auth_key_id);
  if (id == 0 && attempt != state.attempts.end()) id = attempt->second.password_user;
  const User* const user = state.parts.world.find_user(id);
  if (user == nullptr) throw RpcError{401, "AUTH_KEY_UNREGISTERED"};
  return *user;
}

Value get_password(AuthState& state, const Caller& caller) {
  const User& user = asked_user(state, caller);
  Value answer = {
      {"_", "account.password"},
      {"new_algo", algorithm(mtproto::random_bytes(salt1_size), mtproto::random_bytes(salt2_size))},
      {"new_secure_algo", {{"_", "securePasswordKdfAlgoUnknown"}}},
      {"secure_random", Value::binary(mtproto::random_bytes(secret_size))}};
  if (user.password.empty()) return answer;

  const SrpVerifier& verifier = verifier_of(state, user);
  AuthState::Challenge challenge{.id = random_id(),
                                 .user = user.id,
                                 .password = user.password,
                                 .server = SrpServer(verifier, mtproto::random_bytes(secret_size))};
  answer["has_password"] = true;
  answer["current_algo"] = algorithm(verifier.salt1, verifier.salt2);
  answer["srp_B"] = Value::binary(challenge.server.challenge());
  answer["srp_id"] = challenge.id;
  if (!user.password_hint.empty()) answer["hint"] = user.password_hint;
  state.challenges.insert_or_assign(caller.auth_key_id, std::move(challenge));
  return answer;
}

Value check_password(AuthState& state, const Caller& caller, const Value& query) {
  const User& user = asked_user(state, caller);
  const Value& given = query.at("password");
  if (given.at("_") != "inputCheckPasswordSRP") throw RpcError{400, "PASSWORD_HASH_INVALID"};
  const auto asked = state.challenges.extract(caller.auth_key_id);
  if (asked.empty() || asked.mapped().id != given.at("srp_id")) {
    throw RpcError{400, "SRP_ID_INVALID"};
  }
  const AuthState::Challenge& challenge = asked.mapped();
  if (challenge.password != user.password) throw RpcError{400, "SRP_PASSWORD_CHANGED"};
  if (challenge.user != user.id ||
      !challenge.server.check(given.at("A").get_binary(), given.at("M1").get_binary())) {
    throw RpcError{400, "PASSWORD_HASH_INVALID"};
  }
  return state.log_in(caller, user.id);
}

}  // namespace

void add_password_methods(const AuthStatePtr& state) {
  Dispatcher& dispatcher = state->parts.dispatcher;
  dispatcher.add("account.getPassword", [state](const Caller& caller, const Value&) {
    return get_password(*state, caller);
  });
  dispatcher.add("auth.checkPassword", [state](const Caller& caller, const Value& query) {
    return check_password(*state, caller, query);
  });
  // Nobody here has an address for recovery.
  dispatcher.add("auth.requestPasswordRecovery", [](const Caller&, const Value&) -> Value {
    throw RpcError{400, "PASSWORD_RECOVERY_NA"};
  });
}

}  // namespace testdc
