#include "testdc/mtproto/stream.hpp"

namespace testdc::mtproto {

namespace {

constexpr std::size_t kHeader = 64;
constexpr std::uint32_t kQuickAck = 1U << 31U;

}  // namespace

bool Stream::feed(ByteView data, std::vector<Frame>& out) {
  const std::size_t known = buffer_.size();
  append(buffer_, data);
  if (!framing_) {
    if (buffer_.size() < kHeader) return true;
    if (!read_header()) return false;
  } else {
    incoming_->apply(std::span(buffer_).subspan(known));
  }

  ByteView rest = buffer_;
  while (const auto prefix = next_prefix(rest)) {
    if (prefix->length == 0 || prefix->length > kMaxPacket) return false;
    if (rest.size() < prefix->prefix + prefix->length) break;
    out.push_back({to_bytes(rest.subspan(prefix->prefix, prefix->length)), prefix->quick_ack});
    rest = rest.subspan(prefix->prefix + prefix->length);
  }
  buffer_.erase(buffer_.begin(), buffer_.end() - static_cast<std::ptrdiff_t>(rest.size()));
  return true;
}

bool Stream::read_header() {
  const Bytes header(buffer_.begin(), buffer_.begin() + kHeader);
  Bytes reversed(header.begin() + 8, header.begin() + 56);
  std::ranges::reverse(reversed);
  incoming_.emplace(ByteView(header).subspan(8, 32), ByteView(header).subspan(40, 16));
  outgoing_.emplace(ByteView(reversed).first(32), ByteView(reversed).subspan(32, 16));
  incoming_->apply(buffer_);
  const auto tag = static_cast<Framing>(read_number<std::uint32_t>(ByteView(buffer_).subspan(56)));
  if (tag != Framing::abridged && tag != Framing::intermediate &&
      tag != Framing::padded_intermediate) {
    return false;
  }
  framing_ = tag;
  dc_ = read_number<std::int16_t>(ByteView(buffer_).subspan(60));
  buffer_.erase(buffer_.begin(), buffer_.begin() + kHeader);
  return true;
}

std::optional<Stream::Prefix> Stream::next_prefix(ByteView data) const {
  if (framing_ == Framing::abridged) {
    if (data.empty()) return {};
    const bool quick_ack = (data[0] & 0x80U) != 0;
    const std::size_t words = data[0] & 0x7fU;
    if (words != 0x7f) return Prefix{1, words * 4, quick_ack};
    if (data.size() < 4) return {};
    return Prefix{4, (read_number<std::uint32_t>(data) >> 8U) * std::size_t{4}, quick_ack};
  }
  if (data.size() < 4) return {};
  const auto length = read_number<std::uint32_t>(data);
  return Prefix{4, length & ~kQuickAck, (length & kQuickAck) != 0};
}

Bytes Stream::pack(ByteView payload) {
  Bytes out;
  out.reserve(payload.size() + 20);
  if (framing_ == Framing::abridged) {
    const auto words = static_cast<std::uint32_t>(payload.size() / 4);
    if (words < 0x7f) {
      out.push_back(static_cast<std::uint8_t>(words));
    } else {
      append_number(out, words << 8U | 0x7fU);
    }
    append(out, payload);
  } else {
    Bytes padding;
    if (framing_ == Framing::padded_intermediate) padding = random_bytes(random_u64() % 16);
    append_number(out, static_cast<std::uint32_t>(payload.size() + padding.size()));
    append(out, payload);
    append(out, padding);
  }
  outgoing_->apply(out);
  return out;
}

Bytes Stream::pack_quick_ack(std::uint32_t token) {
  token |= kQuickAck;
  Bytes out;
  append_number(out, framing_ == Framing::abridged ? __builtin_bswap32(token) : token);
  outgoing_->apply(out);
  return out;
}

}  // namespace testdc::mtproto
