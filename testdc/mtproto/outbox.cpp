#include "testdc/mtproto/outbox.hpp"

#include "testdc/tl/fixed_ids.hpp"

namespace testdc::mtproto {

namespace {

constexpr std::size_t kMaxInContainer = 1000;
constexpr std::size_t kMaxContainerBytes = 512U << 10U;
// Clients refuse ids more than 300 s old: older messages go out under a new one.
constexpr std::int64_t kReusableFor = 240;
constexpr std::size_t kMostKept = 2000;

}  // namespace

std::int64_t Outbox::new_id(std::int64_t now, bool answer) {
  // 1 modulo 4 in answer to a client's message, else 3; rising whatever the clock does.
  std::int64_t id = (now / 1000 << 32) | ((now % 1000) * 4294967);
  id = (std::max(id, last_id_ + 4) & ~std::int64_t{3}) | (answer ? 1 : 3);
  if (id <= last_id_) id += 4;
  last_id_ = id;
  return id;
}

void Outbox::add(std::shared_ptr<const Bytes> body, Kind kind, std::int64_t request,
                 std::int64_t now) {
  Message message{new_id(now, request != 0), content_count_ * 2, std::move(body), kind, request};
  if (kind != Kind::service) {
    ++message.seqno;
    ++content_count_;
    kept_[message.msg_id] = message;
  }
  queue_.push_back(std::move(message));
}

std::int64_t Outbox::acknowledge(std::int64_t msg_id) {
  const auto found = kept_.find(msg_id);
  if (found == kept_.end()) return 0;
  const std::int64_t request = found->second.request;
  kept_.erase(found);
  return request;
}

bool Outbox::is_queued(std::int64_t msg_id) const {
  return std::ranges::any_of(queue_, [&](const Message& m) { return m.msg_id == msg_id; });
}

void Outbox::send_again(Message message, std::int64_t now) {
  if (message.msg_id >> 32 < now / 1000 - kReusableFor) {
    kept_.erase(message.msg_id);
    add(std::move(message.body), message.kind, message.request, now);
  } else if (!is_queued(message.msg_id)) {
    queue_.push_back(std::move(message));
  }
}

void Outbox::resend(std::int64_t msg_id, std::int64_t now) {
  const auto found = kept_.find(msg_id);
  if (found != kept_.end()) send_again(found->second, now);
}

void Outbox::resend_answer(std::int64_t request, std::int64_t now) {
  const auto found = std::ranges::find_if(
      kept_, [&](const auto& entry) { return entry.second.request == request; });
  if (found != kept_.end()) send_again(found->second, now);
}

void Outbox::resend_all(std::int64_t now) {
  queue_.clear();
  const auto all = kept_;  // sending again may renumber
  for (const auto& [msg_id, message] : all) send_again(message, now);
}

bool Outbox::drop_answer(std::int64_t request) {
  std::erase_if(queue_, [&](const Message& m) { return m.request == request; });
  return std::erase_if(kept_, [&](const auto& entry) { return entry.second.request == request; }) !=
         0;
}

bool Outbox::trim() {
  bool lost = false;
  for (auto at = kept_.begin(); at != kept_.end() && kept_.size() > kMostKept;) {
    if (at->second.kind == Kind::update) {
      at = kept_.erase(at);
      lost = true;
    } else {
      ++at;
    }
  }
  return lost;
}

std::optional<Packet> Outbox::next(std::int64_t now) {
  if (queue_.empty()) return {};
  Packet packet;
  if (queue_.size() == 1) {
    const Message message = std::move(queue_.front());
    queue_.pop_front();
    packet.msg_id = message.msg_id;
    packet.seqno = message.seqno;
    packet.body = *message.body;
    return packet;
  }

  std::uint32_t count = 0;
  append_number(packet.body, tl::msg_container_id);
  append_number(packet.body, count);
  while (!queue_.empty() && count < kMaxInContainer) {
    const Message& message = queue_.front();
    if (count > 0 && packet.body.size() + message.body->size() > kMaxContainerBytes) break;
    append_number(packet.body, message.msg_id);
    append_number(packet.body, message.seqno);
    append_number(packet.body, static_cast<std::uint32_t>(message.body->size()));
    append(packet.body, *message.body);
    queue_.pop_front();
    ++count;
  }
  std::memcpy(packet.body.data() + 4, &count, sizeof(count));
  packet.msg_id = new_id(now, false);
  packet.seqno = content_count_ * 2;
  return packet;
}

}  // namespace testdc::mtproto
