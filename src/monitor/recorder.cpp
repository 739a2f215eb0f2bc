#include "monitor/recorder.hpp"

#include "base/crash_point.hpp"
#include "monitor/alert_json.hpp"
#include "monitor/intake.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace tgpanel::monitor {

namespace {

constexpr Millis kNameDeadline{3'000};  // TDLib answers these from memory
constexpr Millis kWaitForNamer{5'000};  // for an account that is about to become active
constexpr Millis kFirstRetry{500};
constexpr Millis kLongestRetry{10'000};

storage::NewAlertRow make_row(std::string identity, std::string prefix, const Alert& alert) {
  return {.identity = std::move(identity),
          .identity_prefix = std::move(prefix),
          .chat_id = alert.chat_id,
          .sender_id = alert.sender_id,
          .sender_chat_id = alert.sender_chat_id,
          .sender_name = alert.sender_name,
          .body = alert_to_json(alert)};
}

std::vector<storage::MarkRow> make_rows(const std::vector<Mark>& marks) {
  std::vector<storage::MarkRow> rows;
  rows.reserve(marks.size());
  for (const auto& mark : marks) {
    rows.push_back({mark.key.account, mark.key.chat, mark.message});
  }
  return rows;
}

}  // namespace

Recorder::Recorder(const Executor& executor, Parts parts,
                   std::function<void(std::size_t)> on_stored)
    : parts_(parts), on_stored_(std::move(on_stored)), signal_(executor), retry_(executor) {}

void Recorder::add(Found found) {
  queue_.push_back(std::move(found));
  signal_.notify();
}

void Recorder::save_marks() {
  if (!parts_.marks.any_moved()) return;
  save_marks_ = true;
  signal_.notify();
}

void Recorder::stop() {
  stopping_ = true;
  save_marks_ = true;
  signal_.notify();
  retry_.notify();
}

void Recorder::abandon() {
  abandoned_ = true;
  signal_.notify();
  retry_.notify();
}

Awaitable<> Recorder::run() {
  while (!abandoned_) {
    if (queue_.empty() && !save_marks_) {
      if (stopping_) co_return;
      co_await signal_.wait();
      continue;
    }
    // Taken together: each of these marks has every match below it in this batch or on disk.
    save_marks_ = false;
    auto batch = std::exchange(queue_, {});
    auto marks = parts_.marks.take_moved();
    auto rows = co_await compose(std::move(batch));
    const bool written = co_await write(std::move(rows), std::move(marks));
    if (!written) co_return;
  }
}

Awaitable<Recorder::Rows> Recorder::compose(std::vector<Found> batch) {
  Rows rows;
  rows.reserve(batch.size());
  for (auto& found : batch) {
    auto identity = identity_of(found.message, found.account);
    auto prefix = identity_prefix_of(found.message);
    auto client = co_await namer(found.account, found.message.chat_id, found.at);
    auto name = parts_.accounts.name(found.account);
    const auto* book = &parts_.book;
    const auto alert =
        co_await compose_alert(std::move(found), std::move(name), book, client, kNameDeadline);
    if (alert) rows.push_back(make_row(std::move(identity), std::move(prefix), *alert));
  }
  co_return rows;
}

Awaitable<std::shared_ptr<telegram::Client>> Recorder::namer(AccountId account, ChatId chat,
                                                             Instant found_at) {
  const auto deadline = found_at + kWaitForNamer;
  while (true) {
    if (auto client = parts_.accounts.client(account)) co_return client;
    for (const auto member : parts_.book.members(chat)) {
      if (auto client = parts_.accounts.client(member)) co_return client;
    }
    const auto left = deadline - parts_.clock.now();
    if (stopping_ || left <= Millis{0}) co_return nullptr;
    co_await signal_.wait(std::min(left, kWaitForNamer));
  }
}

Awaitable<bool> Recorder::write(Rows rows, std::vector<Mark> marks) {
  const auto mark_rows = make_rows(marks);
  for (auto pause = kFirstRetry; !abandoned_; pause = std::min(pause * 2, kLongestRetry)) {
    auto alerts = rows;  // kept for another try
    auto marks_now = mark_rows;
    const auto now_ms = to_unix_ms(parts_.clock.now());
    crash_point("monitor.before_commit");
    auto ids = co_await parts_.outbox.commit(std::move(alerts), std::move(marks_now), now_ms);
    if (ids) {
      crash_point("monitor.after_commit");
      const auto stored =
          static_cast<std::size_t>(std::ranges::count_if(*ids, [](AlertId id) { return id != 0; }));
      parts_.stats.alerts_stored += stored;
      if (stored > 0 && !abandoned_) on_stored_(stored);
      co_return true;
    }
    ++parts_.stats.storage_failures;
    spdlog::error("monitor: {} matches could not be stored yet: {}", rows.size(),
                  ids.error().message);
    if (stopping_) co_return false;
    co_await retry_.wait(pause);
  }
  co_return false;
}

}  // namespace tgpanel::monitor
