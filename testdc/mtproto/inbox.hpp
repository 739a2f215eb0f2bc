#pragma once
// What a session has received: message ids, whether they make sense, and what became of the calls.
// Source: https://core.telegram.org/mtproto/service_messages_about_messages

#include <cstdint>
#include <map>

namespace testdc::mtproto {

/// Codes of bad_msg_notification.
enum class BadMessage : std::int32_t {
  none = 0,
  id_too_low = 16,
  id_too_high = 17,
  id_not_divisible = 18,
  seqno_too_low = 32,
  seqno_too_high = 33,
  even_expected = 34,
  odd_expected = 35,
  invalid_container = 64,
};

enum class CallState : std::uint8_t {
  none,      // not a call
  running,   // not answered yet
  answered,  // the answer is waiting for its receipt
  done,      // the answer was received
  failed,    // answered with an error
  dropped,   // the client wants no answer any more
};

class Inbox {
 public:
  /// Whether a message may have this id at server time `now` (Unix seconds).
  [[nodiscard]] static BadMessage check_id(std::int64_t msg_id, std::int64_t now);
  /// Whether numbers of messages that want a receipt rise with their ids.
  BadMessage check_order(std::int64_t msg_id, std::int32_t seqno);

  /// False when the message came before.
  bool insert(std::int64_t msg_id, bool wants_receipt, std::int64_t now);
  void set_call(std::int64_t msg_id, CallState state);

  [[nodiscard]] bool knows(std::int64_t msg_id) const { return received_.contains(msg_id); }

  [[nodiscard]] CallState call(std::int64_t msg_id) const;

  /// One byte of msgs_state_info.
  [[nodiscard]] std::uint8_t state(std::int64_t msg_id, std::int64_t now) const;

 private:
  struct Received {
    bool wants_receipt = false;
    CallState call = CallState::none;
  };

  struct Numbered {
    std::int64_t msg_id = 0;
    std::int32_t seqno = -1;
  };

  std::map<std::int64_t, Received> received_;
  Numbered highest_;
};

}  // namespace testdc::mtproto
