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
                           const Clock& clock, Stats& stats, SendLimits limits,
                           std::size_t digest_above)
    : repository_(repository),
      clock_(clock),
      stats_(stats),
      limits_(limits),
      digest_above_(digest_above),
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
  } else if (std::holds_alternative<Record>(action)) {
    co_await record();
  } else if (std::holds_alternative<Send>(action)) {
    co_await send();
  } else if (const auto* look = std::get_if<Find>(&action)) {
    co_await find(look->alert);
  } else if (const auto* done = std::get_if<Finish>(&action)) {
    co_await finish(*done);
  } else if (const auto* refusal = std::get_if<Refuse>(&action)) {
    co_await refuse(*refusal);
  } else if (std::holds_alternative<Split>(action)) {
    co_await split();
  }
}

Awaitable<> OutboxRunner::fetch() {
  const auto above = singles_ > 0 ? 0 : digest_above_;
  auto rows = co_await repository_.next_unsent(above, kMostInDigest);
  if (abandoned_) co_return;
  if (!rows) {
    note_failure("the outbox could not be read", rows.error());
    outbox_.fetched(std::unexpected(rows.error()), clock_.now());
    co_return;
  }
  std::optional<Outbox::Item> item;
  batch_.clear();
  for (const auto& row : *rows) batch_.push_back(alert_from_json(row.id, row.body));
  if (!rows->empty()) {
    const auto& first = rows->front();
    item = Outbox::Item{.alert = first.id,
                        .attempted = first.state == storage::AlertState::sending,
                        .digest = rows->size() > 1};
  }
  if (singles_ > 0) --singles_;
  outbox_.fetched(item, clock_.now());
}

Awaitable<> OutboxRunner::record() {
  const auto channel = channel_;
  auto after = co_await newest(channel);
  if (abandoned_) co_return;
  Result<void> outcome;
  if (after) {
    const auto now_ms = to_unix_ms(clock_.now());
    auto alerts = ids();
    outcome = co_await repository_.set_sending(std::move(alerts), channel, *after, now_ms);
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
  auto found = co_await sink_->newest(*known);
  // Then it had to post a notice, which counts at Telegram like an alert.
  if (*known == 0) outbox_.on_earlier_send(clock_.now());
  co_return found;
}

Awaitable<> OutboxRunner::send() {
  if (sink_ == nullptr) co_return;
  auto batch = batch_;
  const bool alone = batch.size() == 1;
  auto sending =
      alone ? sink_->send(std::move(batch.front())) : sink_->send_digest(std::move(batch));
  auto outcome = co_await std::move(sending);
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
  auto alerts = ids();
  const auto count = alerts.size();
  auto outcome = co_await repository_.set_done(std::move(alerts), channel_, done.message);
  if (abandoned_) co_return;
  crash_point("outbox.done");
  if (outcome) {
    stats_.alerts_sent += count;
    stats_.alerts_waiting -= count;
  } else {
    note_failure("a sent alert could not be recorded", outcome.error());
  }
  outbox_.finished(outcome, clock_.now());
}

Awaitable<> OutboxRunner::split() {
  auto alerts = ids();
  const auto count = alerts.size();
  auto outcome = co_await repository_.split_digest(std::move(alerts));
  if (abandoned_) co_return;
  if (outcome) {
    singles_ = count;
  } else {
    note_failure("a refused digest could not be split", outcome.error());
  }
  outbox_.split(outcome, clock_.now());
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

std::vector<AlertId> OutboxRunner::ids() const {
  std::vector<AlertId> ids;
  ids.reserve(batch_.size());
  for (const auto& alert : batch_) ids.push_back(alert.id);
  return ids;
}

void OutboxRunner::note_failure(const char* what, const Error& error) {
  ++stats_.send_failures;
  spdlog::warn("outbox: {}, trying again: {}", what, error.message);
}

}  // namespace tgpanel::monitor
