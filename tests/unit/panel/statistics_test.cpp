#include "panel/statistics.hpp"

#include "storage/audit_repository.hpp"
#include "storage/database.hpp"
#include "storage/job_repository.hpp"
#include "storage/outbox_repository.hpp"
#include "unit/support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tgpanel::panel {
namespace {

using accounts::AccountState;
using test::run;

constexpr std::int64_t kNow = 1'795'520'700'000;  // 2026-11-24 11:45 UTC, 15:15 in Tehran
constexpr std::int64_t kMinute = 60'000;

class StatisticsTest : public testing::Test {
 protected:
  AlertId match(const std::string& identity, std::int64_t at_ms) {
    std::vector<storage::NewAlertRow> rows{{.identity = identity,
                                            .identity_prefix = {},
                                            .chat_id = -100,
                                            .sender_id = 1,
                                            .sender_chat_id = 0,
                                            .sender_name = "W",
                                            .body = "{}"}};
    return run(context, outbox.commit(std::move(rows), {}, at_ms)).value().at(0);
  }

  void send(AlertId alert, std::int64_t at_ms) {
    ASSERT_TRUE(run(context, outbox.set_sending({alert}, -5, 1, at_ms)));
    ASSERT_TRUE(run(context, outbox.set_done({alert}, -5, 2)));
  }

  void act(const char* outcome, std::int64_t at_ms, AccountId account = 1) {
    auto work = [=](SQLite::Database& db) {
      storage::write_audit(db, {{.at_ms = at_ms,
                                 .admin_id = 9,
                                 .job_id = 1,
                                 .account_id = account,
                                 .account_name = "A",
                                 .action = "react",
                                 .target = "t",
                                 .outcome = outcome,
                                 .reason = {}}});
    };
    ASSERT_TRUE(run(context, database->run(std::move(work))));
  }

  Statistics read(std::string zone = "UTC") {
    return run(context, read_statistics(database.get(), now, from_unix_ms(kNow), std::move(zone)))
        .value();
  }

  test::TempDir dir;
  asio::io_context context;
  std::unique_ptr<storage::Database> database =
      std::move(storage::Database::open(dir / "panel.db", context.get_executor()).value());
  storage::OutboxRepository outbox{*database};
  StatisticsNow now;
};

TEST_F(StatisticsTest, NothingIsCountedInANewPanel) {
  const auto seen = read();
  EXPECT_EQ(seen.matches, Spans{});
  EXPECT_EQ(seen.alerts, Spans{});
  EXPECT_EQ(seen.actions, Outcomes{});
  ASSERT_EQ(seen.hours.size(), kHoursShown);
  EXPECT_TRUE(seen.accounts.empty());
  EXPECT_TRUE(seen.waits.empty());
}

TEST_F(StatisticsTest, EachMatchCountsOnceInEverySpanThatHoldsIt) {
  match("a", kNow - 2 * kMinute);
  EXPECT_EQ(match("a", kNow - kMinute), 0) << "the same message, seen by another account";
  match("b", kNow - 30 * kMinute);
  match("c", kNow - kMinute * 3 * 60);
  match("d", kNow - kMinute * 13 * 60);  // yesterday in London, not the day before
  match("e", kNow - 90L * 24 * 60 * kMinute);
  const auto seen = read();
  EXPECT_EQ(seen.matches, (Spans{1, 2, 3, 5}));
  EXPECT_EQ(seen.alerts, Spans{});
  EXPECT_EQ(seen.alerts_waiting, 5U);
  EXPECT_EQ(seen.hours.back().matches, 2U);
  EXPECT_EQ(seen.hours.back().begin, from_unix_ms(kNow - 45 * kMinute));
  EXPECT_EQ(seen.hours[23 - 3].matches, 1U);
  EXPECT_EQ(seen.hours[23 - 13].matches, 1U);
  std::uint64_t all = 0;
  for (const auto& hour : seen.hours) all += hour.matches;
  EXPECT_EQ(all, 4U);
}

TEST_F(StatisticsTest, TodayBeginsAtMidnightOfTheZone) {
  match("a", kNow - kMinute * 12 * 60);  // 23:45 in UTC, 03:15 in Tehran
  EXPECT_EQ(read("UTC").matches.today, 0U);
  EXPECT_EQ(read("Asia/Tehran").matches.today, 1U);
  const auto hours = read("Asia/Tehran").hours;
  EXPECT_EQ(hours.back().begin, from_unix_ms(kNow - 15 * kMinute)) << "15:00 there";
}

TEST_F(StatisticsTest, AlertsCountWhenTelegramHasThem) {
  const auto first = match("a", kNow - 90 * kMinute);
  const auto second = match("b", kNow - 80 * kMinute);
  match("c", kNow - 70 * kMinute);
  send(first, kNow - 89 * kMinute);
  send(second, kNow - kMinute);
  const auto seen = read();
  EXPECT_EQ(seen.alerts, (Spans{1, 1, 2, 2}));
  EXPECT_EQ(seen.alerts_waiting, 1U);
  ASSERT_TRUE(run(context, outbox.purge(kNow, kNow)));
  EXPECT_EQ(read().matches.all, 3U) << "what is erased is counted on";
}

TEST_F(StatisticsTest, ActionsCountByOutcomeAndSettingsAreNoActions) {
  act("done", kNow - kMinute);
  act("done", kNow - 50L * 60 * kMinute);
  act("failed", kNow - kMinute);
  act("unknown", kNow - kMinute);
  act("done", kNow - kMinute, 0);
  const auto seen = read();
  EXPECT_EQ(seen.actions, (Outcomes{2, 1, 1}));
  EXPECT_EQ(seen.recent_actions, (Outcomes{1, 1, 1}));
}

TEST_F(StatisticsTest, AccountsCountByStateAndTheirWaitsAreNamed) {
  accounts::Account ann;
  ann.id = 1;
  ann.name = "Ann";
  ann.state = AccountState::active;
  accounts::Account ben = ann;
  ben.id = 2;
  ben.name = "Ben";
  ben.limit.on = true;
  accounts::Account eve = ann;
  eve.id = 3;
  eve.state = AccountState::banned;
  now = {.accounts = {ann, ben, eve}, .keywords = 4, .ignored = 2};
  storage::JobRepository jobs(*database);
  constexpr ChatId kAnywhere = 0;
  for (const auto& wait :
       std::vector<storage::WaitRow>{{2, "joinChat", kAnywhere, kNow + 5 * kMinute},
                                     {2, "sendMessage", kAnywhere, kNow + 9 * kMinute},
                                     {2, "sendMessage", -1001, kNow + 90 * kMinute},
                                     {1, "joinChat", kAnywhere, kNow + 20 * kMinute},
                                     {3, "joinChat", kAnywhere, kNow - kMinute},
                                     {77, "joinChat", kAnywhere, kNow + kMinute}}) {
    ASSERT_TRUE(run(context, jobs.save_wait(wait)));
  }
  const auto seen = read();
  EXPECT_EQ(seen.accounts, (std::map<AccountState, std::size_t>{{AccountState::active, 2},
                                                                {AccountState::banned, 1}}));
  EXPECT_EQ(seen.limited, 1U);
  EXPECT_EQ(seen.keywords, 4U);
  EXPECT_EQ(seen.ignored, 2U);
  ASSERT_EQ(seen.waits.size(), 2U) << "nothing over, no deleted account";
  EXPECT_EQ(seen.waits[0].name, "Ben");
  EXPECT_EQ(seen.waits[0].until, from_unix_ms(kNow + 9 * kMinute));
  EXPECT_EQ(seen.waits[1].name, "Ann");
}

TEST_F(StatisticsTest, JobsCountByState) {
  storage::JobRepository jobs(*database);
  for (const char* state : {"running", "done", "done"}) {
    storage::JobRow row;
    row.state = state;
    row.kind = "react";
    row.spec = "{}";
    ASSERT_TRUE(run(context, jobs.create(std::move(row))));
  }
  EXPECT_EQ(read().jobs, (std::map<std::string, std::uint64_t>{{"done", 2}, {"running", 1}}));
}

}  // namespace
}  // namespace tgpanel::panel
