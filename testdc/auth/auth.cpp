#include "testdc/auth/auth.hpp"

#include "testdc/auth/code_kinds.hpp"
#include "testdc/auth/state.hpp"
#include "testdc/world/names.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace testdc {

namespace {

std::string session_name(std::uint64_t auth_key_id) {
  return fmt::format("{:016x}", auth_key_id);
}

}  // namespace

struct Auth::Impl {
  AuthStatePtr state;
};

Auth::Auth(tgpanel::Executor executor, AuthParts parts)
    : impl_(std::make_unique<Impl>(std::make_shared<AuthState>(std::move(executor), parts))) {
  const AuthStatePtr& state = impl_->state;
  parts.dispatcher.identify_by(
      [raw = state.get()](std::uint64_t key) { return raw->authorizations.user_of(key); },
      [&world = parts.world](std::int64_t user) { return world.is_bot(user); });
  parts.dispatcher.forget_keys_with([raw = state.get()](std::uint64_t key) {
    raw->authorizations.remove(key);
    raw->attempts.erase(key);
  });
  // core.telegram.org/api/auth#invalidating-login-codes: a code that its owner shares is
  // invalidated. What others write says nothing about his code.
  parts.world.on_text([raw = state.get()](const User& author, std::string_view text) {
    if (!author.phone.empty()) raw->codes.shared(author.phone, text);
  });
  parts.dispatcher.refuse_by([raw = state.get()](const Caller& caller, const Value& query) {
    return raw->freezes.refusal(caller, query);
  });
  parts.dispatcher.allow_without_login(methods_without_login());
  parts.dispatcher.close_to_bots(methods_closed_to_bots());
  add_phone_methods(state);
  add_email_methods(state);
  add_password_methods(state);
  add_qr_methods(state);
  add_session_methods(state);
  add_config_methods(state);
}

Auth::~Auth() {
  impl_->state->parts.world.on_text({});
  impl_->state->parts.dispatcher.refuse_by({});
  impl_->state->alive.reset();
}

const Authorizations& Auth::authorizations() const {
  return impl_->state->authorizations;
}

std::vector<std::uint64_t> Auth::keys_of_user(std::int64_t user) const {
  return impl_->state->authorizations.keys_of(user);
}

void Auth::set_code(std::string_view phone, std::string_view code) {
  if (code.empty()) throw std::runtime_error("a login code has at least one digit");
  impl_->state->codes.set(digits(phone), code);
}

void Auth::set_plan(std::string_view phone, CodePlan plan) {
  check_kinds(plan);
  impl_->state->codes.set_plan(digits(phone), std::move(plan));
}

std::string Auth::last_code(std::string_view phone) const {
  const auto* const sent = impl_->state->codes.last(digits(phone));
  if (sent == nullptr) throw std::runtime_error("no code was sent to this phone");
  return sent->code;
}

void Auth::expire_code(std::string_view phone) {
  if (!impl_->state->codes.expire(digits(phone))) {
    throw std::runtime_error("no code was sent to this phone");
  }
}

void Auth::set_qr_lifetime(int seconds) {
  if (seconds < 1) throw std::runtime_error("a QR code lives for a second at least");
  impl_->state->qr.set_lifetime(seconds);
}

void Auth::scan_qr(std::int64_t user, std::string_view link) {
  AuthState& state = *impl_->state;
  const auto token = token_of_link(link);
  if (!token) throw std::runtime_error("not a link of the form tg://login?token=...");
  const User* const scanner = state.parts.world.find_user(user);
  if (scanner == nullptr || scanner->bot) throw std::runtime_error("no such person");
  try {
    state.tell_scanned(state.qr.accept(*token, user, state.now()));
  } catch (const RpcError& refusal) {
    throw std::runtime_error("the login token is refused: " + refusal.text);
  }
}

tgpanel::Json Auth::sessions(std::int64_t user) const {
  tgpanel::Json list = tgpanel::Json::array();
  for (const Authorization& authorization : authorizations().of_user(user)) {
    list.push_back({{"auth_key_id", session_name(authorization.auth_key_id)},
                    {"online", impl_->state->parts.transport.online(authorization.auth_key_id)},
                    {"device", authorization.device},
                    {"created", authorization.created}});
  }
  return list;
}

void Auth::freeze(std::int64_t user, std::optional<Freeze> freeze) {
  AuthState& state = *impl_->state;
  if (state.parts.world.find_user(user) == nullptr) throw std::runtime_error("no such user");
  if (freeze) {
    if (freeze->since == 0) freeze->since = state.now();
    state.freezes.set(user, *std::move(freeze));
  } else {
    state.freezes.end(user);
  }
  // Source: core.telegram.org/constructor/updateConfig; TDLib then asks for both configurations.
  for (const std::uint64_t key : keys_of_user(user)) {
    state.parts.transport.push(
        key, {{"_", "updateShort"}, {"update", {{"_", "updateConfig"}}}, {"date", state.now()}});
  }
}

void Auth::revoke(std::int64_t user, std::string_view error, std::string_view session) {
  if (impl_->state->parts.world.find_user(user) == nullptr)
    throw std::runtime_error("no such user");
  std::vector<std::uint64_t> keys = keys_of_user(user);
  if (!session.empty()) {
    std::erase_if(keys, [&](std::uint64_t key) { return session_name(key) != session; });
    if (keys.empty()) throw std::runtime_error("no such session of this user");
  }
  for (const std::uint64_t key : keys) {
    impl_->state->end_session(key, RpcError{401, std::string(error)});
  }
}

}  // namespace testdc
