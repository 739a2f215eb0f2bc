#pragma once
// Counts over what is on disk: alerts (one row per match), the audit, jobs and waits.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tgpanel::storage {

class Database;

/// What is asked for. Times are Unix milliseconds.
struct StatisticsQuery {
  std::int64_t now_ms = 0;
  std::vector<std::int64_t> since_ms;  // the begins of the spans that are counted
  std::int64_t hours_from_ms = 0;      // the begin of the first of `hours`
  std::size_t hours = 24;
  std::int64_t outcomes_since_ms = 0;
};

struct AccountWait {
  AccountId account_id = 0;
  std::int64_t until_ms = 0;  // the last of its waits
};

struct StatisticsRows {
  std::vector<std::uint64_t> matches;                    // for each of since_ms
  std::vector<std::uint64_t> alerts;                     // that Telegram has, for each of since_ms
  std::vector<std::uint64_t> per_hour;                   // matches
  std::uint64_t waiting = 0;                             // alerts not sent yet
  std::map<std::string, std::uint64_t> jobs;             // by jobs::to_string(JobState)
  std::map<std::string, std::uint64_t> outcomes;         // of all acts, by to_string(ItemState)
  std::map<std::string, std::uint64_t> recent_outcomes;  // since outcomes_since_ms
  std::vector<AccountWait> waits;                        // the first to end comes first
};

/// Executor: the domain's.
class StatisticsRepository {
 public:
  /// `database` must outlive it.
  explicit StatisticsRepository(Database& database) : database_(database) {}

  /// All of it as of one instant. storage.
  Awaitable<Result<StatisticsRows>> read(StatisticsQuery query);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
