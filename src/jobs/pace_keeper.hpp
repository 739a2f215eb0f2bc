#pragma once
// When the next item may be handed to Telegram.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "jobs/pace.hpp"

#include <map>
#include <utility>

namespace tgpanel::jobs {

/// Pure bookkeeping: no timers.
class PaceKeeper {
 public:
  PaceKeeper(Pace pace, Random random) : pace_(pace), random_(std::move(random)) {}

  [[nodiscard]] const Pace& pace() const { return pace_; }

  /// The earliest instant for an item of any account.
  [[nodiscard]] Instant panel_next() const { return panel_next_; }

  /// The earliest instant for an item of this account, by its own pace alone.
  [[nodiscard]] Instant account_next(AccountId account) const {
    const auto found = account_next_.find(account);
    return found == account_next_.end() ? Instant{} : found->second;
  }

  /// An item of the account is handed over now.
  void handed(AccountId account, Instant now) {
    panel_next_ = now + spread(pace_.panel_gap, pace_.jitter, random_());
    ended(account, now);
  }

  /// The account's call has ended now: its pause begins.
  void ended(AccountId account, Instant now) {
    account_next_[account] = now + spread(pace_.account_gap, pace_.jitter, random_());
  }

  /// The clock was set back: what lies further ahead than a gap allows is brought near.
  void clamp(Instant now) {
    const auto near = [](Instant& at, Instant limit) {
      if (at > limit) at = limit;
    };
    near(panel_next_, now + 2 * pace_.panel_gap);
    for (auto& [account, at] : account_next_) near(at, now + 2 * pace_.account_gap);
  }

 private:
  Pace pace_;
  Random random_;
  Instant panel_next_{};
  std::map<AccountId, Instant> account_next_;
};

}  // namespace tgpanel::jobs
