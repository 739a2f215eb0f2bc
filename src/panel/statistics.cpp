#include "panel/statistics.hpp"

#include "base/local_time.hpp"
#include "jobs/job.hpp"
#include "storage/statistics_repository.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tgpanel::panel {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

Spans spans(const std::vector<std::uint64_t>& counts) {
  return {counts.at(0), counts.at(1), counts.at(2), counts.at(3)};
}

Outcomes outcomes(const std::map<std::string, std::uint64_t>& counts) {
  const auto of = [&](jobs::ItemState state) {
    const auto found = counts.find(jobs::to_string(state));
    return found == counts.end() ? 0 : found->second;
  };
  return {.done = of(jobs::ItemState::done),
          .failed = of(jobs::ItemState::failed),
          .unknown = of(jobs::ItemState::unknown)};
}

void count_accounts(Statistics& statistics, const std::vector<accounts::Account>& accounts) {
  for (const auto& account : accounts) {
    ++statistics.accounts[account.state];
    if (account.limit.on) ++statistics.limited;
  }
}

std::vector<WaitingAccount> waits(const std::vector<storage::AccountWait>& rows,
                                  const std::vector<accounts::Account>& accounts) {
  std::vector<WaitingAccount> all;
  for (const auto& row : rows) {
    const auto account = std::ranges::find(accounts, row.account_id, &accounts::Account::id);
    if (account == accounts.end()) continue;  // deleted
    all.push_back({row.account_id, account->name, from_unix_ms(row.until_ms)});
  }
  return all;
}

}  // namespace

Awaitable<Result<Statistics>> read_statistics(storage::Database* database, StatisticsNow now,
                                              Instant at, std::string zone) {
  const Instant first = local_hour_start(at, zone) - hours(kHoursShown - 1);
  storage::StatisticsQuery query;
  query.now_ms = to_unix_ms(at);
  for (const Instant since :
       {at - minutes(5), at - hours(1), local_day_start(at, zone), from_unix_ms(0)}) {
    query.since_ms.push_back(to_unix_ms(since));
  }
  query.hours_from_ms = query.outcomes_since_ms = to_unix_ms(first);
  query.hours = kHoursShown;
  storage::StatisticsRepository repository(*database);
  const auto rows = co_await repository.read(std::move(query));
  if (!rows) co_return std::unexpected(rows.error());

  Statistics statistics;
  statistics.at = at;
  count_accounts(statistics, now.accounts);
  statistics.keywords = now.keywords;
  statistics.ignored = now.ignored;
  statistics.matches = spans(rows->matches);
  statistics.alerts = spans(rows->alerts);
  statistics.alerts_waiting = rows->waiting;
  for (std::size_t i = 0; i < rows->per_hour.size(); ++i) {
    statistics.hours.push_back({first + hours(i), rows->per_hour[i]});
  }
  statistics.jobs = rows->jobs;
  statistics.actions = outcomes(rows->outcomes);
  statistics.recent_actions = outcomes(rows->recent_outcomes);
  statistics.waits = waits(rows->waits, now.accounts);
  co_return statistics;
}

}  // namespace tgpanel::panel
