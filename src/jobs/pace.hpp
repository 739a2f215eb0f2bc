#pragma once
// How fast jobs go. One pace over all jobs together, and one per account.

#include "base/time.hpp"

#include <functional>

namespace tgpanel::jobs {

struct Pace {
  Millis panel_gap{1'000};    // between two items handed to Telegram, whatever the account
  Millis account_gap{3'000};  // between two items of one account
  double jitter = 0.3;        // each gap is spread by ± this share, 0 ... 1
};

/// Uniform in [0, 1); passed in, so that tests own chance.
using Random = std::function<double()>;

/// `gap` spread by the pace's jitter.
[[nodiscard]] inline Millis spread(Millis gap, double jitter, double chance) {
  const double factor = 1.0 + jitter * (2.0 * chance - 1.0);
  return Millis{static_cast<Millis::rep>(static_cast<double>(gap.count()) * factor)};
}

/// Time from the first to the last of `items` of different accounts.
[[nodiscard]] constexpr Millis expected_duration(const Pace& pace, std::size_t items) {
  return items < 2 ? Millis{0} : pace.panel_gap * static_cast<Millis::rep>(items - 1);
}

}  // namespace tgpanel::jobs
