// What a client sends to the data centre's port: SOCKS5, then the obfuscated stream. However the
// bytes are cut into pieces, the same packets come out.

#include "testdc/mtproto/socks5.hpp"
#include "testdc/mtproto/stream.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {

using testdc::mtproto::Bytes;
using testdc::mtproto::ByteView;
using testdc::mtproto::Frame;
using testdc::mtproto::Socks5;
using testdc::mtproto::Stream;

void expect(bool holds) {
  if (!holds) std::abort();
}

struct Outcome {
  Socks5::State state{};
  Bytes replies;
  bool good = true;
  std::int16_t dc = 0;
  std::vector<Frame> frames;
};

/// As a connection does it, in pieces of at most `piece` bytes.
Outcome receive(ByteView data, std::size_t piece) {
  Outcome out;
  Socks5 socks(false);
  Stream stream;
  while (!data.empty() && out.good) {
    const auto head = data.first(std::min(piece, data.size()));
    data = data.subspan(head.size());
    Bytes rest;
    ByteView received = head;
    if (socks.state() != Socks5::State::connected) {
      const auto reply = socks.feed(head);
      out.replies.insert(out.replies.end(), reply.begin(), reply.end());
      if (socks.state() == Socks5::State::failed) break;
      if (socks.state() != Socks5::State::connected) continue;
      rest = socks.take_rest();
      received = rest;
    }
    out.good = stream.feed(received, out.frames);
  }
  out.state = socks.state();
  out.dc = stream.dc();
  if (stream.ready()) {
    for (const auto& frame : out.frames) {
      expect(!frame.payload.empty() && frame.payload.size() <= Stream::kMaxPacket);
      expect(stream.pack(frame.payload).size() > frame.payload.size() / 4 * 4);
    }
    expect(stream.pack_quick_ack(7).size() == 4);
  } else {
    expect(out.frames.empty());
  }
  return out;
}

/// The bytes of a client that greets, connects, and has `stream` to say.
Bytes connected(ByteView stream) {
  Bytes all{5, 1, 0, 5, 1, 0, 1, 149, 154, 167, 50, 1, 187};
  all.insert(all.end(), stream.begin(), stream.end());
  return all;
}

/// The bytes of a client whose enciphered stream says `plain`, in the framing of `tag`.
Bytes obfuscated(std::uint8_t tag, ByteView plain) {
  Bytes header(64);
  for (std::size_t i = 0; i < header.size(); ++i) header[i] = static_cast<std::uint8_t>(i * 7 + 1);
  testdc::mtproto::AesCtr cipher(ByteView(header).subspan(8, 32), ByteView(header).subspan(40, 16));
  Bytes clear(header);
  std::fill_n(clear.begin() + 56, 4, tag);
  clear[60] = 2;
  clear[61] = 0;
  clear.insert(clear.end(), plain.begin(), plain.end());
  Bytes sent(clear);
  cipher.apply(sent);
  std::copy_n(header.begin(), 56, sent.begin());
  return sent;
}

void both_ways(ByteView data, std::size_t piece) {
  const auto whole = receive(data, data.size() + 1);
  const auto cut = receive(data, piece);
  expect(whole.state == cut.state && whole.replies == cut.replies);
  expect(whole.good == cut.good && whole.dc == cut.dc);
  expect(std::ranges::equal(whole.frames, cut.frames, [](const Frame& a, const Frame& b) {
    return a.payload == b.payload && a.quick_ack == b.quick_ack;
  }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // The first byte: what is tried, and how it is cut.
  const auto kind = data[0] % 5;
  const std::size_t piece = 1 + data[0] / 5U;
  const ByteView rest(data + 1, size - 1);
  constexpr std::uint8_t kTags[]{0xef, 0xee, 0xdd};
  if (kind == 0) {
    both_ways(rest, piece);
  } else if (kind == 1) {
    both_ways(connected(rest), piece);
  } else {
    both_ways(connected(obfuscated(kTags[kind - 2], rest)), piece);
  }
  return 0;
}
