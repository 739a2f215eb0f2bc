#include "monitor/outbox_runner.hpp"

#include "base/crash_point.hpp"
#include "monitor/alert_json.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace tgpanel::monitor {

OutboxRunner::OutboxRunner(const Executor& executor, storage::OutboxRepository& repository,
                           const Clock& clock, Stats& stats, SendLimits limits)
    : repository_(repository),
      clock_(clock),
      stats_(stats),
      limits_(limits),
      outbox_(limits),
      signal_(executor) {}

Awaitable<Result<void>> OutboxRunner::begin() {
  const auto since = to_unix_ms(clock_.now() - limits_.window);
  auto start = co_await repository_.begin(since);
  if (!start) co_return std::unexpected(start.error());
  for (const auto at : start->attempts_ms) outbox_.on_earlier_send(from_unix_ms(at));
  stats_.alerts_waiting = start->waiting;
  co_return Result<void>{};
}

Awaitable<> OutboxRunner::run() {
  while (!stopping_) {
    const auto now = clock_.now();
    auto action = outbox_.next(now);
    if (const auto* sleep = std::get_if<Sleep>(&action)) {
      std::optional<Millis> bound;
      if (sleep->until) bound = std::max(*sleep->until - now, Millis{1});
      co_await signal_.wait(bound);
      continue;
    }
    co_await perform(std::move(action));
  }
}

void OutboxRunner::stop() {
  stopping_ = true;
  signal_.notify();
}

void OutboxRunner::abandon() {
  abandoned_ = true;
  stop();
}

void OutboxRunner::on_stored(std::size_t alerts) {
  stats_.alerts_waiting += alerts;
  outbox_.on_stored();
  signal_.notify();
}

void OutboxRunner::set_channel(ChatId channel) {
  channel_ = channel;
  update_forwarding();
}

void OutboxRunner::set_sink(AlertSink* sink) {
  sink_ = sink;
  update_forwarding();
}

void OutboxRunner::update_forwarding() {
  stats_.forwarding = channel_ != 0 && sink_ != nullptr;
  outbox_.set_forwarding(stats_.forwarding);
  signal_.notify();
}

Awaitable<> OutboxRunner::perform(OutboxAction action) {
  if (std::holds_alternative<Fetch>(action)) {
    co_await fetch();
  } else if (const auto* step = std::get_if<Record>(&action)) {
    co_await record(step->alert);
  } else if (std::holds_alternative<Send>(action)) {
    co_await send();
  } else if (const auto* look = std::get_if<Find>(&action)) {
    co_await find(look->alert);
  } else if (const auto* done = std::get_if<Finish>(&action)) {
    co_await finish(*done);
  } else if (const auto* refusal = std::get_if<Refuse>(&action)) {
    co_await refuse(*refusal);
  }
}

Awaitable<> OutboxRunner::fetch() {
  auto row = co_await repository_.next_unsent();
  if (abandoned_) co_return;
  if (!row) {
    note_failure("the outbox could not be read", row.error());
    outbox_.fetched(std::unexpected(row.error()), clock_.now());
    co_return;
  }
  std::optional<Outbox::Item> item;
  if (*row) {
    alert_ = alert_from_json((*row)->id, (*row)->body);
    item = Outbox::Item{.alert = (*row)->id,
                        .attempted = (*row)->state == storage::AlertState::sending};
  }
  outbox_.fetched(item, clock_.now());
}

Awaitable<> OutboxRunner::record(AlertId alert) {
  const auto channel = channel_;
  auto after = co_await newest(channel);
  if (abandoned_) co_return;
  Result<void> outcome;
  if (after) {
    const auto now_ms = to_unix_ms(clock_.now());
    outcome = co_await repository_.set_sending(alert, channel, *after, now_ms);
    if (abandoned_) co_return;
  } else {
    outcome = std::unexpected(after.error());
  }
  if (!outcome) note_failure("an attempt could not be recorded", outcome.error());
  outbox_.recorded(outcome, clock_.now());
  crash_point("outbox.recorded");
}

Awaitable<Result<MessageId>> OutboxRunner::newest(ChatId channel) {
  const auto known = co_await repository_.newest_known(channel);
  if (!known) co_return std::unexpected(known.error());
  if (abandoned_ || sink_ == nullptr) co_return fail(Errc::cancelled, "nobody sends alerts now");
  co_return co_await sink_->newest(*known);
}

Awaitable<> OutboxRunner::send() {
  if (sink_ == nullptr) co_return;
  auto alert = alert_;
  auto outcome = co_await sink_->send(std::move(alert));
  if (abandoned_) co_return;
  crash_point("outbox.sent");
  if (!outcome) note_failure("an alert could not be sent", outcome.error());
  outbox_.sent(outcome, clock_.now());
}

Awaitable<> OutboxRunner::find(AlertId alert) {
  const auto channel = channel_;
  auto after = co_await repository_.handed_after(alert, channel);
  if (abandoned_ || sink_ == nullptr) co_return;
  Result<MessageId> outcome = fail(Errc::not_found, "it was handed to another channel");
  if (!after) {
    outcome = std::unexpected(after.error());
  } else if (*after) {
    outcome = co_await sink_->find_sent(alert, **after);
    if (abandoned_) co_return;
  }
  if (!outcome && outcome.error().code != Errc::not_found) {
    note_failure("the channel could not be searched for an alert", outcome.error());
  }
  outbox_.found(outcome, clock_.now());
}

Awaitable<> OutboxRunner::finish(Finish done) {
  auto outcome = co_await repository_.set_done(done.alert, channel_, done.message);
  if (abandoned_) co_return;
  crash_point("outbox.done");
  if (outcome) {
    ++stats_.alerts_sent;
    --stats_.alerts_waiting;
  } else {
    note_failure("a sent alert could not be recorded", outcome.error());
  }
  outbox_.finished(outcome, clock_.now());
}

Awaitable<> OutboxRunner::refuse(Refuse refusal) {
  auto reason = refusal.reason;
  auto outcome = co_await repository_.set_refused(refusal.alert, std::move(reason));
  if (abandoned_) co_return;
  if (outcome) {
    ++stats_.alerts_refused;
    --stats_.alerts_waiting;
    spdlog::error("outbox: alert {} will never be sent: {}", refusal.alert, refusal.reason);
  } else {
    note_failure("a refused alert could not be recorded", outcome.error());
  }
  outbox_.refused(outcome, clock_.now());
}

void OutboxRunner::note_failure(const char* what, const Error& error) {
  ++stats_.send_failures;
  spdlog::warn("outbox: {}, trying again: {}", what, error.message);
}

}  // namespace tgpanel::monitor
