#include "testdc/auth/login_codes.hpp"

#include "testdc/rpc/call.hpp"

#include <fmt/format.h>

namespace testdc {

void LoginCodes::set(const std::string& phone, std::string_view code) {
  Phone& entry = phones_[phone];
  entry.next = code;
  entry.sent.code = code;
}

const LoginCodes::Sent& LoginCodes::send(const std::string& phone, int now) {
  Phone& entry = phones_[phone];
  entry.sent.code = entry.next.empty()
                        ? fmt::format("{:0{}}", random_() % 100'000, login_code_length)
                        : entry.next;
  entry.sent.hash = fmt::format("{:016x}", random_());
  entry.sent.expires = now + login_code_lifetime;
  entry.valid = true;
  return entry.sent;
}

const LoginCodes::Sent& LoginCodes::resend(const std::string& phone, std::string_view hash,
                                           int now) {
  pending(phone, hash, now);
  Phone& entry = phones_.at(phone);
  entry.sent.expires = now + login_code_lifetime;
  return entry.sent;
}

void LoginCodes::check(const std::string& phone, std::string_view hash, std::string_view code,
                       int now) const {
  if (code.empty()) throw RpcError{400, "PHONE_CODE_EMPTY"};
  if (pending(phone, hash, now).sent.code != code) throw RpcError{400, "PHONE_CODE_INVALID"};
}

void LoginCodes::forget(const std::string& phone) {
  if (const auto found = phones_.find(phone); found != phones_.end()) found->second.valid = false;
}

bool LoginCodes::expire(const std::string& phone) {
  const auto found = phones_.find(phone);
  if (found == phones_.end() || found->second.sent.hash.empty()) return false;
  found->second.sent.expires = 0;
  return true;
}

const LoginCodes::Sent* LoginCodes::last(const std::string& phone) const {
  const auto found = phones_.find(phone);
  return found == phones_.end() || found->second.sent.hash.empty() ? nullptr : &found->second.sent;
}

const LoginCodes::Phone& LoginCodes::pending(const std::string& phone, std::string_view hash,
                                             int now) const {
  if (hash.empty()) throw RpcError{400, "PHONE_CODE_HASH_EMPTY"};
  const auto found = phones_.find(phone);
  if (found == phones_.end() || !found->second.valid || found->second.sent.hash != hash ||
      found->second.sent.expires <= now) {
    throw RpcError{400, "PHONE_CODE_EXPIRED"};
  }
  return found->second;
}

}  // namespace testdc
