#include "testdc/control/http_port.hpp"

#include "testdc/control/operations.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <optional>
#include <set>
#include <string>

namespace testdc {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::uint64_t largest_request = 32UL << 20U;  // pictures in hexadecimal

}  // namespace

struct HttpPort::Impl : std::enable_shared_from_this<Impl> {
  class Session;

  Impl(const tgpanel::Executor& executor, Operations& operations_in, std::uint16_t port)
      : acceptor(executor, {asio::ip::address_v4::loopback(), port}), operations(&operations_in) {}

  void accept();
  void close();

  tcp::acceptor acceptor;
  Operations* operations;  // null after close
  std::set<std::shared_ptr<Session>> sessions;
};

/// One connection: reads a request, performs it, writes the answer, and again.
class HttpPort::Impl::Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, std::shared_ptr<Impl> port)
      : socket_(std::move(socket)), port_(std::move(port)) {}

  void read() {
    parser_.emplace();
    parser_->body_limit(largest_request);
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       if (error) {
                         self->end();
                       } else {
                         self->perform();
                       }
                     });
  }

  void close() {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  void end() {
    close();
    port_->sessions.erase(shared_from_this());
  }

  void perform() {
    const auto& request = parser_->get();
    if (port_->operations == nullptr) return end();
    if (request.method() != http::verb::post)
      return answer(http::status::method_not_allowed, {{"error", "POST /<operation>"}});
    const auto target = request.target();
    const std::string operation(target.substr(target.starts_with('/') ? 1 : 0));
    const auto arguments =
        request.body().empty() ? Json::object() : Json::parse(request.body(), nullptr, false);
    if (!arguments.is_object()) {
      return answer(http::status::bad_request, {{"error", "the body is one JSON object"}});
    }
    port_->operations->execute(
        operation, arguments,
        [self = shared_from_this()](std::expected<Json, std::string> outcome) {
          if (outcome) {
            self->answer(http::status::ok, *outcome);
          } else {
            self->answer(http::status::bad_request, {{"error", outcome.error()}});
          }
        });
  }

  void answer(http::status status, const Json& body) {
    response_ = {};
    response_.result(status);
    response_.version(11);
    response_.set(http::field::content_type, "application/json");
    response_.keep_alive(parser_->get().keep_alive());
    // Texts in the world are not checked; here they must be UTF-8.
    response_.body() = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        if (error || !self->response_.keep_alive()) {
                          self->end();
                        } else {
                          self->read();
                        }
                      });
  }

  tcp::socket socket_;
  std::shared_ptr<Impl> port_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
};

void HttpPort::Impl::accept() {
  acceptor.async_accept([self = shared_from_this()](const error_code& error, tcp::socket socket) {
    if (error == asio::error::operation_aborted || self->operations == nullptr) return;
    if (!error) {
      auto session = std::make_shared<Session>(std::move(socket), self);
      self->sessions.insert(session);
      session->read();
    }
    self->accept();
  });
}

void HttpPort::Impl::close() {
  operations = nullptr;
  error_code ignored;
  acceptor.close(ignored);
  for (const auto& session : std::exchange(sessions, {})) session->close();
}

HttpPort::HttpPort(const tgpanel::Executor& executor, Operations& operations, std::uint16_t port)
    : impl_(std::make_shared<Impl>(executor, operations, port)) {
  impl_->accept();
}

HttpPort::~HttpPort() {
  impl_->close();
}

std::uint16_t HttpPort::port() const {
  return impl_->acceptor.local_endpoint().port();
}

}  // namespace testdc
