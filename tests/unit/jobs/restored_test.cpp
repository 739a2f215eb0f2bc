// Jobs of a database that came from a backup, and the start of the panel that follows.

#include "jobs/restored.hpp"

#include "jobs/rows.hpp"
#include "storage/audit_repository.hpp"
#include "words/errors_jobs.hpp"
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

using testing::ElementsAre;

constexpr Instant kBegun = from_unix_ms(1'000);

struct RestoredTest : World {
  static Job job_of(ActionSpec action, const std::vector<ItemState>& states) {
    Job job;
    job.action = std::move(action);
    job.started_by = 9;
    job.created = job.begun = kBegun;
    for (const auto state : states) {
      Item item;
      item.account_id = static_cast<AccountId>(job.items.size() + 1);
      item.account_name = "A";
      item.state = state;
      if (state == ItemState::handed) item.mark = R"({"after":1})";
      job.items.push_back(std::move(item));
    }
    return job;
  }

  RestoredJobs store_and_settle(const std::vector<Job>& all) {
    PanelRun run(file, server, clock, 0);
    for (const auto& job : all) {
      auto row = to_row(job, 0);
      EXPECT_TRUE(test::run(run.context, run.repository->create(std::move(row))));
    }
    const auto told = test::run(run.context, settle_restored(run.repository.get(), clock.now()));
    EXPECT_TRUE(told) << told.error().message;
    return *told;
  }

  std::vector<Job> stored() {
    PanelRun run(file, server, clock, 0);
    std::vector<Job> all;
    const auto rows = test::run(run.context, run.repository->load(10));
    for (const auto& row : *rows) all.push_back(*from_row(row));
    return all;
  }

  static std::vector<ItemState> states_of(const Job& job) {
    std::vector<ItemState> states;
    for (const auto& item : job.items) states.push_back(item.state);
    return states;
  }
};

TEST_F(RestoredTest, TextsThatMayHaveBeenSentAreNeverSentAgain) {
  using enum ItemState;
  const auto told = store_and_settle({job_of(MessageSpec{.to = "@walter", .text = "hello"},
                                             {done, handed, queued, claimed, waiting, failed})});
  EXPECT_EQ(told.paused, 1U);
  EXPECT_EQ(told.unknown, 3U);
  EXPECT_EQ(told.looked_up, 0U);
  const auto job = stored().at(0);
  EXPECT_EQ(job.state, JobState::paused);
  EXPECT_THAT(states_of(job), ElementsAre(done, handed, unknown, unknown, unknown, failed));
  EXPECT_EQ(job.items[2].reason, words::item_restored);
}

TEST_F(RestoredTest, EachOfThemIsInTheAudit) {
  using enum ItemState;
  store_and_settle({job_of(MessageSpec{.to = "@walter", .text = "hello"}, {queued, done})});
  PanelRun run(file, server, clock, 0);
  storage::AuditRepository audit(*run.database);
  const auto rows = test::run(run.context, audit.since(0)).value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].outcome, "unknown");
  EXPECT_EQ(rows[0].target, "@walter");
  EXPECT_EQ(rows[0].admin_id, 9);
}

TEST_F(RestoredTest, WhatIsOverOrCancelledStaysAsItIs) {
  using enum ItemState;
  auto over = job_of(MessageSpec{.to = "@walter", .text = "hello"}, {failed, done});
  over.state = JobState::done;
  over.finished = kBegun;
  auto cancelled = job_of(MessageSpec{.to = "@walter", .text = "hello"}, {queued, claimed});
  cancelled.state = JobState::cancelled;
  const auto told = store_and_settle({over, cancelled});
  EXPECT_EQ(told.paused + told.unknown + told.looked_up, 0U);
  const auto all = stored();
  EXPECT_EQ(all.at(0).state, JobState::done);
  EXPECT_EQ(all.at(1).state, JobState::cancelled);
  EXPECT_THAT(states_of(all.at(1)), ElementsAre(queued, claimed));
}

// The older copy went on after the backup: of three reactions it did the second as well.
TEST_F(RestoredTest, OtherActionsAreLookedUpAndWhatIsLeftWaitsForAnAdmin) {
  using enum ItemState;
  const auto told = store_and_settle(
      {job_of(ReactionSpec{.link = "t.me/durov/5", .emoji = "👍"}, {done, queued, waiting})});
  EXPECT_EQ(told.looked_up, 2U);
  server.chosen = {{1, "👍"}, {2, "👍"}};
  PanelRun run(file, server, clock, 3);
  run.resume();
  const auto id = run.runner->recent(1).at(0).id;
  run.until([&] {
    return run.runner->job(id)->items[1].state == done &&
           run.runner->job(id)->items[2].state == queued;
  });
  EXPECT_EQ(run.runner->job(id)->state, JobState::paused);
  EXPECT_TRUE(server.added.empty()) << "nothing begins by itself";
  ASSERT_TRUE(test::run(run.context, run.runner->go_on(id)));
  run.until_over(id);
  EXPECT_EQ(server.added.size(), 1U);
  EXPECT_EQ(server.added[3], 1);
}

}  // namespace
}  // namespace tgpanel::jobs
