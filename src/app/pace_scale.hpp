#pragma once
// TGPANEL_PACE_SCALE: every pause divided, for tests against a local data centre.

#include "accounts/recycler.hpp"
#include "base/time.hpp"
#include "bot/rates.hpp"
#include "jobs/pace.hpp"
#include "monitor/limits.hpp"

#include <cstddef>

namespace tgpanel::app {

/// The paces of production with every pause divided by `scale` (1: as they are).
[[nodiscard]] bot::Rates bot_rates(int scale);
[[nodiscard]] jobs::Pace job_pace(int scale, jobs::Pace pace = {});
[[nodiscard]] monitor::Limits monitor_limits(int scale);
/// How long a login is kept without a successful step.
[[nodiscard]] Millis login_patience(int scale, Millis patience);
[[nodiscard]] accounts::RecycleLimits recycle_limits(int scale, std::size_t messages_per_chat);
/// How long a login waits for an answer of Telegram.
[[nodiscard]] Millis login_deadline(int scale);
/// Between tries to end a login at Telegram.
[[nodiscard]] Millis login_retry(int scale, Millis pause);
/// How long the report check bot has for its answer.
[[nodiscard]] Millis report_deadline(int scale);

/// Between two looks at the disk.
[[nodiscard]] Millis disk_look_gap(int scale);

/// How long the outcome of a sent text is waited for.
[[nodiscard]] Millis text_deadline(int scale);

}  // namespace tgpanel::app
