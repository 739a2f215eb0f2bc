#include "monitor/outbox.hpp"

#include <algorithm>

namespace tgpanel::monitor {

OutboxAction Outbox::next(Instant now) const {
  const bool needs_channel = phase_ == Phase::fetch || phase_ == Phase::record ||
                             phase_ == Phase::send || phase_ == Phase::find;
  if (needs_channel && !forwarding_) return Sleep{};
  auto earliest = not_before_;
  if (phase_ == Phase::record || phase_ == Phase::send) {
    earliest = std::max(earliest, pace_.earliest(now));
  }
  if (earliest > now) return Sleep{earliest};
  switch (phase_) {
    case Phase::fetch:
      return Fetch{};
    case Phase::record:
      return Record{alert_};
    case Phase::send:
      return Send{alert_};
    case Phase::find:
      return Find{alert_};
    case Phase::finish:
      return Finish{alert_, message_};
    case Phase::refuse:
      return Refuse{alert_, reason_};
    case Phase::split:
      return Split{alert_};
    default:  // empty
      return Sleep{};
  }
}

void Outbox::on_stored() {
  if (phase_ == Phase::empty) enter(Phase::fetch);
}

void Outbox::fetched(const Result<std::optional<Item>>& item, Instant now) {
  if (phase_ != Phase::fetch) return;
  if (!item) return retry_later(now);
  if (!*item) return enter(Phase::empty);
  alert_ = (*item)->alert;
  digest_ = (*item)->digest;
  enter((*item)->attempted ? Phase::find : Phase::record);
}

void Outbox::recorded(const Result<void>& outcome, Instant now) {
  if (phase_ != Phase::record) return;
  if (!outcome && outcome.error().code == Errc::flood_wait) {
    not_before_ = now + Millis{outcome.error().retry_after_s * 1'000};
    return;
  }
  if (!outcome) return retry_later(now);
  // The backoff belongs to the alert, not to the record of its attempt.
  phase_ = Phase::send;
}

void Outbox::sent(const Result<MessageId>& outcome, Instant now) {
  if (phase_ != Phase::send) return;
  pace_.add(now);
  if (outcome) {
    message_ = *outcome;
    return enter(Phase::finish);
  }
  switch (outcome.error().code) {
    case Errc::flood_wait:
      not_before_ = now + Millis{outcome.error().retry_after_s * 1'000};
      phase_ = Phase::record;
      return;
    case Errc::invalid:
      reason_ = outcome.error().message;
      return enter(digest_ ? Phase::split : Phase::refuse);
    case Errc::telegram:
    case Errc::not_found:
    case Errc::exists:
    case Errc::busy:
    case Errc::login_needed:
    case Errc::configuration:
      phase_ = Phase::record;  // refused: nothing was sent
      return retry_later(now);
    default:  // nobody knows
      phase_ = Phase::find;
      not_before_ = now + limits_.settle;
      return;
  }
}

void Outbox::found(const Result<MessageId>& outcome, Instant now) {
  if (phase_ != Phase::find) return;
  if (outcome) {
    message_ = *outcome;
    return enter(Phase::finish);
  }
  if (outcome.error().code == Errc::not_found) {
    phase_ = Phase::record;
    return;
  }
  if (outcome.error().code == Errc::flood_wait) {
    not_before_ = now + Millis{outcome.error().retry_after_s * 1'000};
    return;
  }
  retry_later(now);
}

void Outbox::finished(const Result<void>& outcome, Instant now) {
  if (phase_ != Phase::finish) return;
  if (!outcome) return retry_later(now);
  enter(Phase::fetch);
}

void Outbox::refused(const Result<void>& outcome, Instant now) {
  if (phase_ != Phase::refuse) return;
  if (!outcome) return retry_later(now);
  enter(Phase::fetch);
}

void Outbox::split(const Result<void>& outcome, Instant now) {
  if (phase_ != Phase::split) return;
  if (!outcome) return retry_later(now);
  enter(Phase::fetch);
}

void Outbox::enter(Phase phase) {
  phase_ = phase;
  not_before_ = {};
  backoff_ = Millis{0};
}

void Outbox::retry_later(Instant now) {
  backoff_ =
      backoff_ == Millis{0} ? limits_.first_retry : std::min(backoff_ * 2, limits_.longest_retry);
  not_before_ = now + backoff_;
}

}  // namespace tgpanel::monitor
