#include "testdc/mtproto/packet.hpp"

#include "testdc/mtproto/crypto.hpp"

namespace testdc::mtproto {

namespace {

constexpr std::size_t kOuter = 24;  // auth_key_id, msg_key
constexpr std::size_t kInner = 32;  // salt, session_id, msg_id, seqno, length
constexpr std::size_t kMinPadding = 12;
constexpr std::size_t kMaxPadding = 1024;

Sha256 large_msg_key(const KeyBytes& key, Direction direction, ByteView plaintext) {
  const auto x = static_cast<std::size_t>(direction);
  return sha256({ByteView(key).subspan(88 + x, 32), plaintext});
}

template <std::size_t N>
void gather(std::array<std::uint8_t, N>& out, std::initializer_list<ByteView> parts) {
  auto at = out.begin();
  for (const ByteView part : parts) at = std::ranges::copy(part, at).out;
}

IgeKey message_key(const KeyBytes& key, Direction direction, ByteView msg_key) {
  const auto x = static_cast<std::size_t>(direction);
  const ByteView all(key);
  const Sha256 a = sha256({msg_key, all.subspan(x, 36)});
  const Sha256 b = sha256({all.subspan(40 + x, 36), msg_key});
  const ByteView left(a);
  const ByteView right(b);
  IgeKey out;
  gather(out.key, {left.first(8), right.subspan(8, 16), left.subspan(24, 8)});
  gather(out.iv, {right.first(8), left.subspan(8, 16), right.subspan(24, 8)});
  return out;
}

IgeKey message_key_v1(const KeyBytes& key, ByteView msg_key) {
  const ByteView all(key);
  const Sha1 hash_a = sha1({msg_key, all.first(32)});
  const Sha1 hash_b = sha1({all.subspan(32, 16), msg_key, all.subspan(48, 16)});
  const Sha1 hash_c = sha1({all.subspan(64, 32), msg_key});
  const Sha1 hash_d = sha1({msg_key, all.subspan(96, 32)});
  const ByteView a(hash_a);
  const ByteView b(hash_b);
  const ByteView c(hash_c);
  const ByteView d(hash_d);
  IgeKey out;
  gather(out.key, {a.first(8), b.subspan(8, 12), c.subspan(4, 12)});
  gather(out.iv, {a.subspan(8, 12), b.first(8), c.subspan(16, 4), d.first(8)});
  return out;
}

Bytes plaintext_of(const Packet& packet) {
  Bytes out;
  out.reserve(kInner + packet.body.size() + 64);
  append_number(out, packet.salt);
  append_number(out, packet.session_id);
  append_number(out, packet.msg_id);
  append_number(out, packet.seqno);
  append_number(out, static_cast<std::uint32_t>(packet.body.size()));
  append(out, packet.body);
  return out;
}

std::optional<Packet> parse(ByteView plaintext, std::size_t min_padding, std::size_t max_padding) {
  Reader reader(plaintext);
  Packet packet;
  packet.salt = reader.number<std::int64_t>();
  packet.session_id = reader.number<std::int64_t>();
  packet.msg_id = reader.number<std::int64_t>();
  packet.seqno = reader.number<std::int32_t>();
  const auto length = reader.number<std::uint32_t>();
  packet.body = to_bytes(reader.take(length));
  const std::size_t padding = reader.rest().size();
  if (!reader.ok() || length % 4 != 0 || padding < min_padding || padding > max_padding) return {};
  return packet;
}

bool whole_blocks(ByteView packet) {
  return packet.size() >= kOuter + kInner && (packet.size() - kOuter) % 16 == 0;
}

Bytes wrap(std::uint64_t key_id, ByteView msg_key, const Bytes& encrypted) {
  Bytes out;
  out.reserve(kOuter + encrypted.size());
  append_number(out, key_id);
  append(out, msg_key);
  append(out, encrypted);
  return out;
}

}  // namespace

std::uint64_t key_id_of(const KeyBytes& key) {
  const Sha1 hash = sha1({key});
  return read_number<std::uint64_t>(ByteView(hash).subspan(12));
}

Bytes seal(const KeyBytes& key, std::uint64_t key_id, Direction direction, const Packet& packet) {
  Bytes plaintext = plaintext_of(packet);
  // To whole blocks, plus up to three more so that lengths tell less.
  const std::size_t least = plaintext.size() + kMinPadding;
  const std::size_t padded = (least + 15) / 16 * 16 + random_u64() % 4 * 16;
  const std::size_t data = plaintext.size();
  plaintext.resize(padded);
  fill_random(std::span(plaintext).subspan(data));

  const Sha256 large = large_msg_key(key, direction, plaintext);
  const ByteView msg_key = ByteView(large).subspan(8, 16);
  return wrap(key_id, msg_key, ige_encrypt(plaintext, message_key(key, direction, msg_key)));
}

std::optional<Packet> open(const KeyBytes& key, Direction direction, ByteView packet) {
  if (!whole_blocks(packet)) return {};
  const ByteView msg_key = packet.subspan(8, 16);
  const Bytes plaintext = ige_decrypt(packet.subspan(kOuter), message_key(key, direction, msg_key));
  const Sha256 large = large_msg_key(key, direction, plaintext);
  if (!equal(ByteView(large).subspan(8, 16), msg_key)) return {};
  auto result = parse(plaintext, kMinPadding, kMaxPadding);
  if (result) result->quick_ack = read_number<std::uint32_t>(large) | 1U << 31U;
  return result;
}

std::optional<Packet> open_v1(const KeyBytes& key, ByteView packet) {
  if (!whole_blocks(packet)) return {};
  const ByteView msg_key = packet.subspan(8, 16);
  const Bytes plaintext = ige_decrypt(packet.subspan(kOuter), message_key_v1(key, msg_key));
  auto result = parse(plaintext, 0, 15);
  if (!result) return {};
  const Sha1 hash = sha1({ByteView(plaintext).first(kInner + result->body.size())});
  if (!equal(ByteView(hash).subspan(4), msg_key)) return {};
  return result;
}

Bytes seal_v1(const KeyBytes& key, std::uint64_t key_id, const Packet& packet) {
  Bytes plaintext = plaintext_of(packet);
  const Sha1 hash = sha1({plaintext});
  const ByteView msg_key = ByteView(hash).subspan(4);
  plaintext.resize((plaintext.size() + 15) / 16 * 16);
  return wrap(key_id, msg_key, ige_encrypt(plaintext, message_key_v1(key, msg_key)));
}

}  // namespace testdc::mtproto
