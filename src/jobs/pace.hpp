#pragma once
// How fast jobs go. One pace over all jobs together, and one per account.

#include "base/result.hpp"
#include "base/time.hpp"

#include <functional>

namespace tgpanel::jobs {

struct Pace {
  Millis panel_gap{1'000};    // between two items handed to Telegram, whatever the account
  Millis account_gap{3'000};  // between two items of one account
  double jitter = 0.3;        // each gap is spread by ± this share, 0 ... 1
  friend bool operator==(const Pace&, const Pace&) = default;
};

/// Neither gap is longer.
inline constexpr Millis kLongestGap = std::chrono::hours{1};

/// invalid: a gap that is negative or longer than kLongestGap, or a jitter outside 0 ... 1; a
/// sentence.
[[nodiscard]] Result<void> check_pace(const Pace& pace);

/// Uniform in [0, 1); passed in, so that tests own chance.
using Random = std::function<double()>;

/// `gap` spread by the pace's jitter.
[[nodiscard]] inline Millis spread(Millis gap, double jitter, double chance) {
  const double factor = 1.0 + jitter * (2.0 * chance - 1.0);
  return Millis{static_cast<Millis::rep>(static_cast<double>(gap.count()) * factor)};
}

}  // namespace tgpanel::jobs
