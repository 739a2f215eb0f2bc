#include "testdc/mtproto/socks5.hpp"

namespace testdc::mtproto {

namespace {

constexpr std::uint8_t kVersion = 5;
constexpr std::uint8_t kNoAuthentication = 0;
constexpr std::uint8_t kNoAcceptableMethod = 0xff;
constexpr std::uint8_t kConnect = 1;

enum AddressType : std::uint8_t { ipv4 = 1, domain = 3, ipv6 = 4 };

enum Code : std::uint8_t {
  succeeded = 0,
  connection_refused = 5,
  command_not_supported = 7,
  address_type_not_supported = 8,
};

void drop_front(Bytes& bytes, std::size_t count) {
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

Bytes Socks5::feed(ByteView data) {
  append(buffer_, data);
  Bytes out;
  if (state_ == State::greeting && !greet(out)) return out;
  if (state_ == State::request) connect(out);
  return out;
}

bool Socks5::greet(Bytes& out) {
  if (!buffer_.empty() && buffer_[0] != kVersion) {
    state_ = State::failed;
    return false;
  }
  if (buffer_.size() < 2) return false;
  const std::size_t size = 2U + buffer_[1];
  if (buffer_.size() < size) return false;
  const auto methods = ByteView(buffer_).subspan(2, buffer_[1]);
  const bool fits = std::ranges::find(methods, kNoAuthentication) != methods.end();
  out = {kVersion, fits ? kNoAuthentication : kNoAcceptableMethod};
  state_ = fits ? State::request : State::failed;
  drop_front(buffer_, size);
  return fits;
}

bool Socks5::connect(Bytes& out) {
  if (buffer_.size() < 5) return false;
  if (buffer_[0] != kVersion || buffer_[2] != 0) {
    state_ = State::failed;
    return false;
  }
  std::size_t address = 0;
  switch (buffer_[3]) {
    case ipv4:
      address = 4;
      break;
    case ipv6:
      address = 16;
      break;
    case domain:
      address = 1U + buffer_[4];
      break;
    default:
      reply(out, address_type_not_supported);
      return false;
  }
  const std::size_t size = 4 + address + 2;
  if (buffer_.size() < size) return false;
  if (buffer_[1] != kConnect) {
    reply(out, command_not_supported);
  } else if (refuse_) {
    reply(out, connection_refused);
  } else {
    reply(out, succeeded);
    drop_front(buffer_, size);
  }
  return true;
}

void Socks5::reply(Bytes& out, std::uint8_t code) {
  append(out, Bytes{kVersion, code, 0, ipv4, 127, 0, 0, 1, 0, 0});
  state_ = code == succeeded ? State::connected : State::failed;
}

}  // namespace testdc::mtproto
