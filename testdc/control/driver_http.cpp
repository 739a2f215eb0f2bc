#include "testdc/control/driver_http.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <stdexcept>
#include <string>

namespace testdc {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tgpanel::Json;

namespace {

constexpr std::uint64_t largest_answer = 256UL << 20U;  // the log of calls of a long test

}  // namespace

Json post_operation(std::uint16_t port, std::string_view operation, const Json& arguments) {
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  http::response_parser<http::string_body> answer;
  answer.body_limit(largest_answer);
  try {
    socket.connect({asio::ip::address_v4::loopback(), port});
    http::request<http::string_body> request(http::verb::post, "/" + std::string(operation), 11);
    request.set(http::field::host, "127.0.0.1");
    request.set(http::field::content_type, "application/json");
    request.keep_alive(false);
    request.body() = arguments.dump();
    request.prepare_payload();
    http::write(socket, request);
    beast::flat_buffer buffer;
    http::read(socket, buffer, answer);
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("the data centre's control port does not answer: " +
                             error.code().message());
  }
  auto json = Json::parse(answer.get().body());
  if (answer.get().result() != http::status::ok) {
    throw std::runtime_error(json.at("error").get<std::string>());
  }
  return json;
}

}  // namespace testdc
