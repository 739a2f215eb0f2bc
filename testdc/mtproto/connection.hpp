#pragma once
// One TCP connection: SOCKS5, then the obfuscated stream, cut into packets.
// Executor: the data centre's one thread.

#include "testdc/mtproto/session.hpp"
#include "testdc/mtproto/socks5.hpp"
#include "testdc/mtproto/stream.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <memory>

namespace testdc::mtproto {

class Connection final : public Link, public std::enable_shared_from_this<Connection> {
 public:
  class Handler {
   public:
    Handler() = default;
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;
    virtual ~Handler() = default;
    virtual void on_packet(const std::shared_ptr<Connection>& from, Frame packet) = 0;
    /// Once, never from inside a call to the connection.
    virtual void on_closed(const std::shared_ptr<Connection>& connection) = 0;
  };

  /// `refuse`: answers "connection refused" whatever is asked for.
  Connection(boost::asio::ip::tcp::socket socket, Handler& handler, bool refuse);

  void start();
  void send(ByteView packet) override;
  void send_quick_ack(std::uint32_t token);
  void close_after(std::chrono::seconds delay) override;
  void close();
  /// The handler is called no more.
  void abandon();

 private:
  void read();
  bool received(ByteView data);
  void write(const Bytes& data);
  void write_queued();

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer deadline_;
  Handler* handler_;
  Socks5 socks_;
  Stream stream_;
  std::array<std::uint8_t, 16384> input_{};
  Bytes queued_;
  Bytes writing_;
  bool closed_ = false;
  bool closing_ = false;  // once everything is written
};

}  // namespace testdc::mtproto
