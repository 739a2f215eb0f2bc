#include "testdc/auth/login_codes.hpp"

#include "testdc/rpc/call.hpp"

#include <fmt/format.h>

#include <utility>

namespace testdc {

namespace {

bool digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// Not as a part of a longer number.
bool holds_number(std::string_view text, std::string_view number) {
  for (auto at = text.find(number); at != std::string_view::npos; at = text.find(number, at + 1)) {
    if (!(at > 0 && digit_at(text, at - 1)) && !digit_at(text, at + number.size())) return true;
  }
  return false;
}

}  // namespace

void LoginCodes::set(const std::string& phone, std::string_view code) {
  Phone& entry = phones_[phone];
  entry.next = code;
  entry.sent.code = code;
}

void LoginCodes::set_plan(const std::string& phone, CodePlan plan) {
  phones_[phone].plan = std::move(plan);
}

const CodePlan& LoginCodes::plan(const std::string& phone) const {
  static const CodePlan usual;
  const auto found = phones_.find(phone);
  return found == phones_.end() ? usual : found->second.plan;
}

const LoginCodes::Sent& LoginCodes::send(const std::string& phone, int now) {
  Phone& entry = phones_[phone];
  entry.sent.code = entry.next.empty()
                        ? fmt::format("{:0{}}", random_() % 100'000, login_code_length)
                        : entry.next;
  entry.sent.hash = fmt::format("{:016x}", random_());
  entry.sent.expires = now + login_code_lifetime;
  entry.sent.step = 0;
  entry.valid = true;
  return entry.sent;
}

const LoginCodes::Sent& LoginCodes::resend(const std::string& phone, std::string_view hash,
                                           int now) {
  pending(phone, hash, now);
  Phone& entry = phones_.at(phone);
  if (entry.sent.step + 1 >= entry.plan.kinds.size()) {
    throw RpcError{400, "SEND_CODE_UNAVAILABLE"};
  }
  ++entry.sent.step;
  entry.sent.expires = now + login_code_lifetime;
  return entry.sent;
}

void LoginCodes::check(const std::string& phone, std::string_view hash, std::string_view code,
                       int now) const {
  if (code.empty()) throw RpcError{400, "PHONE_CODE_EMPTY"};
  if (pending(phone, hash, now).sent.code != code) throw RpcError{400, "PHONE_CODE_INVALID"};
}

void LoginCodes::check_hash(const std::string& phone, std::string_view hash, int now) const {
  pending(phone, hash, now);
}

void LoginCodes::verified(const std::string& phone, std::string address) {
  Phone& entry = phones_[phone];
  entry.plan.kinds = {"email"};
  entry.plan.email = std::move(address);
  entry.sent.step = 0;
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

void LoginCodes::shared(const std::string& phone, std::string_view text) {
  const auto found = phones_.find(phone);
  if (found == phones_.end() || !found->second.valid) return;
  if (holds_number(text, found->second.sent.code)) found->second.sent.expires = 0;
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
