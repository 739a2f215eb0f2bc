// The panel is thrown away after every durable step, and begun anew on the same database.

#include "world.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

struct Restart : World {
  static constexpr int kAccounts = 3;

  /// Runs until `steps` changes of jobs were seen, then dies. True: the job was over before that.
  bool run_for(int steps, bool cancel_at_once = false) {
    PanelRun run(file, server, clock, kAccounts);
    run.resume();
    int seen = 0;
    const auto watch = run.runner->watch([&](const Job&) { ++seen; });
    auto jobs = run.runner->recent(1);
    NewJob job{.action = ReactionSpec{.link = "t.me/durov/5", .emoji = "👍"},
               .started_by = 1,
               .accounts = {}};
    for (AccountId id = 1; id <= kAccounts; ++id) job.accounts.push_back({id, "A"});
    auto started = test::spawn(run.context, run.runner->start(std::move(job)));
    std::shared_ptr<std::optional<Result<void>>> cancelled;
    const auto over = [&] {
      jobs = run.runner->recent(1);
      if (cancel_at_once && !cancelled && seen > 1 && !jobs.empty()) {
        cancelled = test::spawn(run.context, run.runner->cancel(jobs[0].id));
      }
      return !jobs.empty() && jobs[0].finished != Instant{};
    };
    run.until([&] { return seen >= steps || over(); });
    return seen < steps;
  }

  void settle_and_check(int steps) {
    PanelRun run(file, server, clock, kAccounts);
    run.resume();
    for (const auto& job : run.runner->recent(10)) {
      run.until_over(job.id);
      const auto after = *run.runner->job(job.id);
      EXPECT_EQ(after.state, JobState::done) << steps;
      for (const auto& item : after.items) EXPECT_EQ(item.state, ItemState::done) << steps;
      for (AccountId id = 1; id <= kAccounts; ++id) EXPECT_EQ(server.added[id], 1) << steps;
    }
  }
};

TEST_F(Restart, AfterEveryDurableStepNothingIsLostOrDoneTwice) {
  bool over = false;
  for (int steps = 1; !over; ++steps) {
    ASSERT_LT(steps, 50);
    server = {};
    std::filesystem::remove(file);
    std::filesystem::remove(file.string() + "-wal");
    std::filesystem::remove(file.string() + "-shm");
    over = run_for(steps);
    settle_and_check(steps);
  }
}

TEST_F(Restart, ACancelledJobStaysCancelled) {
  for (int steps = 2; steps < 9; ++steps) {
    server = {};
    std::filesystem::remove(file);
    std::filesystem::remove(file.string() + "-wal");
    std::filesystem::remove(file.string() + "-shm");
    run_for(steps, true);
    const auto before = server.added;
    PanelRun run(file, server, clock, kAccounts);
    run.resume();
    const auto jobs = run.runner->recent(1);
    ASSERT_EQ(jobs.size(), 1U);
    const bool was_cancelled = jobs[0].state == JobState::cancelled;
    run.until_over(jobs[0].id);
    const auto job = *run.runner->job(jobs[0].id);
    for (std::size_t i = 0; i < job.items.size(); ++i) {
      const bool there = server.chosen.contains(static_cast<AccountId>(i) + 1);
      EXPECT_EQ(job.items[i].state == ItemState::done, there) << steps << " " << i;
    }
    if (was_cancelled) {
      EXPECT_EQ(job.state, JobState::cancelled);
      EXPECT_EQ(server.added, before) << steps;  // nothing new was done for it
    }
  }
}

TEST_F(Restart, WhatTelegramDidBeforeTheKillIsReadBack) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    run.client(1).hold("addMessageReaction");
    id = run.start(1);
    run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
    server.chosen[1] = "👍";  // it arrived; the answer did not
  }
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(run.client(1).count("addMessageReaction"), 0U);
}

TEST_F(Restart, WhatTelegramNeverGotIsDoneOnce) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    run.client(1).hold("addMessageReaction");
    id = run.start(1);
    run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  }
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(server.added[1], 1);
}

TEST_F(Restart, WaitsForAccountsThatStillConnect) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    run.client(1).hold("addMessageReaction");
    id = run.start(1);
    run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  }
  PanelRun run(file, server, clock, 1);
  run.accounts.statuses[1].readiness = Readiness::connecting;
  run.resume();
  test::run_ready(run.context);
  EXPECT_EQ(run.state(id, 0), ItemState::handed);
  run.accounts.statuses[1].readiness = Readiness::ready;
  run.runner->wake();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
}

TEST_F(Restart, AnAccountThatIsGoneLeavesItsItemHonest) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    run.client(1).hold("addMessageReaction");
    id = run.start(1);
    run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  }
  PanelRun run(file, server, clock, 0);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::failed);
  EXPECT_NE(run.runner->job(id)->items[0].reason.english().find("not known"), std::string::npos);
}

TEST_F(Restart, EachRunHasAnEpochOfItsOwn) {
  std::int64_t first = 0;
  {
    PanelRun run(file, server, clock, 1);
    first = *test::run(run.context, run.repository->begin_epoch());
  }
  PanelRun run(file, server, clock, 1);
  EXPECT_EQ(*test::run(run.context, run.repository->begin_epoch()), first + 1);
}

}  // namespace
}  // namespace tgpanel::jobs
