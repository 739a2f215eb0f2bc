#pragma once
// When the next item may be handed to Telegram.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "jobs/pace.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tgpanel::jobs {

/// Pure bookkeeping: no timers. A gap is counted from what was last, with the pace as it is when it
/// is asked: a pace that was changed holds at once.
class PaceKeeper {
 public:
  PaceKeeper(Pace pace, Random random) : pace_(pace), random_(std::move(random)) {}

  [[nodiscard]] const Pace& pace() const { return pace_; }

  void set_pace(const Pace& pace) { pace_ = pace; }

  /// The earliest instant for an item of any account.
  [[nodiscard]] Instant panel_next() const { return after(panel_, pace_.panel_gap); }

  /// The earliest instant for an item of this account, by its own pace alone.
  [[nodiscard]] Instant account_next(AccountId account) const {
    const auto found = accounts_.find(account);
    return found == accounts_.end() ? Instant{} : after(found->second, pace_.account_gap);
  }

  /// An item of the account is handed over now.
  void handed(AccountId account, Instant now) {
    panel_ = {now, random_()};
    ended(account, now);
  }

  /// The account's call has ended now: its pause begins.
  void ended(AccountId account, Instant now) { accounts_[account] = {now, random_()}; }

  /// The clock was set back: what lies ahead is taken for now.
  void clamp(Instant now) {
    panel_.at = std::min(panel_.at, now);
    for (auto& [account, last] : accounts_) last.at = std::min(last.at, now);
  }

 private:
  struct Last {
    Instant at{};
    double chance = 0.5;
  };

  [[nodiscard]] Instant after(const Last& last, Millis gap) const {
    if (last.at == Instant{}) return {};  // nothing was yet
    return last.at + spread(gap, pace_.jitter, last.chance);
  }

  Pace pace_;
  Random random_;
  Last panel_;
  std::map<AccountId, Last> accounts_;
};

}  // namespace tgpanel::jobs
