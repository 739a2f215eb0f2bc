#include "jobs/pace.hpp"

#include "words/errors_jobs.hpp"

namespace tgpanel::jobs {

Result<void> check_pace(const Pace& pace) {
  for (const Millis gap : {pace.panel_gap, pace.account_gap}) {
    if (gap < Millis{0} || gap > kLongestGap) {
      return fail(Errc::invalid, words::pace_gap_too_long);
    }
  }
  // Written so that what is no number is refused too.
  const bool share = pace.jitter >= 0.0 && pace.jitter <= 1.0;
  if (!share) return fail(Errc::invalid, words::pace_jitter);
  return {};
}

}  // namespace tgpanel::jobs
