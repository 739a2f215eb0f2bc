#pragma once
// Which key belongs to whom: the table of authorisations ("sessions" in Telegram's settings).

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace testdc {

struct Authorization {
  std::uint64_t auth_key_id = 0;
  std::int64_t user_id = 0;
  std::int64_t hash = 0;  // names it towards the user's other sessions; never 0
  int created = 0;        // Unix seconds
  int active = 0;         // Unix seconds, of the last call that asked for the list or logged in
  std::string device;     // device_model
  int api_id = 0;
};

/// Executor: the data centre's one thread.
class Authorizations {
 public:
  /// Replaces what the key was before.
  void add(const Authorization& authorization);
  void remove(std::uint64_t auth_key_id);

  /// 0 for a key that nobody is logged in with.
  [[nodiscard]] std::int64_t user_of(std::uint64_t auth_key_id) const;
  [[nodiscard]] Authorization* find(std::uint64_t auth_key_id);
  /// The oldest first.
  [[nodiscard]] std::vector<Authorization> of_user(std::int64_t user) const;
  [[nodiscard]] std::vector<std::uint64_t> keys_of(std::int64_t user) const;

 private:
  std::map<std::uint64_t, Authorization> by_key_;
  std::map<std::int64_t, std::vector<std::uint64_t>> by_user_;  // in the order of login
};

}  // namespace testdc
