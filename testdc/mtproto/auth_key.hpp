#pragma once
// Authorisation keys: permanent ones, and temporary ones bound to them.

#include "testdc/mtproto/packet.hpp"
#include "testdc/mtproto/salts.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace testdc::mtproto {

struct AuthKey {
  KeyBytes bytes{};
  std::uint64_t id = 0;
  std::int32_t dc = 0;          // as in the handshake: n, 10000 + n, negative for media
  std::int64_t expires_at = 0;  // Unix seconds; 0: permanent
  std::uint64_t bound_to = 0;   // the permanent key behind a temporary one
  Salts salts;
  bool initialised = false;  // initConnection came
  std::string device;        // from initConnection

  [[nodiscard]] bool temporary() const { return expires_at != 0; }

  /// The key that is the authorisation; 0 for a temporary one that is not bound yet.
  [[nodiscard]] std::uint64_t owner() const { return temporary() ? bound_to : id; }
};

using AuthKeyPtr = std::shared_ptr<AuthKey>;

/// Keys by id.
using AuthKeys = std::map<std::uint64_t, AuthKeyPtr>;

}  // namespace testdc::mtproto
