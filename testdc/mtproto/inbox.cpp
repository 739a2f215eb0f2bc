#include "testdc/mtproto/inbox.hpp"

#include <iterator>

namespace testdc::mtproto {

namespace {

constexpr std::int64_t kOldest = 300;  // seconds
constexpr std::int64_t kNewest = 30;
constexpr std::size_t kRemembered = 4096;

std::int64_t second_of(std::int64_t msg_id) {
  return msg_id >> 32;
}

}  // namespace

BadMessage Inbox::check_id(std::int64_t msg_id, std::int64_t now) {
  if (msg_id % 4 != 0) return BadMessage::id_not_divisible;
  if (second_of(msg_id) < now - kOldest) return BadMessage::id_too_low;
  if (second_of(msg_id) > now + kNewest) return BadMessage::id_too_high;
  return BadMessage::none;
}

BadMessage Inbox::check_order(std::int64_t msg_id, std::int32_t seqno) {
  if (highest_.seqno >= 0 && msg_id > highest_.msg_id && seqno <= highest_.seqno)
    return BadMessage::seqno_too_low;
  if (highest_.seqno >= 0 && msg_id < highest_.msg_id && seqno >= highest_.seqno)
    return BadMessage::seqno_too_high;
  if (msg_id > highest_.msg_id) highest_ = {msg_id, seqno};
  return BadMessage::none;
}

bool Inbox::insert(std::int64_t msg_id, bool wants_receipt, std::int64_t now) {
  if (!received_.try_emplace(msg_id, Received{wants_receipt, CallState::none}).second) return false;
  // Ids that are too old to be taken again need not be remembered, but for calls still running.
  auto oldest = received_.begin();
  while (received_.size() > kRemembered && oldest != received_.end() &&
         second_of(oldest->first) < now - kOldest) {
    oldest =
        oldest->second.call == CallState::running ? std::next(oldest) : received_.erase(oldest);
  }
  return true;
}

void Inbox::set_call(std::int64_t msg_id, CallState state) {
  const auto found = received_.find(msg_id);
  if (found != received_.end()) found->second.call = state;
}

CallState Inbox::call(std::int64_t msg_id) const {
  const auto found = received_.find(msg_id);
  return found == received_.end() ? CallState::none : found->second.call;
}

std::uint8_t Inbox::state(std::int64_t msg_id, std::int64_t now) const {
  enum Bits : std::uint8_t {
    nothing_known = 1,
    not_received = 2,
    not_received_yet = 3,
    received = 4,
    acknowledged = 8,
    no_receipt_needed = 16,
    being_processed = 32,
    answer_generated = 64,
  };

  const auto found = received_.find(msg_id);
  if (found == received_.end()) {
    if (second_of(msg_id) < now - kOldest) return nothing_known;
    return second_of(msg_id) > now + kNewest ? not_received_yet : not_received;
  }
  unsigned bits = received;
  bits |= found->second.wants_receipt ? acknowledged : no_receipt_needed;
  if (found->second.call == CallState::running) bits |= being_processed;
  if (found->second.call == CallState::answered) bits |= answer_generated;
  return static_cast<std::uint8_t>(bits);
}

}  // namespace testdc::mtproto
