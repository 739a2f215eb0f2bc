#pragma once
// The server side of SOCKS5 without authentication. Whatever address is asked for, the caller of
// this class is what answers there. Source: RFC 1928

#include "testdc/mtproto/bytes.hpp"

#include <cstdint>

namespace testdc::mtproto {

class Socks5 {
 public:
  enum class State : std::uint8_t {
    greeting,   // waiting for the methods
    request,    // waiting for CONNECT
    connected,  // the stream follows: rest()
    failed,     // send what feed() returned, then close
  };

  /// `refuse`: CONNECT is answered with "connection refused".
  explicit Socks5(bool refuse) : refuse_(refuse) {}

  /// Takes what came from the client and returns what to send to it (maybe nothing).
  Bytes feed(ByteView data);

  [[nodiscard]] State state() const { return state_; }

  /// Once connected: what came after the request and belongs to the stream.
  [[nodiscard]] Bytes take_rest() { return std::move(buffer_); }

 private:
  bool greet(Bytes& out);
  bool connect(Bytes& out);
  void reply(Bytes& out, std::uint8_t code);

  State state_ = State::greeting;
  Bytes buffer_;
  bool refuse_;
};

}  // namespace testdc::mtproto
