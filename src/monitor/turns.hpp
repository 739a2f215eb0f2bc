#pragma once
// Which account may make a call for history now.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "monitor/accounts_view.hpp"
#include "telegram/completion.hpp"

#include <functional>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace tgpanel::monitor {

/// One call in flight per account, none during a flood wait of it. An account that let a deadline
/// pass is put aside for a while, so that the others are not kept waiting.
/// Executor: the domain's. References must outlive it.
class Turns {
 public:
  /// `on_wait` is told of each flood wait, to be kept over a restart.
  Turns(const AccountsView& accounts, const Clock& clock, Millis aside,
        std::function<void(AccountId, Instant until)> on_wait);

  /// A flood wait that is known already.
  void keep_waiting(AccountId account, Instant until) { waits_[account] = until; }

  /// Active, in no flood wait and not put aside.
  [[nodiscard]] bool usable(AccountId account) const;
  /// Usable, and makes no call.
  [[nodiscard]] bool free(AccountId account) const;
  [[nodiscard]] bool any_free() const;

  /// Until give_back().
  void take(AccountId account) { busy_.insert(account); }

  /// Takes the first of `accounts` that may make a call; waits while all that could are busy, and
  /// is served before whoever did not wait. For a person who asks: what is put aside is asked too.
  /// flood_wait: Telegram lets none of them. not_found: none is active. cancelled.
  Awaitable<Result<AccountId>> next_of(std::vector<AccountId> accounts);

  /// A call failed; before give_back().
  void failed(AccountId account, const Error& error);
  void give_back(AccountId account);

  /// The account's client is another one now, or gone.
  void renewed(AccountId account);

  /// Whoever waits is told cancelled.
  void stop();

 private:
  struct Waiter {
    std::vector<AccountId> accounts;
    telegram::Completion<Result<AccountId>> done;
  };

  /// Nothing: wait.
  [[nodiscard]] std::optional<Result<AccountId>> choose(
      const std::vector<AccountId>& accounts) const;
  [[nodiscard]] Millis flood_wait_left(AccountId account) const;
  void serve();

  const AccountsView& accounts_;
  const Clock& clock_;
  Millis aside_;
  std::function<void(AccountId, Instant)> on_wait_;
  std::set<AccountId> busy_;
  std::map<AccountId, Instant> waits_;      // flood waits
  std::map<AccountId, Instant> put_aside_;  // until when
  std::list<Waiter> waiters_;
  bool stopped_ = false;
};

}  // namespace tgpanel::monitor
