// Encrypted packets of the data centre: any bytes are opened or refused, and any contents, sealed
// rightly (as a hostile client with a key can), open to the same.

#include "testdc/mtproto/packet.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace testdc::mtproto;

void expect(bool holds) {
  if (!holds) std::abort();
}

const KeyBytes& key() {
  static const KeyBytes bytes = [] {
    KeyBytes made{};
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = static_cast<std::uint8_t>(i * 31 + 5);
    return made;
  }();
  return bytes;
}

bool same(const Packet& a, const Packet& b) {
  return a.salt == b.salt && a.session_id == b.session_id && a.msg_id == b.msg_id &&
         a.seqno == b.seqno && a.body == b.body;
}

/// Bytes from outside, as they are and with the header of a known key.
void open_anything(ByteView bytes) {
  for (const auto direction : {Direction::from_client, Direction::from_server}) {
    if (const auto packet = open(key(), direction, bytes)) expect(packet->body.size() % 4 == 0);
  }
  if (const auto packet = open_v1(key(), bytes)) expect(packet->body.size() % 4 == 0);
}

void seal_and_open(ByteView bytes) {
  Reader reader(bytes);
  Packet packet;
  packet.salt = reader.number<std::int64_t>();
  packet.session_id = reader.number<std::int64_t>();
  packet.msg_id = reader.number<std::int64_t>();
  packet.seqno = reader.number<std::int32_t>();
  packet.body = to_bytes(reader.rest());
  packet.body.resize(packet.body.size() / 4 * 4);
  const auto id = key_id_of(key());

  auto sealed = seal(key(), id, Direction::from_client, packet);
  const auto opened = open(key(), Direction::from_client, sealed);
  expect(opened && same(*opened, packet) && (opened->quick_ack >> 31U) == 1);
  expect(!open(key(), Direction::from_server, sealed));

  const auto old = seal_v1(key(), id, packet);
  const auto opened_old = open_v1(key(), old);
  expect(opened_old && same(*opened_old, packet));

  // Any change of the ciphertext is noticed.
  const auto at =
      8 + static_cast<std::size_t>(bytes.empty() ? 0 : bytes.back()) % (sealed.size() - 8);
  sealed[at] ^= 1U;
  expect(!open(key(), Direction::from_client, sealed));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView rest(data + 1, size - 1);
  if (data[0] % 2 == 0) {
    open_anything(rest);
  } else {
    seal_and_open(rest);
  }
  return 0;
}
