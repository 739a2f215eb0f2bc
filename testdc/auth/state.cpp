#include "testdc/auth/state.hpp"

#include "testdc/mtproto/crypto.hpp"

#include <boost/asio/steady_timer.hpp>

#include <utility>

namespace testdc {

AuthState::AuthState(tgpanel::Executor executor_in, AuthParts parts_in)
    : executor(std::move(executor_in)),
      parts(parts_in),
      codes(mtproto::random_u64),
      qr(mtproto::random_u64),
      freezes(parts_in.world) {}

int AuthState::now() const {
  return static_cast<int>(tgpanel::to_unix_ms(parts.clock.now()) / 1000);
}

Value AuthState::log_in(const Caller& caller, std::int64_t user) {
  Authorization authorization;
  authorization.auth_key_id = caller.auth_key_id;
  authorization.user_id = user;
  authorization.hash = random_id();
  authorization.created = now();
  authorization.active = now();
  authorization.device = caller.device;
  if (const auto attempt = attempts.extract(caller.auth_key_id)) {
    authorization.api_id = attempt.mapped().api_id;
  }
  challenges.erase(caller.auth_key_id);
  authorizations.add(authorization);
  return {{"_", "auth.authorization"}, {"user", parts.world.render_user(user, user)}};
}

Value AuthState::log_in_or_ask_password(const Caller& caller, std::int64_t user) {
  if (parts.world.find_user(user)->password.empty()) return log_in(caller, user);
  attempts[caller.auth_key_id].password_user = user;
  throw RpcError{401, "SESSION_PASSWORD_NEEDED"};
}

void AuthState::end_session(std::uint64_t auth_key_id, const RpcError& error) {
  authorizations.remove(auth_key_id);
  parts.dispatcher.block_key(auth_key_id, error);
  // An idle client does not notice before it asks for something: this makes it ask.
  parts.transport.push(auth_key_id, {{"_", "updatesTooLong"}});
}

void AuthState::tell_scanned(std::uint64_t auth_key_id) {
  parts.transport.push(
      auth_key_id,
      {{"_", "updateShort"}, {"update", {{"_", "updateLoginToken"}}}, {"date", now()}});
}

void AuthState::after(std::chrono::milliseconds delay, std::function<void()> function) {
  auto timer = std::make_shared<tgpanel::asio::steady_timer>(executor, delay);
  timer->async_wait(
      [timer, guard = std::weak_ptr(alive), function = std::move(function)](auto error) {
        if (!error && !guard.expired()) function();
      });
}

void AuthState::note_api(const Caller& caller, const Value& query) {
  // Which hash belongs to which id is known to Telegram alone.
  const int api_id = query.at("api_id").get<int>();
  if (api_id <= 0 || query.at("api_hash").get_ref<const std::string&>().empty()) {
    throw RpcError{400, "API_ID_INVALID"};
  }
  attempts[caller.auth_key_id].api_id = api_id;
}

std::int64_t random_id() {
  return static_cast<std::int64_t>(mtproto::random_u64() >> 1U) | 1;
}

}  // namespace testdc
