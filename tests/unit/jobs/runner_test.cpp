#include "jobs/runner.hpp"

#include "jobs/item_machine.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

struct RunnerTest : World {};

TEST_F(RunnerTest, EveryAccountActsOnceAndTheJobEnds) {
  PanelRun run(file, server, clock, 3);
  run.resume();
  std::vector<std::string> seen;
  const auto watch =
      run.runner->watch([&](const Job& job) { seen.emplace_back(to_string(job.state)); });
  const auto id = run.start(3);
  run.until_over(id);
  const auto job = *run.runner->job(id);
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_EQ(job.started_by, 42);
  for (const auto& item : job.items) EXPECT_EQ(item.state, ItemState::done);
  EXPECT_EQ(server.added, (std::map<AccountId, int>{{1, 1}, {2, 1}, {3, 1}}));
  // Created; three items claimed, handed, done; the end.
  EXPECT_EQ(seen.size(), 1U + 9U + 1U);
  EXPECT_EQ(seen.back(), "done");
}

TEST_F(RunnerTest, AnObserverThatIsGoneIsNotCalled) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  int calls = 0;
  auto watch = run.runner->watch([&](const Job&) { ++calls; });
  watch.reset();
  run.until_over(run.start(1));
  EXPECT_EQ(calls, 0);
}

TEST_F(RunnerTest, RefusesNobodyAndTheSameTwice) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  NewJob job;
  EXPECT_EQ(test::run(run.context, run.runner->start(job)).error().code, Errc::invalid);
  job.accounts = {{1, "A"}, {1, "A"}};
  EXPECT_EQ(test::run(run.context, run.runner->start(job)).error().code, Errc::invalid);
  EXPECT_TRUE(run.runner->recent(10).empty());
}

TEST_F(RunnerTest, OnePaceOverAllJobsTogether) {
  PanelRun run(file, server, clock, 4,
               {.panel_gap = Millis{1'000}, .account_gap = Millis{0}, .jitter = 0});
  run.resume();
  const auto first = run.start(4);
  const auto second = run.start(4);
  const auto done = [&] {
    int number = 0;
    for (const auto id : {first, second}) {
      const auto job = *run.runner->job(id);  // named: it must outlive the loop over its items
      for (const auto& item : job.items) number += is_final(item.state) ? 1 : 0;
    }
    return number;
  };
  for (int expected = 1; expected <= 8; ++expected) {
    run.until([&] { return done() == expected; });
    run.pass(Millis{999});
    test::run_ready(run.context);
    EXPECT_EQ(done(), expected);
    run.pass(Millis{1});
  }
  run.until_over(first);
  run.until_over(second);
}

TEST_F(RunnerTest, AChangedPaceHoldsForJobsThatRun) {
  PanelRun run(file, server, clock, 3,
               {.panel_gap = Millis{60'000}, .account_gap = Millis{0}, .jitter = 0});
  run.resume();
  const auto id = run.start(3);
  run.until([&] { return run.state(id, 0) == ItemState::done; });
  EXPECT_EQ(run.runner->set_pace({.jitter = 2}).error().code, Errc::invalid);
  EXPECT_EQ(run.runner->pace().panel_gap, Millis{60'000}) << "a refusal changes nothing";
  run.pass(Millis{2'000});
  test::run_ready(run.context);
  EXPECT_EQ(run.state(id, 1), ItemState::queued);
  ASSERT_TRUE(
      run.runner->set_pace({.panel_gap = Millis{2'000}, .account_gap = Millis{0}, .jitter = 0}));
  run.until([&] { return run.state(id, 1) == ItemState::done; });
  test::run_ready(run.context);
  EXPECT_EQ(run.state(id, 2), ItemState::queued) << "the new pace holds too";
  run.pass(Millis{2'000});
  run.until_over(id);
}

TEST_F(RunnerTest, JobsTakeTurns) {
  PanelRun run(file, server, clock, 4,
               {.panel_gap = Millis{1'000}, .account_gap = Millis{0}, .jitter = 0});
  run.resume();
  const auto first = run.start(4);
  const auto second = run.start(4);
  run.until([&] { return run.state(first, 0) == ItemState::done; });
  run.pass(Millis{1'000});
  run.until([&] { return run.state(second, 0) == ItemState::done; });
  EXPECT_EQ(run.state(first, 1), ItemState::queued);
}

TEST_F(RunnerTest, OneItemOfAnAccountAtATime) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.client(1).hold("addMessageReaction");
  const auto first = run.start(1);
  const auto second = run.start(1);
  run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  test::run_ready(run.context);
  EXPECT_EQ(run.state(first, 0), ItemState::handed);
  EXPECT_EQ(run.state(second, 0), ItemState::queued);
  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  run.until([&] { return run.client(1).count("addMessageReaction") == 2; });
  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  run.until_over(second);
}

TEST_F(RunnerTest, AFloodWaitPutsOnlyThatAccountToSleep) {
  PanelRun run(file, server, clock, 3);
  run.resume();
  run.client(2).refuse("addMessageReaction", 429, "Too Many Requests: retry after 300");
  const auto id = run.start(3);
  run.until([&] {
    return run.state(id, 0) == ItemState::done && run.state(id, 1) == ItemState::waiting &&
           run.state(id, 2) == ItemState::done;
  });
  const auto waiting = run.runner->job(id)->items[1];
  EXPECT_EQ(waiting.not_before, clock.now() + Millis{300'000});
  EXPECT_NE(waiting.reason.find("5 minutes"), std::string::npos);

  run.accounts.add(2);
  run.pass(Millis{299'999});
  test::run_ready(run.context);
  EXPECT_EQ(run.client(2).count("addMessageReaction"), 0U);
  run.pass(Millis{1});
  run.until_over(id);
  EXPECT_EQ(server.added[2], 1);
}

TEST_F(RunnerTest, AKnownWaitHoldsForTheNextJobToo) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.client(1).refuse("addMessageReaction", 429, "Too Many Requests: retry after 300");
  const auto first = run.start(1);
  run.until([&] { return run.state(first, 0) == ItemState::waiting; });
  const auto calls = run.client(1).sent().size();
  const auto second = run.start(1);
  run.until([&] { return run.state(second, 0) == ItemState::waiting; });
  EXPECT_EQ(run.client(1).sent().size(), calls);
  EXPECT_EQ(run.runner->job(second)->items[0].attempts, 0);
}

TEST_F(RunnerTest, AWaitIsObeyedAfterARestart) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    run.client(1).refuse("addMessageReaction", 429, "Too Many Requests: retry after 300");
    id = run.start(1);
    run.until([&] { return run.state(id, 0) == ItemState::waiting; });
  }
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.pass(Millis{200'000});
  test::run_ready(run.context);
  EXPECT_EQ(run.state(id, 0), ItemState::waiting);
  EXPECT_TRUE(run.client(1).sent().empty());
  const auto second = run.start(1);
  run.until([&] { return run.state(second, 0) == ItemState::waiting; });
  EXPECT_TRUE(run.client(1).sent().empty());
  run.pass(Millis{100'000});
  run.until_over(id);
  run.until_over(second);
  EXPECT_EQ(server.added[1], 1);  // the second found it there
}

TEST_F(RunnerTest, ARefusalIsSaidInPlainWords) {
  PanelRun run(file, server, clock, 2);
  run.resume();
  run.client(1).refuse("addMessageReaction", 400, "REACTION_INVALID");
  run.client(2).refuse("getMessageLinkInfo", 400, "CHANNEL_PRIVATE");
  const auto id = run.start(2);
  run.until_over(id);
  const auto job = *run.runner->job(id);
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_NE(job.items[0].reason.find("does not allow this reaction"), std::string::npos);
  EXPECT_NE(job.items[1].reason.find("private"), std::string::npos);
}

TEST_F(RunnerTest, AnAccountThatCannotActFailsWithItsReason) {
  PanelRun run(file, server, clock, 2);
  run.resume();
  run.accounts.statuses[1].readiness = Readiness::unusable;
  run.accounts.statuses[1].reason = "It is switched off.";
  const auto id = run.start(3);
  run.until_over(id);
  const auto job = *run.runner->job(id);
  EXPECT_EQ(job.items[0].state, ItemState::failed);
  EXPECT_EQ(job.items[0].reason, "It is switched off.");
  EXPECT_EQ(job.items[1].state, ItemState::done);
  EXPECT_EQ(job.items[2].reason, "It was deleted.");
}

TEST_F(RunnerTest, AnAccountThatConnectsIsWaitedFor) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  auto client = std::exchange(run.accounts.statuses[1].client, nullptr);
  run.accounts.statuses[1].readiness = Readiness::connecting;
  const auto id = run.start(1);
  test::run_ready(run.context);
  EXPECT_EQ(run.state(id, 0), ItemState::queued);
  run.accounts.statuses[1].readiness = Readiness::ready;
  run.accounts.statuses[1].client = client;
  run.runner->wake();
  run.until_over(id);
  EXPECT_EQ(server.added[1], 1);
}

TEST_F(RunnerTest, AnAnswerThatNeverCameIsTriedAgainAndThenGivenUp) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.client(1).refuse("addMessageReaction", telegram::TdError::kDeadline, "no answer");
  const auto id = run.start(1);
  for (int attempt = 1; attempt < kMaxAttempts; ++attempt) {
    run.until([&] { return run.state(id, 0) == ItemState::waiting; });
    run.pass(attempt * kLostBackoff);
    run.until([&] { return run.runner->job(id)->items[0].attempts == attempt + 1; });
  }
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::failed);
  EXPECT_NE(run.runner->job(id)->items[0].reason.find("not known"), std::string::npos);
}

TEST_F(RunnerTest, CancelSkipsWhatHasNotBegunAndLetsTheRestFinish) {
  PanelRun run(file, server, clock, 3,
               {.panel_gap = Millis{1'000}, .account_gap = Millis{0}, .jitter = 0});
  run.resume();
  run.client(1).hold("addMessageReaction");
  const auto id = run.start(3);
  run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  ASSERT_TRUE(test::run(run.context, run.runner->cancel(id)));
  EXPECT_EQ(run.runner->job(id)->state, JobState::cancelled);
  EXPECT_EQ(run.state(id, 0), ItemState::handed);
  EXPECT_EQ(run.state(id, 1), ItemState::skipped);
  EXPECT_EQ(test::run(run.context, run.runner->cancel(id)).error().code, Errc::invalid);

  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(run.runner->job(id)->state, JobState::cancelled);
  EXPECT_TRUE(server.added.empty());  // the held call was answered by the test; no other was made
}

TEST_F(RunnerTest, CancelOfWhatIsOverOrUnknownIsRefused) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  const auto id = run.start(1);
  run.until_over(id);
  EXPECT_EQ(test::run(run.context, run.runner->cancel(id)).error().code, Errc::invalid);
  EXPECT_EQ(test::run(run.context, run.runner->cancel(id + 1)).error().code, Errc::not_found);
  EXPECT_EQ(run.runner->job(id + 1).error().code, Errc::not_found);
}

TEST_F(RunnerTest, AFloodWaitAfterCancelEndsTheItem) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.client(1).hold("addMessageReaction");
  const auto id = run.start(1);
  run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  ASSERT_TRUE(test::run(run.context, run.runner->cancel(id)));
  run.client(1).reply("addMessageReaction", std::unexpected(telegram::TdError{
                                                429, "Too Many Requests: retry after 300"}));
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::skipped);
}

TEST_F(RunnerTest, StopWaitsForWhatIsInFlightAndBeginsNothing) {
  PanelRun run(file, server, clock, 2,
               {.panel_gap = Millis{1'000}, .account_gap = Millis{0}, .jitter = 0});
  run.resume();
  run.client(1).hold("addMessageReaction");
  const auto id = run.start(2);
  run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  const auto stopped = test::spawn(run.context, run.runner->stop(Millis{60'000}));
  test::run_ready(run.context);
  run.pass(Millis{1'000});
  test::run_ready(run.context);
  EXPECT_FALSE(stopped->has_value());
  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  run.until([&] { return stopped->has_value(); });
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(run.state(id, 1), ItemState::queued);
  NewJob job;
  EXPECT_EQ(test::run(run.context, run.runner->start(job)).error().code, Errc::cancelled);
  EXPECT_EQ(test::run(run.context, run.runner->cancel(id)).error().code, Errc::cancelled);
}

TEST_F(RunnerTest, StopLetsGoAfterItsPatience) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  run.client(1).hold("addMessageReaction");
  const auto id = run.start(1);
  run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  test::run(run.context, run.runner->stop(Millis{1}));
  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  test::run_ready(run.context);
  EXPECT_EQ(run.state(id, 0), ItemState::handed);
}

TEST_F(RunnerTest, HistoryIsThereAfterARestartNewestFirst) {
  std::vector<JobId> ids;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    for (int i = 0; i < 3; ++i) {
      ids.push_back(run.start(1));
      run.until_over(ids.back());
    }
    test::run(run.context, run.runner->stop(Millis{1'000}));
  }
  PanelRun run(file, server, clock, 1);
  run.resume();
  const auto jobs = run.runner->recent(2);
  ASSERT_EQ(jobs.size(), 2U);
  EXPECT_EQ(jobs[0].id, ids[2]);
  EXPECT_EQ(jobs[1].id, ids[1]);
  EXPECT_EQ(std::get<ReactionSpec>(jobs[0].action).emoji, "👍");
  EXPECT_EQ(jobs[0].items.at(0).account_name, "Account 1");
  EXPECT_EQ(jobs[0].items.at(0).state, ItemState::done);
  EXPECT_TRUE(run.client(1).sent().empty());
}

TEST_F(RunnerTest, KeepsSoManyFinishedJobsAtHand) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  JobId last = 0;
  for (std::size_t i = 0; i < kJobsKept + 3; ++i) {
    last = run.start(1);
    run.until_over(last);
  }
  EXPECT_EQ(run.runner->recent(1'000).size(), kJobsKept);
  EXPECT_EQ(run.runner->recent(1).at(0).id, last);
}

}  // namespace
}  // namespace tgpanel::jobs
