#pragma once
// Writes matches and marks: one transaction stores what was seen, its alert and the marks.

#include "base/async.hpp"
#include "base/time.hpp"
#include "monitor/accounts_view.hpp"
#include "monitor/chat_book.hpp"
#include "monitor/compose.hpp"
#include "monitor/mark_table.hpp"
#include "monitor/signal.hpp"
#include "monitor/stats.hpp"
#include "storage/outbox_repository.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace tgpanel::monitor {

/// Keeps the order of matches. A failing disk delays, it loses nothing: a mark is stored only with
/// or after every match below it. Executor: the domain's; references must outlive run().
class Recorder {
 public:
  struct Parts {
    storage::OutboxRepository& outbox;
    const AccountsView& accounts;
    const Clock& clock;
    const ChatBook& book;
    MarkTable& marks;
    Stats& stats;
  };

  /// `on_stored`: called with the number of alerts that a transaction stored.
  Recorder(const Executor& executor, Parts parts, std::function<void(std::size_t)> on_stored);

  void add(Found found);
  /// Stores the marks that moved.
  void save_marks();

  /// An account became active: its client can name senders.
  void account_ready() { signal_.notify(); }

  /// Until stop(): writes what there is. After stop() everything known is written first, or, should
  /// the disk fail, left to be found again in the histories (the marks stay behind).
  Awaitable<> run();
  void stop();
  /// After this run() returns without touching the disk again.
  void abandon();

 private:
  using Rows = std::vector<storage::NewAlertRow>;

  Awaitable<Rows> compose(std::vector<Found> batch);
  Awaitable<std::shared_ptr<telegram::Client>> namer(AccountId account, ChatId chat,
                                                     Instant found_at);
  /// False: given up because of stop().
  Awaitable<bool> write(Rows rows, std::vector<Mark> marks);

  Parts parts_;
  std::function<void(std::size_t)> on_stored_;
  Signal signal_;
  Signal retry_;  // only the end is in a hurry
  std::vector<Found> queue_;
  bool save_marks_ = false;
  bool stopping_ = false;
  bool abandoned_ = false;
};

}  // namespace tgpanel::monitor
