#pragma once
// What the panel did and has to do, in numbers.

#include "accounts/account.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tgpanel::storage {
class Database;
}

namespace tgpanel::panel {

struct Spans {
  std::uint64_t five_minutes = 0;
  std::uint64_t hour = 0;
  std::uint64_t today = 0;  // since midnight of the panel's time zone
  std::uint64_t all = 0;
  friend bool operator==(const Spans&, const Spans&) = default;
};

/// Acts of accounts that came to their end.
struct Outcomes {
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::uint64_t unknown = 0;  // nobody knows whether it was done
  friend bool operator==(const Outcomes&, const Outcomes&) = default;
};

/// An account that Telegram asked to wait.
struct WaitingAccount {
  AccountId account = 0;
  std::string name;
  Instant until{};  // it may act again
};

struct Hour {
  Instant begin{};  // on the clock of the panel's time zone
  std::uint64_t matches = 0;
};

inline constexpr std::size_t kHoursShown = 24;

struct Statistics {
  Instant at{};
  std::map<accounts::AccountState, std::size_t> accounts;  // only states that there are
  std::size_t limited = 0;                                 // accounts, by the report check bot
  std::size_t keywords = 0;
  std::size_t ignored = 0;
  Spans matches;                              // each message once
  Spans alerts;                               // that Telegram has
  std::uint64_t alerts_waiting = 0;           // on disk, not sent yet
  std::vector<Hour> hours;                    // kHoursShown, the present one last
  std::map<std::string, std::uint64_t> jobs;  // by jobs::to_string(JobState)
  Outcomes actions;
  Outcomes recent_actions;            // since the begin of the first of `hours`
  std::vector<WaitingAccount> waits;  // the first to end comes first
};

/// What counts are read beside the disk.
struct StatisticsNow {
  std::vector<accounts::Account> accounts;
  std::size_t keywords = 0;
  std::size_t ignored = 0;
};

/// `zone`: TGPANEL_TZ. storage. Executor: the domain's; `database` must outlive the call.
Awaitable<Result<Statistics>> read_statistics(storage::Database* database, StatisticsNow now,
                                              Instant at, std::string zone);

}  // namespace tgpanel::panel
