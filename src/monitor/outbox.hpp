#pragma once
// The outbox as a pure state machine: what to do next, and what its outcome means.

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "monitor/limits.hpp"
#include "monitor/send_pace.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace tgpanel::monitor {

// What the shell is to do; each is answered by the event of the same name. Sleep is not.
struct Sleep {
  std::optional<Instant> until;  // none: until something changes
};

// An alert below may stand for several that go as one message, a digest: the first of them.

struct Fetch {};  // the oldest alert that is neither done nor refused, or the oldest few

struct Record {  // that the alert is about to be handed over
  AlertId alert = 0;
};

struct Send {
  AlertId alert = 0;
};

struct Find {  // look into the channel
  AlertId alert = 0;
};

struct Finish {  // record it as done
  AlertId alert = 0;
  MessageId message = 0;
};

struct Refuse {  // record that it will never be sent
  AlertId alert = 0;
  std::string reason;
};

struct Split {  // a digest that was refused: its alerts are to be fetched one by one
  AlertId alert = 0;
};

using OutboxAction = std::variant<Sleep, Fetch, Record, Send, Find, Finish, Refuse, Split>;

/// Sends alerts exactly once, in order, one at a time. An attempt is on disk before the alert is
/// handed over; whenever the outcome of an attempt is not known (a crash, a timeout), the channel
/// is looked into before anything is sent again.
class Outbox {
 public:
  struct Item {
    AlertId alert = 0;
    bool attempted = false;  // an attempt is on disk, its outcome is not
    bool digest = false;     // several
  };

  explicit Outbox(SendLimits limits) : limits_(limits), pace_(limits) {}

  /// The next thing to do. The same until it is answered or something changes.
  [[nodiscard]] OutboxAction next(Instant now) const;

  // Changes
  /// Something was stored.
  void on_stored();

  /// Forwarding: there is a channel and somebody to send. Off at first.
  void set_forwarding(bool on) { forwarding_ = on; }

  /// A send of an earlier run.
  void on_earlier_send(Instant at) { pace_.add(at); }

  // Outcomes; one of something else than is to be done changes nothing.
  void fetched(const Result<std::optional<Item>>& item, Instant now);
  void recorded(const Result<void>& outcome, Instant now);
  void sent(const Result<MessageId>& outcome, Instant now);
  void found(const Result<MessageId>& outcome, Instant now);
  void finished(const Result<void>& outcome, Instant now);
  void refused(const Result<void>& outcome, Instant now);
  void split(const Result<void>& outcome, Instant now);

 private:
  enum class Phase : std::uint8_t { empty, fetch, record, send, find, finish, refuse, split };

  void enter(Phase phase);
  void retry_later(Instant now);

  SendLimits limits_;
  SendPace pace_;
  bool forwarding_ = false;
  Phase phase_ = Phase::fetch;
  AlertId alert_ = 0;
  bool digest_ = false;
  MessageId message_ = 0;
  std::string reason_;
  Instant not_before_{};
  Millis backoff_{0};
};

}  // namespace tgpanel::monitor
