#include "unit/testdc/mtproto/client.hpp"

#include "testdc/mtproto/dh.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <stdexcept>

namespace testdc::mtproto {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto kDeadline = std::chrono::seconds(10);

Value binary(ByteView bytes) {
  return Value::binary(to_bytes(bytes));
}

Bytes bytes_of(const Value& object, const char* field) {
  return object.at(field).get_binary();
}

// Trial division is too slow for 62 bits: Pollard's rho.
std::uint64_t factor(std::uint64_t n) {
  const auto mul = [n](std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>(static_cast<Wide>(a) * b % n);
  };
  const auto gcd = [](std::uint64_t a, std::uint64_t b) {
    while (b != 0) a = std::exchange(b, a % b);
    return a;
  };
  for (std::uint64_t c = 1;; ++c) {
    std::uint64_t x = 2;
    std::uint64_t y = 2;
    std::uint64_t d = 1;
    while (d == 1) {
      x = (mul(x, x) + c) % n;
      y = (mul(y, y) + c) % n;
      y = (mul(y, y) + c) % n;
      d = gcd(x > y ? x - y : y - x, n);
    }
    if (d != n) return d;
  }
}

std::uint64_t big_endian(ByteView bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8U | byte;
  return value;
}

Bytes big_endian(std::uint64_t value) {
  Bytes out;
  for (; value != 0; value >>= 8U) out.insert(out.begin(), static_cast<std::uint8_t>(value));
  return out;
}

Bytes rsa_pad(const RsaKey& rsa, ByteView data) {
  while (true) {
    Bytes padded = to_bytes(data);
    append(padded, random_bytes(192 - data.size()));
    IgeKey temp;
    fill_random(temp.key);
    const Sha256 hash = sha256({temp.key, padded});
    std::ranges::reverse(padded);
    const Bytes encrypted = ige_encrypt(join({padded, hash}), temp);
    const Sha256 mask = sha256({encrypted});
    for (std::size_t i = 0; i < mask.size(); ++i)
      temp.key[i] = static_cast<std::uint8_t>(temp.key[i] ^ mask[i]);
    if (auto done = rsa.encrypt_raw(join({temp.key, encrypted}))) return *done;
  }
}

Bytes old_padding(const RsaKey& rsa, ByteView data) {
  Bytes block{0};
  append(block, sha1({data}));
  append(block, data);
  append(block, random_bytes(256 - block.size()));
  return rsa.encrypt_raw(block).value();
}

IgeKey temporary_key(ByteView new_nonce, ByteView server_nonce) {
  const Sha1 a = sha1({new_nonce, server_nonce});
  const Sha1 b = sha1({server_nonce, new_nonce});
  const Sha1 c = sha1({new_nonce, new_nonce});
  const Bytes all = join({a, b, c, new_nonce.first(4)});
  IgeKey out;
  std::copy_n(all.begin(), 32, out.key.begin());
  std::copy_n(all.begin() + 32, 32, out.iv.begin());
  return out;
}

}  // namespace

Client::Client(const tl::Schema& schema, const RsaKey& rsa, std::uint16_t port)
    : session_id(static_cast<std::int64_t>(random_u64())),
      schema_(schema),
      rsa_(rsa),
      port_(port) {}

Client::~Client() = default;

std::uint8_t Client::connect(Framing framing) {
  framing_ = framing;
  buffer_.clear();
  socket_.emplace(context_);
  socket_->connect({asio::ip::address_v4::loopback(), port_});
  socket_->set_option(tcp::no_delay(true));
  write(Bytes{5, 1, 0});
  write(Bytes{5, 1, 0, 1, 149, 154, 175, 10, 1, 187});
  Bytes reply;
  while (reply.size() < 12) {
    const Bytes more = read_some();
    if (more.empty()) throw std::runtime_error("SOCKS5 handshake cut off");
    append(reply, more);
  }
  if (reply[3] != 0) return reply[3];

  Bytes header = random_bytes(64);
  header[0] = 1;  // not a byte that other transports start with
  const auto tag = static_cast<std::uint32_t>(framing);
  std::memcpy(header.data() + 56, &tag, 4);
  const std::int16_t dc = 10001;
  std::memcpy(header.data() + 60, &dc, 2);
  Bytes reversed(header.begin() + 8, header.begin() + 56);
  std::ranges::reverse(reversed);
  out_.emplace(ByteView(header).subspan(8, 32), ByteView(header).subspan(40, 16));
  in_.emplace(ByteView(reversed).first(32), ByteView(reversed).subspan(32, 16));
  Bytes hidden = header;
  out_->apply(hidden);
  std::copy(hidden.begin() + 56, hidden.end(), header.begin() + 56);
  write(header);
  return 0;
}

void Client::disconnect() {
  socket_.reset();
}

void Client::write(ByteView data) {
  asio::write(*socket_, asio::buffer(data.data(), data.size()));
}

Bytes Client::read_some() {
  Bytes data(65536);
  std::optional<boost::system::error_code> result;
  socket_->async_read_some(asio::buffer(data),
                           [&](const boost::system::error_code& error, std::size_t size) {
                             result = error;
                             data.resize(size);
                           });
  context_.restart();
  context_.run_for(kDeadline);
  if (!result) {
    socket_->close();
    context_.run();
    throw std::runtime_error("nothing came in time");
  }
  return *result ? Bytes{} : data;
}

void Client::send_packet(ByteView packet, bool quick_ack) {
  Bytes out;
  const std::uint32_t mark = quick_ack ? 1U << 31U : 0U;
  if (framing_ == Framing::abridged) {
    const auto words = static_cast<std::uint32_t>(packet.size() / 4);
    if (words < 0x7f) {
      out.push_back(static_cast<std::uint8_t>(words | (quick_ack ? 0x80U : 0U)));
    } else {
      append_number(out, words << 8U | (quick_ack ? 0xffU : 0x7fU));
    }
    append(out, packet);
  } else {
    const Bytes padding =
        random_bytes(framing_ == Framing::padded_intermediate ? random_u64() % 16 : 0);
    append_number(out, static_cast<std::uint32_t>(packet.size() + padding.size()) | mark);
    append(out, packet);
    append(out, padding);
  }
  out_->apply(out);
  write(out);
}

std::optional<Bytes> Client::receive_packet() {
  while (true) {
    std::size_t prefix = 4;
    std::size_t length = 0;
    const ByteView data(buffer_);
    if (framing_ == Framing::abridged) {
      if (!data.empty()) {
        prefix = data[0] == 0x7f ? 4 : 1;
        if (data.size() >= prefix)
          length = prefix == 1 ? data[0] * std::size_t{4}
                               : (read_number<std::uint32_t>(data) >> 8U) * std::size_t{4};
      }
    } else if (data.size() >= 4) {
      const auto word = read_number<std::uint32_t>(data);
      if ((word & 1U << 31U) != 0) {
        prefix = 0;
        length = 4;  // a receipt has no length before it
      } else {
        length = word;
      }
    }
    if (length != 0 && data.size() >= prefix + length) {
      Bytes packet = to_bytes(data.subspan(prefix, length));
      buffer_.erase(buffer_.begin(),
                    buffer_.begin() + static_cast<std::ptrdiff_t>(prefix + length));
      return packet;
    }
    Bytes more = read_some();
    if (more.empty()) return {};
    in_->apply(more);
    append(buffer_, more);
  }
}

std::int64_t Client::next_id() {
  const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  const std::int64_t id = (now / 1'000'000'000 << 32) | (now % 1'000'000'000 << 2);
  last_id_ = std::max(id, last_id_ + 4);
  return last_id_;
}

std::int32_t Client::next_seqno(bool content) {
  return content ? content_count_++ * 2 + 1 : content_count_ * 2;
}

void Client::send_plain(const Value& object) {
  last_plain_ = schema_.encode(object);
  send_plain_again(0);
}

void Client::send_plain_again(std::size_t padding) {
  const Bytes body = join({last_plain_, random_bytes(padding)});
  Bytes out;
  append_number(out, std::uint64_t{0});
  append_number(out, next_id());
  append_number(out, static_cast<std::uint32_t>(body.size()));
  append(out, body);
  send_packet(out);
}

Value Client::receive_plain() {
  const auto packet = receive_packet();
  if (!packet) return nullptr;
  Reader reader(*packet);
  if (reader.number<std::uint64_t>() != 0) throw std::runtime_error("not an unencrypted message");
  reader.number<std::int64_t>();
  const ByteView body = reader.take(reader.number<std::uint32_t>());
  return schema_.decode(body).value().value;
}

Value Client::ask_again() {
  send_plain_again(16);
  return receive_plain();
}

Value Client::ask_pq() {
  send_plain({{"_", "mt_req_pq_multi"}, {"nonce", binary(random_bytes(16))}});
  return receive_plain();
}

Value Client::ask_dh(const Value& pq, std::int32_t dc, std::int32_t expires_in, Padding padding,
                     bool spoil) {
  const std::uint64_t product = big_endian(bytes_of(pq, "pq"));
  std::uint64_t p = factor(product);
  std::uint64_t q = product / p;
  if (p > q) std::swap(p, q);
  new_nonce_ = random_bytes(32);
  Value inner = {{"_", expires_in == 0 ? "mt_p_q_inner_data_dc" : "mt_p_q_inner_data_temp_dc"},
                 {"pq", pq.at("pq")},
                 {"p", binary(big_endian(p))},
                 {"q", binary(big_endian(q))},
                 {"nonce", pq.at("nonce")},
                 {"server_nonce", pq.at("server_nonce")},
                 {"new_nonce", binary(new_nonce_)},
                 {"dc", dc}};
  if (expires_in != 0) inner["expires_in"] = expires_in;
  if (spoil) inner["nonce"] = binary(random_bytes(16));
  const Bytes data = schema_.encode(inner);
  const Bytes encrypted =
      padding == Padding::rsa_pad ? rsa_pad(rsa_, data) : old_padding(rsa_, data);
  send_plain({{"_", "mt_req_DH_params"},
              {"nonce", pq.at("nonce")},
              {"server_nonce", pq.at("server_nonce")},
              {"p", inner["p"]},
              {"q", inner["q"]},
              {"public_key_fingerprint", pq.at("server_public_key_fingerprints").at(0)},
              {"encrypted_data", binary(encrypted)}});
  return receive_plain();
}

Value Client::finish_dh(const Value& pq, const Value& dh, bool spoil) {
  const Bytes server_nonce = bytes_of(pq, "server_nonce");
  const IgeKey temp = temporary_key(new_nonce_, server_nonce);
  const Bytes answer = ige_decrypt(bytes_of(dh, "encrypted_answer"), temp);
  const auto params = schema_.decode(ByteView(answer).subspan(20)).value();
  if (!equal(sha1({ByteView(answer).subspan(20, params.used)}), ByteView(answer).first(20)))
    throw std::runtime_error("server_DH_inner_data has a wrong hash");
  const Bytes secret = random_bytes(256);
  const Value inner = {{"_", "mt_client_DH_inner_data"},
                       {"nonce", pq.at("nonce")},
                       {"server_nonce", pq.at("server_nonce")},
                       {"retry_id", 0},
                       {"g_b", binary(dh_public(secret))}};
  const Bytes data = schema_.encode(inner);
  Bytes plaintext = join({sha1({data}), data});
  plaintext.resize((plaintext.size() + 15) / 16 * 16);
  if (spoil) plaintext[0] ^= 1U;
  send_plain({{"_", "mt_set_client_DH_params"},
              {"nonce", pq.at("nonce")},
              {"server_nonce", pq.at("server_nonce")},
              {"encrypted_data", binary(ige_encrypt(plaintext, temp))}});
  std::ranges::copy(dh_power(bytes_of(params.value, "g_a"), secret), key.begin());
  key_id = key_id_of(key);
  salt = read_number<std::int64_t>(new_nonce_) ^ read_number<std::int64_t>(server_nonce);
  Value end = receive_plain();
  if (end.is_object() && end.at("_") == "mt_dh_gen_ok") {
    const std::uint8_t one = 1;
    const Sha1 key_hash = sha1({key});
    const Sha1 hash = sha1({new_nonce_, ByteView(&one, 1), ByteView(key_hash).first(8)});
    if (!equal(bytes_of(end, "new_nonce_hash1"), ByteView(hash).subspan(4)))
      throw std::runtime_error("new_nonce_hash1 is wrong");
  }
  return end;
}

void Client::make_key(std::int32_t dc, std::int32_t expires_in, Padding padding) {
  const Value pq = ask_pq();
  const Value dh = ask_dh(pq, dc, expires_in, padding);
  if (finish_dh(pq, dh).at("_") != "mt_dh_gen_ok") throw std::runtime_error("no key");
}

std::int64_t Client::send(const Value& object, bool content) {
  const std::int64_t msg_id = next_id();
  send_as(schema_.encode(object), msg_id, next_seqno(content));
  return msg_id;
}

void Client::send_as(const Bytes& body, std::int64_t msg_id, std::int32_t seqno) {
  send_packet(
      seal(key, key_id, Direction::from_client, Packet{salt, session_id, msg_id, seqno, body, 0}));
}

std::optional<Client::Received> Client::receive() {
  while (messages_.empty()) {
    const auto packet = receive_packet();
    if (!packet) return {};
    ByteView data(*packet);
    if (data.size() < 24) throw std::runtime_error("a packet that is no message");
    data = data.first(24 + (data.size() - 24) / 16 * 16);
    const auto opened = open(key, Direction::from_server, data);
    if (!opened) throw std::runtime_error("a packet that cannot be opened");
    if (opened->session_id != session_id) {
      ++packets_of_others;
      continue;
    }
    ++packets_;
    unpack(*opened);
  }
  Received next = std::move(messages_.front());
  messages_.pop_front();
  return next;
}

void Client::unpack(const Packet& packet) {
  constexpr std::uint32_t container = 0x73f1f8dc;
  constexpr std::uint32_t rpc_result = 0xf35c6d01;
  Reader reader(packet.body);
  const auto constructor = reader.number<std::uint32_t>();
  if (constructor == container) {
    const auto count = reader.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < count; ++i) {
      Packet inner;
      inner.msg_id = reader.number<std::int64_t>();
      inner.seqno = reader.number<std::int32_t>();
      inner.body = to_bytes(reader.take(reader.number<std::uint32_t>()));
      if (!reader.ok()) throw std::runtime_error("a broken container");
      unpack(inner);
    }
    return;
  }
  Received one;
  one.msg_id = packet.msg_id;
  one.seqno = packet.seqno;
  one.packet = packets_;
  if (constructor == rpc_result) {
    one.answers = reader.number<std::int64_t>();
    one.body = to_bytes(reader.rest());
    if (auto decoded = schema_.decode(one.body)) one.object = std::move(decoded->value);
  } else {
    one.object = schema_.decode(packet.body).value().value;
  }
  messages_.push_back(std::move(one));
}

Client::Received Client::receive_kind(const std::string& name) {
  while (auto one = receive())
    if (one->object.is_object() && one->object.at("_") == name) return *one;
  throw std::runtime_error("closed before " + name);
}

Client::Received Client::receive_answer(std::int64_t msg_id) {
  while (auto one = receive())
    if (one->answers == msg_id) return *one;
  throw std::runtime_error("closed before the answer");
}

}  // namespace testdc::mtproto
