#pragma once
// The obfuscated stream: a 64-byte header with the keys, then packets in one of three framings, all
// of it through AES-256-CTR. Source: https://core.telegram.org/mtproto/mtproto-transports

#include "testdc/mtproto/crypto.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace testdc::mtproto {

enum class Framing : std::uint32_t {
  abridged = 0xefefefef,
  intermediate = 0xeeeeeeee,
  padded_intermediate = 0xdddddddd,
};

struct Frame {
  Bytes payload;
  bool quick_ack = false;  // the client asks for an early receipt of the packet
};

class Stream {
 public:
  /// The longest packet that is taken; a longer one ends the connection.
  static constexpr std::size_t kMaxPacket = 4U << 20U;

  /// Takes received bytes and appends the packets that are complete. False when the stream is
  /// broken; then it stays so.
  [[nodiscard]] bool feed(ByteView data, std::vector<Frame>& out);

  /// A packet as it goes onto the wire. Only after the header has arrived.
  Bytes pack(ByteView payload);
  /// A receipt (its highest bit set), framed in its own way.
  Bytes pack_quick_ack(std::uint32_t token);

  [[nodiscard]] bool ready() const { return framing_.has_value(); }

  /// As the client wrote it: n, 10000 + n for test data centres, negative for media.
  [[nodiscard]] std::int16_t dc() const { return dc_; }

 private:
  bool read_header();

  /// Length in bytes of packet and of its prefix; nothing when not complete yet.
  struct Prefix {
    std::size_t prefix = 0;
    std::size_t length = 0;
    bool quick_ack = false;
  };

  [[nodiscard]] std::optional<Prefix> next_prefix(ByteView data) const;

  Bytes buffer_;  // before the header is complete raw, then deciphered
  std::optional<Framing> framing_;
  std::optional<AesCtr> incoming_;
  std::optional<AesCtr> outgoing_;
  std::int16_t dc_ = 0;
};

}  // namespace testdc::mtproto
