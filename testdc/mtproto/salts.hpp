#pragma once
// Server salts of one key: each is valid for an hour and the next one starts half an hour later.
// Source: https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts

#include <cstdint>
#include <vector>

namespace testdc::mtproto {

struct Salt {
  std::int64_t valid_since = 0;  // Unix seconds
  std::int64_t valid_until = 0;
  std::int64_t value = 0;
};

class Salts {
 public:
  Salts() = default;
  /// `first` is valid from `now` on.
  Salts(std::int64_t first, std::int64_t now);

  /// The newest salt that is valid now.
  std::int64_t current(std::int64_t now);
  [[nodiscard]] bool accepts(std::int64_t salt, std::int64_t now);
  /// At most `count` salts, the current ones first.
  std::vector<Salt> future(std::size_t count, std::int64_t now);
  /// From now on all known salts are wrong: clients are told bad_server_salt.
  void replace(std::int64_t now);

 private:
  void extend(std::size_t count, std::int64_t now);

  std::vector<Salt> salts_;  // by time, those past dropped
};

}  // namespace testdc::mtproto
