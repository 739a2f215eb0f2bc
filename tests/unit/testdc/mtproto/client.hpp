#pragma once
// The client's side of MTProto, written from the specification for the tests: blocking, one
// connection, one session at a time.

#include "testdc/mtproto/packet.hpp"
#include "testdc/mtproto/rsa.hpp"
#include "testdc/mtproto/stream.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace testdc::mtproto {

using tl::Value;

class Client {
 public:
  struct Received {
    std::int64_t msg_id = 0;
    std::int32_t seqno = 0;
    Value object;              // of an rpc_result: what is inside, null when it is a bare value
    Bytes body;                // of an rpc_result: the object's bytes
    std::int64_t answers = 0;  // the call that an rpc_result belongs to
    std::uint32_t packet = 0;  // counts received packets
  };

  enum class Padding : std::uint8_t { rsa_pad, old };

  Client(const tl::Schema& schema, const RsaKey& rsa, std::uint16_t port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// The SOCKS5 reply code.
  std::uint8_t connect(Framing framing = Framing::intermediate);
  void disconnect();

  // Handshake. Each step may be spoilt before it is sent.
  Value ask_pq();
  Value ask_dh(const Value& pq, std::int32_t dc = 10001, std::int32_t expires_in = 0,
               Padding padding = Padding::rsa_pad, bool spoil = false);
  Value finish_dh(const Value& pq, const Value& dh, bool spoil = false);
  void make_key(std::int32_t dc = 10001, std::int32_t expires_in = 0,
                Padding padding = Padding::rsa_pad);
  /// The last query of the handshake again, with other padding behind it; its answer.
  Value ask_again();

  // Messages.
  std::int64_t next_id();
  /// Sends one message; `content`: it wants a receipt.
  std::int64_t send(const Value& object, bool content = true);
  void send_as(const Bytes& body, std::int64_t msg_id, std::int32_t seqno);
  std::int32_t next_seqno(bool content);
  /// Sends raw bytes as one packet of the stream.
  void send_packet(ByteView packet, bool quick_ack = false);
  /// The next message; nothing when the connection was closed. Throws when none comes in time.
  std::optional<Received> receive();
  /// The next one with this constructor; others are skipped.
  Received receive_kind(const std::string& name);
  /// The answer of a call; others are skipped.
  Received receive_answer(std::int64_t msg_id);
  /// One packet as it is.
  std::optional<Bytes> receive_packet();

  KeyBytes key{};
  std::uint64_t key_id = 0;
  std::int64_t salt = 0;
  std::int64_t session_id = 0;
  int packets_of_others = 0;  // for other sessions of the same key, skipped

 private:
  void send_plain(const Value& object);
  void send_plain_again(std::size_t padding);
  Value receive_plain();
  void unpack(const Packet& packet);
  Bytes read_some();
  void write(ByteView data);

  const tl::Schema& schema_;
  const RsaKey& rsa_;
  std::uint16_t port_;
  boost::asio::io_context context_;
  std::optional<boost::asio::ip::tcp::socket> socket_;
  std::optional<AesCtr> out_;
  std::optional<AesCtr> in_;
  Framing framing_ = Framing::intermediate;
  Bytes buffer_;
  std::deque<Received> messages_;
  Bytes last_plain_;
  Bytes new_nonce_;
  std::int64_t last_id_ = 0;
  std::int32_t content_count_ = 0;
  std::uint32_t packets_ = 0;
};

}  // namespace testdc::mtproto
