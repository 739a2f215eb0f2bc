// Login by QR code (core.telegram.org/api/qr-login).

#include "testdc/auth/state.hpp"

namespace testdc {

namespace {

Value export_token(AuthState& state, const Caller& caller, const Value& query) {
  if (caller.user_id != 0) {
    const Value user = state.parts.world.render_user(caller.user_id, caller.user_id);
    return {{"_", "auth.loginTokenSuccess"},
            {"authorization", {{"_", "auth.authorization"}, {"user", user}}}};
  }
  state.note_api(caller, query);
  if (const auto user = state.qr.take_accepted(caller.auth_key_id)) {
    return {{"_", "auth.loginTokenSuccess"},
            {"authorization", state.log_in_or_ask_password(caller, *user)}};
  }
  auto shown = state.qr.show(caller.auth_key_id, state.now(),
                             query.at("except_ids").get<std::vector<std::int64_t>>());
  return {{"_", "auth.loginToken"},
          {"expires", shown.expires},
          {"token", Value::binary(std::move(shown.token))}};
}

Value accept_token(AuthState& state, const Caller& caller, const Value& query) {
  const std::uint64_t key =
      state.qr.accept(query.at("token").get_binary(), caller.user_id, state.now());
  state.tell_scanned(key);
  Authorization fresh;
  fresh.hash = random_id();
  fresh.created = fresh.active = state.now();
  if (const auto attempt = state.attempts.find(key); attempt != state.attempts.end()) {
    fresh.api_id = attempt->second.api_id;
  }
  return render_authorization(fresh, false);
}

}  // namespace

void add_qr_methods(const AuthStatePtr& state) {
  Dispatcher& dispatcher = state->parts.dispatcher;
  dispatcher.add("auth.exportLoginToken", [state](const Caller& caller, const Value& query) {
    return export_token(*state, caller, query);
  });
  // Only for tokens of another data centre, and there is but one.
  dispatcher.add("auth.importLoginToken", [](const Caller&, const Value&) -> Value {
    throw RpcError{400, "AUTH_TOKEN_INVALID"};
  });
  dispatcher.add("auth.acceptLoginToken", [state](const Caller& caller, const Value& query) {
    return accept_token(*state, caller, query);
  });
}

}  // namespace testdc
