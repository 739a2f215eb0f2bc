#pragma once
// What a session sends: numbers the messages, packs several into one container, and keeps those
// that want a receipt until it comes. Source:
// https://core.telegram.org/mtproto/description#message-identifier-msg-id

#include "testdc/mtproto/packet.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>

namespace testdc::mtproto {

class Outbox {
 public:
  enum class Kind : std::uint8_t {
    service,  // no receipt wanted
    update,
    answer,
  };

  /// `request`: the call that an answer belongs to. `now`: Unix milliseconds.
  void add(std::shared_ptr<const Bytes> body, Kind kind, std::int64_t request, std::int64_t now);

  /// Forgets a message that arrived; the call it answered, or 0.
  std::int64_t acknowledge(std::int64_t msg_id);
  /// Sends a message again, if it is still kept.
  void resend(std::int64_t msg_id, std::int64_t now);
  /// Sends the answer of a call again, if it is still kept.
  void resend_answer(std::int64_t request, std::int64_t now);
  /// Sends everything again that has no receipt.
  void resend_all(std::int64_t now);
  /// Forgets the answer of a call. True when there was one.
  bool drop_answer(std::int64_t request);

  /// Takes the next packet's message or container off the queue; salt and session are not set.
  std::optional<Packet> next(std::int64_t now);

  [[nodiscard]] bool empty() const { return queue_.empty(); }

  /// Messages without a receipt.
  [[nodiscard]] std::size_t kept() const { return kept_.size(); }

  /// Forgets the oldest updates when more than a client can use are kept. True when some went.
  bool trim();

 private:
  struct Message {
    std::int64_t msg_id = 0;
    std::int32_t seqno = 0;
    std::shared_ptr<const Bytes> body;
    Kind kind = Kind::service;
    std::int64_t request = 0;
  };

  std::int64_t new_id(std::int64_t now, bool answer);
  void send_again(Message message, std::int64_t now);
  [[nodiscard]] bool is_queued(std::int64_t msg_id) const;

  std::deque<Message> queue_;
  std::map<std::int64_t, Message> kept_;
  std::int64_t last_id_ = 0;
  std::int32_t content_count_ = 0;
};

}  // namespace testdc::mtproto
