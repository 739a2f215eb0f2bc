#pragma once
// Frozen users: those who may read and nothing else. Executor: the data centre's one thread.

#include "testdc/rpc/call.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace testdc {

class World;

struct Freeze {
  int since = 0;  // Unix seconds
  int until = 0;  // Unix seconds: the user is deleted then
  std::string appeal_url{};
};

class Freezes {
 public:
  explicit Freezes(const World& world) : world_(world) {}

  void set(std::int64_t user, Freeze freeze) { by_user_[user] = std::move(freeze); }

  void end(std::int64_t user) { by_user_.erase(user); }

  /// The freeze_* keys of help.getAppConfig, as TL JSONObjectValue; empty for one who is not
  /// frozen.
  [[nodiscard]] Value app_config(std::int64_t user) const;
  /// Why the call is refused.
  [[nodiscard]] std::optional<RpcError> refusal(const Caller& caller, const Value& query) const;

 private:
  const World& world_;
  std::map<std::int64_t, Freeze> by_user_;
};

}  // namespace testdc
