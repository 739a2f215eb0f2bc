// Login by a code sent to a phone, and the login of bots.

#include "testdc/auth/code_kinds.hpp"
#include "testdc/auth/state.hpp"
#include "testdc/world/names.hpp"

#include <fmt/format.h>

namespace testdc {

namespace {

// Lengths of international numbers: ITU-T E.164; the shortest in use have 7 digits.
constexpr std::size_t min_digits = 7;
constexpr std::size_t max_digits = 15;

}  // namespace

std::string phone_of(const Value& query) {
  std::string phone = digits(query.at("phone_number").get_ref<const std::string&>());
  if (phone.size() < min_digits || phone.size() > max_digits) {
    throw RpcError{400, "PHONE_NUMBER_INVALID"};
  }
  return phone;
}

const std::string& hash_of(const Value& query) {
  return query.at("phone_code_hash").get_ref<const std::string&>();
}

namespace {

// Telegram writes the code in its own chat, which every session of the user shows. People without a
// client here have Telegram on their phones too.
void write_code(World& world, std::int64_t user, const std::string& code) {
  constexpr std::string_view title = "Login code:";
  Draft draft;
  draft.text = fmt::format(
      "{} {}. Do not give this code to anyone, even if they say they are from Telegram!\n\n"
      "This code can be used to log in to your Telegram account. We never ask it for anything "
      "else.\n\nIf you didn't request this code by trying to log in on another device, simply "
      "ignore this message.",
      title, code);
  draft.entities =
      Value::array({{{"_", "messageEntityBold"}, {"offset", 0}, {"length", title.size()}}});
  world.send({World::service_user, 0}, {Peer::Type::user, user}, std::move(draft));
}

Value send_code(AuthState& state, const Caller& caller, const Value& query) {
  const std::string phone = phone_of(query);
  state.note_api(caller, query);
  const auto& sent = state.codes.send(phone, state.now());
  const User* const user = state.parts.world.user_by_phone(phone);
  const CodePlan& plan = state.codes.plan(phone);
  if (user != nullptr && !user->deleted && plan.kinds.front() == "app") {
    write_code(state.parts.world, user->id, sent.code);
  }
  return sent_code(sent, plan);
}

Value sign_in(AuthState& state, const Caller& caller, const Value& query) {
  const std::string phone = phone_of(query);
  // Source: core.telegram.org/api/auth: a code that came by e-mail is given as email_verification.
  const bool by_email = query.contains("email_verification");
  const std::string code =
      by_email ? email_code_of(query.at("email_verification")) : query.value("phone_code", "");
  if (by_email && state.codes.plan(phone).kinds.front() != "email") {
    throw RpcError{400, "EMAIL_VERIFY_EXPIRED"};
  }
  state.codes.check(phone, hash_of(query), code, state.now());
  const User* const user = state.parts.world.user_by_phone(phone);
  // Telegram says this for every number without a user, once the code was right.
  if (user == nullptr) return {{"_", "auth.authorizationSignUpRequired"}};
  if (user->deleted) throw RpcError{400, "PHONE_NUMBER_BANNED"};
  state.codes.forget(phone);
  return state.log_in_or_ask_password(caller, user->id);
}

Value sign_in_bot(AuthState& state, const Caller& caller, const Value& query) {
  state.note_api(caller, query);
  const User* const bot =
      state.parts.world.user_by_token(query.at("bot_auth_token").get_ref<const std::string&>());
  if (bot == nullptr) throw RpcError{400, "ACCESS_TOKEN_INVALID"};
  return state.log_in(caller, bot->id);
}

}  // namespace

void add_phone_methods(const AuthStatePtr& state) {
  Dispatcher& dispatcher = state->parts.dispatcher;
  dispatcher.add("auth.sendCode", [state](const Caller& caller, const Value& query) {
    return send_code(*state, caller, query);
  });
  dispatcher.add("auth.resendCode", [state](const Caller&, const Value& query) {
    const std::string phone = phone_of(query);
    const auto& sent = state->codes.resend(phone, hash_of(query), state->now());
    return sent_code(sent, state->codes.plan(phone));
  });
  dispatcher.add("auth.cancelCode", [state](const Caller&, const Value& query) {
    state->codes.forget(phone_of(query));
    return Value(true);
  });
  dispatcher.add("auth.signIn", [state](const Caller& caller, const Value& query) {
    return sign_in(*state, caller, query);
  });
  // Temporary keys that nobody uses any more are forgotten when their time is up.
  dispatcher.add("auth.dropTempAuthKeys", [](const Caller&, const Value&) { return Value(true); });
  // Clients say so when a message of Telegram's own chat is forwarded or seen on a screenshot.
  dispatcher.add("account.invalidateSignInCodes",
                 [state](const Caller& caller, const Value& query) {
                   const User& user = *state->parts.world.find_user(caller.user_id);
                   for (const auto& code : query.at("codes")) {
                     state->codes.shared(user.phone, code.get_ref<const std::string&>());
                   }
                   return Value(true);
                 });
  // Telegram lets only its own applications make new users.
  dispatcher.add("auth.signUp", [](const Caller&, const Value&) -> Value {
    throw RpcError{400, "PHONE_NUMBER_APP_SIGNUP_FORBIDDEN"};
  });
  dispatcher.add("auth.importBotAuthorization", [state](const Caller& caller, const Value& query) {
    return sign_in_bot(*state, caller, query);
  });
}

}  // namespace testdc
