#pragma once
// All handshakes of the server, by the nonce that "identifies the client within this communication"
// (https://core.telegram.org/mtproto/auth_key): not by their connections, for a client that got no
// answer in time sends its query again on another one. Executor: the data centre's one thread.

#include "testdc/mtproto/handshake.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <list>
#include <memory>
#include <optional>
#include <string>

namespace testdc::mtproto {

class Handshakes {
 public:
  /// More are never kept, the oldest are forgotten first. By time nothing is forgotten: a starved
  /// client has as long as it needs.
  static constexpr std::size_t kept = 1000;

  struct Step {
    Bytes answer;
    std::optional<AuthKey> key;  // that the handshake agreed on with this step
  };

  /// What to answer to the body of an unencrypted message, or why the connection has to end. A
  /// client may begin again at any time: with another nonce it gives up the handshake that came
  /// over the same connection last. `connection` tells connections apart. `now`: Unix seconds.
  std::expected<Step, std::string> step(const Handshake::Context& context,
                                        const std::shared_ptr<const void>& connection,
                                        ByteView body, std::int64_t now);

  [[nodiscard]] std::size_t size() const { return all_.size(); }

 private:
  struct Entry {
    Bytes nonce;
    std::weak_ptr<const void> connection;  // the last one that it came over
    Handshake handshake;
  };

  std::list<Entry> all_;  // the oldest first
};

}  // namespace testdc::mtproto
