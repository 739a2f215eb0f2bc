#pragma once
// Carries out what the outbox decides: disk, sink, time.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "monitor/alert_sink.hpp"
#include "monitor/outbox.hpp"
#include "monitor/signal.hpp"
#include "monitor/stats.hpp"
#include "storage/outbox_repository.hpp"

#include <cstddef>
#include <vector>

namespace tgpanel::monitor {

/// A digest has at most so many alerts: a row of buttons that can be read on a telephone.
inline constexpr std::size_t kMostInDigest = 8;

/// Executor: the domain's; references must outlive run().
class OutboxRunner {
 public:
  OutboxRunner(const Executor& executor, storage::OutboxRepository& repository, const Clock& clock,
               Stats& stats, SendLimits limits, std::size_t digest_above);

  /// Reads what was sent lately, so that Telegram's rates hold over a restart.
  Awaitable<Result<void>> begin();
  /// Sends until stop().
  Awaitable<> run();
  /// run() returns after the step in hand.
  void stop();
  /// After this run() returns without touching the disk or the sink again.
  void abandon();

  void on_stored(std::size_t alerts);
  /// 0: none.
  void set_channel(ChatId channel);

  /// See Monitor::set_digest.
  void set_digest(std::size_t waiting) { digest_above_ = waiting; }

  /// nullptr: none.
  void set_sink(AlertSink* sink);

 private:
  Awaitable<> perform(OutboxAction action);
  Awaitable<> fetch();
  Awaitable<> record();
  Awaitable<Result<MessageId>> newest(ChatId channel);
  Awaitable<> send();
  Awaitable<> find(AlertId alert);
  Awaitable<> split();
  Awaitable<> finish(Finish done);
  Awaitable<> refuse(Refuse refusal);
  void update_forwarding();
  [[nodiscard]] std::vector<AlertId> ids() const;  // of what is in hand
  void note_failure(const char* what, const Error& error);

  storage::OutboxRepository& repository_;
  const Clock& clock_;
  Stats& stats_;
  SendLimits limits_;
  std::size_t digest_above_;
  Outbox outbox_;
  Signal signal_;
  std::vector<Alert> batch_;  // in hand: one, or those of a digest
  std::size_t singles_ = 0;   // so many are fetched one by one: their digest was refused
  ChatId channel_ = 0;
  AlertSink* sink_ = nullptr;
  bool stopping_ = false;
  bool abandoned_ = false;
};

}  // namespace tgpanel::monitor
