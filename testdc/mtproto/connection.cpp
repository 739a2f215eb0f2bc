#include "testdc/mtproto/connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <utility>
#include <vector>

namespace testdc::mtproto {

namespace asio = boost::asio;

namespace {

// A client that reads nothing while this much is waiting for it is gone.
constexpr std::size_t kMaxQueued = 64U << 20U;

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Handler& handler, bool refuse)
    : socket_(std::move(socket)),
      deadline_(socket_.get_executor()),
      handler_(&handler),
      socks_(refuse) {}

void Connection::start() {
  boost::system::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  read();
}

void Connection::read() {
  socket_.async_read_some(
      asio::buffer(input_),
      [self = shared_from_this()](const boost::system::error_code& error, std::size_t size) {
        if (error || !self->received(ByteView(self->input_).first(size))) {
          self->close();
        } else if (!self->closed_) {
          self->read();
        }
      });
}

bool Connection::received(ByteView data) {
  Bytes stream_data;
  if (socks_.state() != Socks5::State::connected) {
    const Bytes reply = socks_.feed(data);
    if (!reply.empty()) write(reply);
    if (socks_.state() == Socks5::State::failed) {
      closing_ = true;
      return !writing_.empty();
    }
    if (socks_.state() != Socks5::State::connected) return true;
    stream_data = socks_.take_rest();
    data = stream_data;
  }
  std::vector<Frame> packets;
  const bool good = stream_.feed(data, packets);
  for (Frame& packet : packets) {
    if (closed_ || handler_ == nullptr) return false;
    handler_->on_packet(shared_from_this(), std::move(packet));
  }
  return good;
}

void Connection::send(ByteView packet) {
  if (!closed_ && stream_.ready()) write(stream_.pack(packet));
}

void Connection::send_quick_ack(std::uint32_t token) {
  if (!closed_ && stream_.ready()) write(stream_.pack_quick_ack(token));
}

void Connection::write(const Bytes& data) {
  append(queued_, data);
  if (queued_.size() > kMaxQueued) {
    close();
  } else if (writing_.empty()) {
    write_queued();
  }
}

void Connection::write_queued() {
  writing_ = std::exchange(queued_, {});
  asio::async_write(
      socket_, asio::buffer(writing_),
      [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
        self->writing_.clear();
        if (error || (self->closing_ && self->queued_.empty())) {
          self->close();
        } else if (!self->queued_.empty() && !self->closed_) {
          self->write_queued();
        }
      });
}

void Connection::close_after(std::chrono::seconds delay) {
  deadline_.expires_after(delay);
  deadline_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self) self->close();
  });
}

void Connection::close() {
  if (std::exchange(closed_, true)) return;
  boost::system::error_code ignored;
  deadline_.cancel();
  socket_.close(ignored);
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    if (self->handler_ != nullptr) self->handler_->on_closed(self);
  });
}

void Connection::abandon() {
  handler_ = nullptr;
  close();
}

}  // namespace testdc::mtproto
