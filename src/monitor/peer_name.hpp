#pragma once
// How an admin names a user or a chat. Pure.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tgpanel::monitor {

struct PeerName {
  std::int64_t id = 0;   // user (> 0) or chat (< 0) id; 0: by name
  std::string username;  // without @, in lower case
  friend bool operator==(const PeerName&, const PeerName&) = default;
};

/// An id (as td_api writes it, digits of any script), @name, name, t.me/name or t.me/c/<id> with
/// anything behind. invalid: says what is expected.
[[nodiscard]] Result<PeerName> parse_peer_name(std::string_view text);

}  // namespace tgpanel::monitor
