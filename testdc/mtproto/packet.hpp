#pragma once
// Encryption of messages under an authorisation key.
// Source: https://core.telegram.org/mtproto/description (2.0), description_v1 (1.0)

#include "testdc/mtproto/bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace testdc::mtproto {

using KeyBytes = std::array<std::uint8_t, 256>;

/// Low 64 bits of the key's SHA1: its name on the wire.
std::uint64_t key_id_of(const KeyBytes& key);

enum class Direction : std::uint8_t { from_client = 0, from_server = 8 };

/// One encrypted packet's contents.
struct Packet {
  std::int64_t salt = 0;
  std::int64_t session_id = 0;
  std::int64_t msg_id = 0;
  std::int32_t seqno = 0;
  Bytes body;
  std::uint32_t quick_ack = 0;  // the receipt of a received packet
};

/// auth_key_id, msg_key and the encrypted data, with 12..1024 bytes of random padding.
Bytes seal(const KeyBytes& key, std::uint64_t key_id, Direction direction, const Packet& packet);

/// Opens a packet (its auth_key_id included). Nothing when the lengths or the msg_key are wrong.
std::optional<Packet> open(const KeyBytes& key, Direction direction, ByteView packet);

/// Contents of a packet in the form of MTProto 1.0 from a client, which only auth.bindTempAuthKey
/// still has; `salt` and `session_id` are the random bytes there.
std::optional<Packet> open_v1(const KeyBytes& key, ByteView packet);
Bytes seal_v1(const KeyBytes& key, std::uint64_t key_id, const Packet& packet);

}  // namespace testdc::mtproto
