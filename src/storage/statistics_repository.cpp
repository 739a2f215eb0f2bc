#include "storage/statistics_repository.hpp"

#include "storage/database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>

namespace tgpanel::storage {

namespace {

constexpr std::int64_t kHourMs = 3'600'000;

std::uint64_t count(SQLite::Database& db, const char* sql, std::int64_t since_ms) {
  SQLite::Statement query(db, sql);
  query.bind(1, since_ms);
  query.executeStep();
  return static_cast<std::uint64_t>(query.getColumn(0).getInt64());
}

std::map<std::string, std::uint64_t> by_word(SQLite::Statement& query) {
  std::map<std::string, std::uint64_t> counts;
  while (query.executeStep()) {
    counts[query.getColumn(0).getString()] =
        static_cast<std::uint64_t>(query.getColumn(1).getInt64());
  }
  return counts;
}

std::map<std::string, std::uint64_t> outcomes(SQLite::Database& db, std::int64_t since_ms) {
  // Changes of settings are in the audit too; they are no account's.
  SQLite::Statement query(db,
                          "SELECT outcome, count(*) FROM audit"
                          " WHERE at_ms >= ? AND account_id <> 0 GROUP BY outcome");
  query.bind(1, since_ms);
  return by_word(query);
}

std::vector<std::uint64_t> per_hour(SQLite::Database& db, const StatisticsQuery& asked) {
  std::vector<std::uint64_t> hours(asked.hours, 0);
  SQLite::Statement query(db,
                          "SELECT (created_ms - ?1) / ?2, count(*) FROM alert"
                          " WHERE created_ms >= ?1 GROUP BY 1");
  query.bind(1, asked.hours_from_ms);
  query.bind(2, kHourMs);
  while (query.executeStep()) {
    const auto hour = static_cast<std::size_t>(query.getColumn(0).getInt64());
    if (hour < hours.size()) {
      hours[hour] = static_cast<std::uint64_t>(query.getColumn(1).getInt64());
    }
  }
  return hours;
}

std::vector<AccountWait> waits(SQLite::Database& db, std::int64_t now_ms) {
  std::vector<AccountWait> all;
  SQLite::Statement query(db,
                          "SELECT account_id, max(until_ms) AS until FROM wait"
                          " WHERE until_ms > ? AND chat_id = 0"
                          " GROUP BY account_id ORDER BY until");
  query.bind(1, now_ms);
  while (query.executeStep()) {
    all.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64()});
  }
  return all;
}

}  // namespace

Awaitable<Result<StatisticsRows>> StatisticsRepository::read(StatisticsQuery query) {
  auto work = [query = std::move(query)](SQLite::Database& db) {
    StatisticsRows rows;
    for (const auto since : query.since_ms) {
      rows.matches.push_back(count(db, "SELECT count(*) FROM alert WHERE created_ms >= ?", since));
      rows.alerts.push_back(
          count(db, "SELECT count(*) FROM alert WHERE attempt_ms >= ? AND state = 'done'", since));
    }
    rows.per_hour = per_hour(db, query);
    SQLite::Statement unsent(db,
                             "SELECT count(*) FROM alert WHERE state IN ('pending', 'sending')");
    unsent.executeStep();
    rows.waiting = static_cast<std::uint64_t>(unsent.getColumn(0).getInt64());
    SQLite::Statement jobs(db, "SELECT state, count(*) FROM job GROUP BY state");
    rows.jobs = by_word(jobs);
    rows.outcomes = outcomes(db, 0);
    rows.recent_outcomes = outcomes(db, query.outcomes_since_ms);
    rows.waits = waits(db, query.now_ms);
    return rows;
  };
  co_return co_await database_.run(std::move(work));
}

}  // namespace tgpanel::storage
