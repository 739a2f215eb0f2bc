// Pause, resume, cancel and retry of a job, also over restarts.

#include "jobs/runner.hpp"
#include "world.hpp"

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace tgpanel::jobs {
namespace {

/// While it is closed the database thread stands still: what is written waits in line.
class Gate {
 public:
  explicit Gate(PanelRun& run) {
    auto hold = [opened = opened_.get_future().share()](SQLite::Database&) { opened.wait(); };
    test::spawn(run.context, run.database->run(std::move(hold)));
    test::run_ready(run.context);
  }

  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  ~Gate() { open(); }

  void open() {
    if (!std::exchange(is_open_, true)) opened_.set_value();
  }

 private:
  std::promise<void> opened_;
  bool is_open_ = false;
};

struct ControlTest : World {
  static Result<void> pause(PanelRun& run, JobId id) {
    return test::run(run.context, run.runner->pause(id));
  }

  static Result<void> go_on(PanelRun& run, JobId id) {
    return test::run(run.context, run.runner->go_on(id));
  }

  static Result<void> cancel(PanelRun& run, JobId id) {
    return test::run(run.context, run.runner->cancel(id));
  }

  static Result<void> retry(PanelRun& run, JobId id, int round) {
    return test::run(run.context, run.runner->retry_failed(id, round));
  }

  /// Everything that can begin has begun, and a long time passes.
  static void a_day(PanelRun& run) {
    run.pass(std::chrono::hours{24});
    test::run_ready(run.context);
  }

  /// Until nothing of it is under way any more.
  static void until_idle(PanelRun& run, JobId id) {
    run.until([&] {
      const auto job = *run.runner->job(id);
      return std::ranges::none_of(job.items, [](const Item& item) {
        return item.state == ItemState::claimed || item.state == ItemState::handed;
      });
    });
  }

  [[nodiscard]] int acts() const {
    int all = 0;
    for (const auto& [account, number] : server.added) all += number;
    return all;
  }

  /// From now on the disk takes no pause and no cancel.
  static void refuse_orders(PanelRun& run) {
    auto work = [](SQLite::Database& db) {
      db.exec(
          "CREATE TRIGGER refuse BEFORE UPDATE ON job"
          " WHEN NEW.paused = 1 OR NEW.state = 'cancelled'"
          " BEGIN SELECT RAISE(ABORT, 'no'); END");
    };
    ASSERT_TRUE(test::run(run.context, run.database->run(std::move(work))));
  }

  /// A job whose only item was just claimed: that stands in line before the gate.
  static JobId start_claimed(PanelRun& run, std::optional<Gate>& gate) {
    run.accounts.statuses[1].readiness = Readiness::connecting;
    const auto id = run.start(1);
    test::run_ready(run.context);
    gate.emplace(run);
    run.accounts.statuses[1].readiness = Readiness::ready;
    run.runner->wake();
    test::run_ready(run.context);
    return id;
  }

  /// An item is under way, two are not begun; then the job is paused.
  JobId pause_under_way(PanelRun& run) {
    run.client(1).hold("addMessageReaction");
    const auto id = run.start(3);
    run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
    EXPECT_TRUE(pause(run, id));
    return id;
  }

  static constexpr Pace kSlow{.panel_gap = Millis{60'000}, .account_gap = Millis{0}, .jitter = 0};
};

TEST_F(ControlTest, WhatIsUnderWayEndsAndNothingNewBegins) {
  PanelRun run(file, server, clock, 3, kSlow);
  run.resume();
  const auto id = pause_under_way(run);
  EXPECT_EQ(run.runner->job(id)->state, JobState::paused);
  EXPECT_EQ(run.state(id, 0), ItemState::handed);
  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  run.until([&] { return run.state(id, 0) == ItemState::done; });
  a_day(run);
  EXPECT_EQ(run.state(id, 1), ItemState::queued);
  EXPECT_EQ(run.state(id, 2), ItemState::queued);
  EXPECT_EQ(acts(), 0) << "the fake answered for the first, no other was asked";
  EXPECT_FALSE(run.runner->time_left(id)) << "nobody knows when it goes on";
  ASSERT_TRUE(go_on(run, id));
  EXPECT_EQ(run.runner->job(id)->state, JobState::running);
  EXPECT_TRUE(run.runner->time_left(id));
  run.until([&] { return run.state(id, 1) == ItemState::done; });
  run.pass(Millis{60'000});
  run.until_over(id);
  EXPECT_EQ(run.runner->job(id)->state, JobState::done);
}

TEST_F(ControlTest, APauseOutlivesARestart) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 3, kSlow);
    run.resume();
    id = pause_under_way(run);
    run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
    run.until([&] { return run.state(id, 0) == ItemState::done; });
    test::run(run.context, run.runner->stop(Millis{100}));
  }
  PanelRun run(file, server, clock, 3, kSlow);
  run.resume();
  EXPECT_EQ(run.runner->job(id)->state, JobState::paused);
  a_day(run);
  EXPECT_EQ(acts(), 0);
  ASSERT_TRUE(go_on(run, id));
  run.until([&] { return run.state(id, 1) == ItemState::done; });
  run.pass(Millis{60'000});
  run.until_over(id);
  EXPECT_EQ(acts(), 2);
}

TEST_F(ControlTest, AKillWhilePausedIsReadBackAndBeginsNothing) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 3, kSlow);
    run.resume();
    id = pause_under_way(run);
    server.chosen[1] = "👍";  // it arrived; the answer never did
  }
  PanelRun run(file, server, clock, 3, kSlow);
  run.resume();
  run.until([&] { return run.state(id, 0) == ItemState::done; });
  EXPECT_EQ(run.runner->job(id)->state, JobState::paused);
  a_day(run);
  EXPECT_EQ(acts(), 0);
  EXPECT_EQ(run.state(id, 1), ItemState::queued);
}

TEST_F(ControlTest, WhatDidNotArriveBeforeAKillWaitsForTheEndOfThePause) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 3, kSlow);
    run.resume();
    id = pause_under_way(run);
  }
  PanelRun run(file, server, clock, 3, kSlow);
  run.resume();
  run.until([&] { return run.state(id, 0) == ItemState::queued; });
  a_day(run);
  EXPECT_EQ(run.state(id, 0), ItemState::queued);
  EXPECT_EQ(acts(), 0);
  ASSERT_TRUE(cancel(run, id));
  EXPECT_EQ(run.runner->job(id)->state, JobState::cancelled);
  EXPECT_NE(run.runner->job(id)->finished, Instant{}) << "a paused job may be cancelled";
}

TEST_F(ControlTest, APausedJobWhoseLastItemEndsIsOver) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.client(1).hold("addMessageReaction");
  const auto id = run.start(1);
  run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  ASSERT_TRUE(pause(run, id));
  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  run.until_over(id);
  EXPECT_EQ(run.runner->job(id)->state, JobState::done);
  EXPECT_EQ(go_on(run, id).error().code, Errc::invalid);
}

TEST_F(ControlTest, AnotherJobGoesOnMeanwhile) {
  PanelRun run(file, server, clock, 3, kSlow);
  run.resume();
  const auto held = pause_under_way(run);
  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  until_idle(run, held);
  run.accounts.add(1);
  const auto other = run.start(3);
  run.until([&] {
    run.pass(Millis{60'000});
    return run.runner->job(other)->finished != Instant{};
  });
  EXPECT_EQ(run.runner->job(held)->state, JobState::paused);
  EXPECT_EQ(acts(), 3);
}

TEST_F(ControlTest, OrdersThatMakeNoSenseAreRefusedAndChangeNothing) {
  PanelRun run(file, server, clock, 3, kSlow);
  run.resume();
  EXPECT_EQ(pause(run, 99).error().code, Errc::not_found);
  const auto id = pause_under_way(run);
  EXPECT_EQ(pause(run, id).error().code, Errc::invalid);
  EXPECT_EQ(retry(run, id, 0).error().code, Errc::invalid);
  ASSERT_TRUE(go_on(run, id));
  EXPECT_EQ(go_on(run, id).error().code, Errc::invalid);
}

TEST_F(ControlTest, ARetryDoesWhatFailedAndNothingElse) {
  PanelRun run(file, server, clock, 4);
  run.resume();
  run.client(2).refuse("addMessageReaction", 400, "REACTION_INVALID");
  run.client(4).refuse("addMessageReaction", 400, "REACTION_INVALID");
  const auto id = run.start(4);
  run.until_over(id);
  EXPECT_EQ(server.added, (std::map<AccountId, int>{{1, 1}, {3, 1}}));
  const auto finished = run.runner->job(id)->finished;

  run.accounts.add(2);
  run.pass(Millis{5'000});
  std::vector<JobState> seen;
  const auto watch = run.runner->watch([&](const Job& job) { seen.push_back(job.state); });
  ASSERT_TRUE(retry(run, id, 0));
  EXPECT_EQ(seen.front(), JobState::running);
  EXPECT_EQ(retry(run, id, 0).error().code, Errc::invalid) << "the same wish twice is one retry";
  run.until_over(id);
  const auto job = *run.runner->job(id);
  EXPECT_EQ(server.added, (std::map<AccountId, int>{{1, 1}, {2, 1}, {3, 1}}));
  EXPECT_EQ(job.items[1].state, ItemState::done);
  EXPECT_EQ(job.items[3].state, ItemState::failed);
  EXPECT_EQ(job.retries, 1);
  EXPECT_EQ(job.begun, finished + Millis{5'000});
  EXPECT_EQ(retry(run, id, 0).error().code, Errc::invalid) << "an old button";
  ASSERT_TRUE(retry(run, id, 1));
  run.until_over(id);
}

TEST_F(ControlTest, ARetryOutlivesAKill) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 2);
    run.resume();
    run.client(2).refuse("addMessageReaction", 400, "REACTION_INVALID");
    id = run.start(2);
    run.until_over(id);
    run.client(2).hold("addMessageReaction");
    ASSERT_TRUE(retry(run, id, 0));
  }
  PanelRun run(file, server, clock, 2);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(server.added, (std::map<AccountId, int>{{1, 1}, {2, 1}}));
  EXPECT_EQ(run.runner->job(id)->retries, 1);
}

TEST_F(ControlTest, ACancelledJobMayBeRetriedAndWhatWasSkippedStaysSkipped) {
  PanelRun run(file, server, clock, 3, kSlow);
  run.resume();
  run.client(1).refuse("addMessageReaction", 400, "REACTION_INVALID");
  const auto id = run.start(3);
  run.until([&] { return run.state(id, 0) == ItemState::failed; });
  ASSERT_TRUE(cancel(run, id));
  run.accounts.add(1);
  ASSERT_TRUE(retry(run, id, 0));
  run.pass(Millis{60'000});
  run.until_over(id);
  EXPECT_EQ(run.runner->job(id)->state, JobState::done);
  EXPECT_EQ(server.added, (std::map<AccountId, int>{{1, 1}}));
  EXPECT_EQ(run.state(id, 1), ItemState::skipped);
}

TEST_F(ControlTest, AnOrderThatTheDiskRefusesDoesNotKeepTheJobFromItsEnd) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  refuse_orders(run);
  run.client(1).hold("addMessageReaction");
  const auto id = run.start(1);
  run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  Gate gate(run);
  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  test::run_ready(run.context);  // its end stands in line
  const auto paused = test::spawn(run.context, run.runner->pause(id));
  test::run_ready(run.context);
  gate.open();
  run.until([&] { return paused->has_value(); });
  EXPECT_EQ((**paused).error().code, Errc::storage);
  run.until_over(id);
  EXPECT_EQ(run.runner->job(id)->state, JobState::done);
}

TEST_F(ControlTest, ACancelThatTheDiskRefusesSkipsNothing) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  refuse_orders(run);
  std::optional<Gate> gate;
  const auto id = start_claimed(run, gate);
  const auto cancelled = test::spawn(run.context, run.runner->cancel(id));
  test::run_ready(run.context);
  gate->open();
  run.until([&] { return cancelled->has_value(); });
  EXPECT_EQ((**cancelled).error().code, Errc::storage);
  run.until_over(id);
  EXPECT_EQ(run.runner->job(id)->state, JobState::done);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(acts(), 1);
}

TEST_F(ControlTest, WhatIsPutBackWhileTheCancelIsWrittenIsSkippedAfterwards) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  std::optional<Gate> gate;
  const auto id = start_claimed(run, gate);
  const auto cancelled = test::spawn(run.context, run.runner->cancel(id));
  test::run_ready(run.context);
  gate->open();
  run.until_over(id);
  EXPECT_TRUE(cancelled->has_value());
  EXPECT_EQ(run.runner->job(id)->state, JobState::cancelled);
  EXPECT_EQ(run.state(id, 0), ItemState::skipped);
  EXPECT_EQ(acts(), 0);
}

TEST_F(ControlTest, WhatIsPutOffBeforeTheCancelIsOnDiskIsSkippedAfterwards) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.client(1).hold("addMessageReaction");
  const auto id = run.start(1);
  run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  Gate gate(run);
  run.client(1).reply("addMessageReaction", std::unexpected(telegram::TdError{
                                                telegram::TdError::kDeadline, "no answer"}));
  test::run_ready(run.context);
  const auto cancelled = test::spawn(run.context, run.runner->cancel(id));
  test::run_ready(run.context);
  gate.open();
  run.until_over(id);
  EXPECT_TRUE(cancelled->has_value());
  EXPECT_EQ(run.runner->job(id)->state, JobState::cancelled);
  EXPECT_EQ(run.state(id, 0), ItemState::skipped);
}

TEST_F(ControlTest, WithoutFailuresThereIsNothingToRetry) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  const auto id = run.start(1);
  run.until_over(id);
  EXPECT_EQ(retry(run, id, 0).error().code, Errc::invalid);
  EXPECT_EQ(acts(), 1);
}

TEST_F(ControlTest, TheTimeLeftShrinksAndKnowsWaits) {
  PanelRun run(file, server, clock, 3, kSlow);
  run.resume();
  run.client(2).refuse("addMessageReaction", 429, "Too Many Requests: retry after 600");
  const auto id = run.start(3);
  run.until([&] { return run.state(id, 0) == ItemState::done; });
  EXPECT_EQ(run.runner->time_left(id), Millis{2 * 60'000});
  run.pass(Millis{60'000});
  run.until([&] { return run.state(id, 1) == ItemState::waiting; });
  EXPECT_EQ(run.runner->time_left(id), Millis{600'000});
  EXPECT_EQ(run.runner->wait_of(2, run.runner->job(id)->action, 0), clock.now() + Millis{600'000});
  EXPECT_FALSE(run.runner->wait_of(3, run.runner->job(id)->action, 0));
}

}  // namespace
}  // namespace tgpanel::jobs
