#include "testdc/mtproto/handshakes.hpp"

#include <algorithm>
#include <utility>

namespace testdc::mtproto {

std::expected<Handshakes::Step, std::string> Handshakes::step(
    const Handshake::Context& context, const std::shared_ptr<const void>& connection, ByteView body,
    std::int64_t now) {
  // Every query of a handshake has the nonce first, behind the number of its constructor.
  if (body.size() < 20) return std::unexpected("handshake: too short");
  const ByteView nonce = body.subspan(4, 16);
  const auto known =
      std::ranges::find_if(all_, [&](const Entry& one) { return equal(one.nonce, nonce); });
  Entry begun{to_bytes(nonce), connection, {}};
  Entry& entry = known == all_.end() ? begun : *known;
  auto answer = entry.handshake.step(context, body, now);
  if (!answer) {
    if (known != all_.end()) all_.erase(known);  // forged: it cannot be continued
    return std::unexpected(std::move(answer.error()));
  }
  entry.connection = connection;
  Step step{std::move(*answer), entry.handshake.take_key()};
  if (known == all_.end()) {
    std::erase_if(all_, [&](const Entry& one) { return one.connection.lock() == connection; });
    all_.push_back(std::move(begun));
    if (all_.size() > kept) all_.pop_front();
  }
  return step;
}

}  // namespace testdc::mtproto
