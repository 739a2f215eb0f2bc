// The list of sessions, and their end.

#include "testdc/auth/state.hpp"

namespace testdc {

namespace {

// What TDLib's own log out waits for is over by then.
constexpr std::chrono::seconds key_lives_on{1};

const RpcError terminated{401, "SESSION_REVOKED"};

Value log_out(const AuthStatePtr& state, const Caller& caller) {
  state->authorizations.remove(caller.auth_key_id);
  state->attempts.erase(caller.auth_key_id);
  state->after(key_lives_on, [state = state.get(), key = caller.auth_key_id] {
    state->parts.transport.destroy_key(key);
  });
  return {{"_", "auth.loggedOut"}};
}

Value list(AuthState& state, const Caller& caller) {
  if (auto* const own = state.authorizations.find(caller.auth_key_id)) own->active = state.now();
  Value all = Value::array();
  for (const Authorization& authorization : state.authorizations.of_user(caller.user_id)) {
    all.push_back(
        render_authorization(authorization, authorization.auth_key_id == caller.auth_key_id));
  }
  return {
      {"_", "account.authorizations"}, {"authorization_ttl_days", 180}, {"authorizations", all}};
}

Value end_one(AuthState& state, const Caller& caller, std::int64_t hash) {
  for (const Authorization& authorization : state.authorizations.of_user(caller.user_id)) {
    if (authorization.hash == hash && authorization.auth_key_id != caller.auth_key_id) {
      state.end_session(authorization.auth_key_id, terminated);
      return true;
    }
  }
  throw RpcError{400, "HASH_INVALID"};
}

Value end_others(AuthState& state, const Caller& caller) {
  for (const std::uint64_t key : state.authorizations.keys_of(caller.user_id)) {
    if (key != caller.auth_key_id) state.end_session(key, terminated);
  }
  return true;
}

}  // namespace

Value render_authorization(const Authorization& authorization, bool current) {
  Value value = {{"_", "authorization"},
                 {"hash", current ? 0 : authorization.hash},  // 0 is one's own
                 {"device_model", authorization.device},
                 {"platform", "Linux"},
                 {"system_version", ""},
                 {"api_id", authorization.api_id},
                 {"app_name", "testdc"},
                 {"app_version", "1"},
                 {"date_created", authorization.created},
                 {"date_active", authorization.active},
                 {"ip", "127.0.0.1"},
                 {"country", ""},
                 {"region", ""}};
  if (current) value["current"] = true;
  return value;
}

void add_session_methods(const AuthStatePtr& state) {
  Dispatcher& dispatcher = state->parts.dispatcher;
  dispatcher.add("auth.logOut",
                 [state](const Caller& caller, const Value&) { return log_out(state, caller); });
  dispatcher.add("account.getAuthorizations",
                 [state](const Caller& caller, const Value&) { return list(*state, caller); });
  dispatcher.add("account.resetAuthorization", [state](const Caller& caller, const Value& query) {
    return end_one(*state, caller, query.at("hash").get<std::int64_t>());
  });
  dispatcher.add("auth.resetAuthorizations", [state](const Caller& caller, const Value&) {
    return end_others(*state, caller);
  });
}

}  // namespace testdc
