#include "testdc/auth/authorizations.hpp"

namespace testdc {

void Authorizations::add(const Authorization& authorization) {
  remove(authorization.auth_key_id);
  by_key_.emplace(authorization.auth_key_id, authorization);
  by_user_[authorization.user_id].push_back(authorization.auth_key_id);
}

void Authorizations::remove(std::uint64_t auth_key_id) {
  const auto found = by_key_.find(auth_key_id);
  if (found == by_key_.end()) return;
  std::erase(by_user_[found->second.user_id], auth_key_id);
  by_key_.erase(found);
}

std::int64_t Authorizations::user_of(std::uint64_t auth_key_id) const {
  const auto found = by_key_.find(auth_key_id);
  return found == by_key_.end() ? 0 : found->second.user_id;
}

Authorization* Authorizations::find(std::uint64_t auth_key_id) {
  const auto found = by_key_.find(auth_key_id);
  return found == by_key_.end() ? nullptr : &found->second;
}

std::vector<Authorization> Authorizations::of_user(std::int64_t user) const {
  std::vector<Authorization> list;
  for (const std::uint64_t key : keys_of(user)) list.push_back(by_key_.at(key));
  return list;
}

std::vector<std::uint64_t> Authorizations::keys_of(std::int64_t user) const {
  const auto found = by_user_.find(user);
  return found == by_user_.end() ? std::vector<std::uint64_t>() : found->second;
}

}  // namespace testdc
