#pragma once
// The server's side of making one authorisation key, one step per message. Handshakes tells which
// one a message belongs to (handshakes.hpp).
// Source: https://core.telegram.org/mtproto/auth_key

#include "testdc/mtproto/auth_key.hpp"
#include "testdc/mtproto/crypto.hpp"
#include "testdc/mtproto/dh.hpp"
#include "testdc/mtproto/rsa.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace testdc::mtproto {

class Handshake {
 public:
  struct Context {
    const tl::Schema& schema;
    const RsaKey& rsa;
    std::function<bool(std::uint64_t key_id)> is_taken;
  };

  /// The body of an unencrypted message to the answer's body, or why the connection has to end.
  /// Exactly the same query again gets the same answer again, whatever came in between: who got no
  /// answer "may simply resend the query" (the page above, lost queries and responses). `now`: Unix
  /// seconds.
  std::expected<Bytes, std::string> step(const Context& context, ByteView body, std::int64_t now);

  /// The key that the last step agreed on.
  std::optional<AuthKey> take_key();

 private:
  using Answer = std::expected<Bytes, std::string>;

  Answer perform(const Context& context, const tl::Value& request, std::int64_t now);
  Answer start(const Context& context, ByteView nonce);
  Answer exchange(const Context& context, const tl::Value& request, std::int64_t now);
  Answer finish(const Context& context, const tl::Value& request, std::int64_t now);
  std::expected<tl::Value, std::string> open_inner(const Context& context,
                                                   ByteView encrypted) const;
  [[nodiscard]] bool names_us(const tl::Value& object) const;
  [[nodiscard]] IgeKey temporary_key() const;

  enum class Stage : std::uint8_t { none, pq, dh, done } stage_ = Stage::none;
  Bytes nonce_;
  Bytes server_nonce_;
  Bytes new_nonce_;
  Factors factors_;
  Bytes secret_;  // a of g^a
  std::int32_t dc_ = 0;
  std::int64_t expires_at_ = 0;
  std::optional<AuthKey> key_;
  std::vector<std::pair<Bytes, Bytes>> answered_;  // queries and their answers
};

}  // namespace testdc::mtproto
