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

namespace tgpanel::monitor {

/// Executor: the domain's; references must outlive run().
class OutboxRunner {
 public:
  OutboxRunner(const Executor& executor, storage::OutboxRepository& repository, const Clock& clock,
               Stats& stats, SendLimits limits);

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
  /// nullptr: none.
  void set_sink(AlertSink* sink);

 private:
  Awaitable<> perform(OutboxAction action);
  Awaitable<> fetch();
  Awaitable<> record(AlertId alert);
  Awaitable<Result<MessageId>> newest(ChatId channel);
  Awaitable<> send();
  Awaitable<> find(AlertId alert);
  Awaitable<> finish(Finish done);
  Awaitable<> refuse(Refuse refusal);
  void update_forwarding();
  void note_failure(const char* what, const Error& error);

  storage::OutboxRepository& repository_;
  const Clock& clock_;
  Stats& stats_;
  SendLimits limits_;
  Outbox outbox_;
  Signal signal_;
  Alert alert_;  // the one in hand
  ChatId channel_ = 0;
  AlertSink* sink_ = nullptr;
  bool stopping_ = false;
  bool abandoned_ = false;
};

}  // namespace tgpanel::monitor
