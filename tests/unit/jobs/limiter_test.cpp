#include "jobs/limiter.hpp"

#include "world.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

struct LimiterTest : World {
  static Json call(const char* type) { return {{"@type", type}}; }

  static telegram::Response ask(PanelRun& run, telegram::Client& client, const char* type) {
    return test::run(run.context, client.request(call(type), Millis{1'000}));
  }
};

TEST_F(LimiterTest, AKnownWaitIsAnsweredWithoutACall) {
  PanelRun run(file, server, clock, 2);
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  run.client(1).refuse("vote", 429, "Too Many Requests: retry after 100");
  EXPECT_EQ(ask(run, *client, "vote").error().retry_after_s(), 100);
  clock.advance(Millis{40'500});
  const auto again = ask(run, *client, "vote");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().retry_after_s(), 60);
  EXPECT_EQ(run.client(1).count("vote"), 1U);

  // Other methods and other accounts are not slowed by it.
  EXPECT_TRUE(ask(run, *client, "join"));
  const auto other = run.limiter->wrap(2, run.accounts.clients[2]);
  EXPECT_TRUE(ask(run, *other, "vote"));
  EXPECT_EQ(run.limiter->until(1), run.limiter->until(1, "vote"));
  EXPECT_FALSE(run.limiter->until(2));

  clock.advance(Millis{59'500});
  EXPECT_FALSE(run.limiter->until(1, "vote"));
  run.client(1).answer("vote", Json{{"@type", "ok"}});
  EXPECT_TRUE(ask(run, *client, "vote"));
}

TEST_F(LimiterTest, IsRemembered) {
  const Instant until = clock.now() + Millis{100'000};
  {
    PanelRun run(file, server, clock, 1);
    const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
    run.client(1).refuse("vote", 429, "Too Many Requests: retry after 100");
    EXPECT_FALSE(ask(run, *client, "vote"));
    run.client(1).refuse("join", 429, "Too Many Requests: retry after 10");
    EXPECT_FALSE(ask(run, *client, "join"));
  }
  clock.advance(Millis{10'000});
  PanelRun run(file, server, clock, 1);
  ASSERT_TRUE(test::run(run.context, run.limiter->load()));
  EXPECT_EQ(run.limiter->until(1, "vote"), until);
  EXPECT_FALSE(run.limiter->until(1, "join"));
}

TEST_F(LimiterTest, ASilentCallMeansAWaitUntilItIsAnswered) {
  {
    PanelRun run(file, server, clock, 1, kNoPace, kQuick);
    const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
    run.client(1).hold("vote");
    const auto answer = test::spawn(run.context, client->request(call("vote"), Millis{1'000}));
    run.until([&] { return run.limiter->until(1, "vote").has_value(); });
    EXPECT_EQ(run.limiter->until(1, "vote"), clock.now() + Millis{60'000});
    run.client(1).reply("vote", Json{{"@type", "ok"}});
    run.until([&] { return answer->has_value(); });
    EXPECT_FALSE(run.limiter->until(1, "vote"));
    // Dropped on disk too.
    EXPECT_TRUE(test::run(run.context, run.repository->load_waits(0))->empty());

    run.client(1).hold("vote");
    test::spawn(run.context, client->request(call("vote"), Millis{1'000}));
    run.until([&] { return run.limiter->until(1, "vote").has_value(); });
    run.until([&] { return !test::run(run.context, run.repository->load_waits(0))->empty(); });
  }  // killed while TDLib sleeps
  PanelRun run(file, server, clock, 1);
  ASSERT_TRUE(test::run(run.context, run.limiter->load()));
  EXPECT_EQ(run.limiter->until(1, "vote"), clock.now() + Millis{60'000});
}

TEST_F(LimiterTest, AQuickAnswerIsNoWait) {
  PanelRun run(file, server, clock, 1, kNoPace,
               {.silence = Millis{3'000}, .sleep = Millis{60'000}});
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  EXPECT_TRUE(ask(run, *client, "vote"));
  EXPECT_FALSE(run.limiter->until(1, "vote"));
  EXPECT_TRUE(test::run(run.context, run.repository->load_waits(0))->empty());
}

TEST_F(LimiterTest, CallsOfOneMethodGoOneAfterTheOther) {
  PanelRun run(file, server, clock, 1);
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  const auto same = run.limiter->wrap(1, run.accounts.clients[1]);
  run.client(1).hold("vote");
  const auto first = test::spawn(run.context, client->request(call("vote"), Millis{1'000}));
  const auto second = test::spawn(run.context, same->request(call("vote"), Millis{1'000}));
  test::run_ready(run.context);
  EXPECT_EQ(run.client(1).count("vote"), 1U);
  EXPECT_TRUE(ask(run, *client, "join"));
  run.client(1).reply("vote", Json{{"@type", "ok"}});
  run.until([&] { return run.client(1).count("vote") == 2; });
  EXPECT_TRUE(first->has_value());
  run.client(1).reply("vote", Json{{"@type", "ok"}});
  run.until([&] { return second->has_value(); });
}

TEST_F(LimiterTest, TheNextInLineSeesTheWaitThatTheFirstGot) {
  PanelRun run(file, server, clock, 1);
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  run.client(1).hold("vote");
  const auto first = test::spawn(run.context, client->request(call("vote"), Millis{1'000}));
  const auto second = test::spawn(run.context, client->request(call("vote"), Millis{1'000}));
  test::run_ready(run.context);
  run.client(1).reply(
      "vote", std::unexpected(telegram::TdError{429, "Too Many Requests: retry after 100"}));
  run.until([&] { return second->has_value(); });
  EXPECT_EQ((**second).error().code, 429);
  EXPECT_EQ(run.client(1).count("vote"), 1U);
}

TEST_F(LimiterTest, WhoIsInLineHearsOfTheSilence) {
  PanelRun run(file, server, clock, 1, kNoPace, {.silence = Millis{1}, .sleep = Millis{60'000}});
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  run.client(1).hold("vote");
  const auto first = test::spawn(run.context, client->request(call("vote"), Millis{100'000}));
  const auto second = test::spawn(run.context, client->request(call("vote"), Millis{100'000}));
  run.until([&] { return second->has_value(); });
  EXPECT_EQ((**second).error().code, 429);
  EXPECT_FALSE(first->has_value());
  EXPECT_EQ(run.client(1).count("vote"), 1U);
}

TEST_F(LimiterTest, TheTimeInLineCounts) {
  PanelRun run(file, server, clock, 1);
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  run.client(1).hold("vote");
  const auto first = test::spawn(run.context, client->request(call("vote"), Millis{100'000}));
  const auto second = test::spawn(run.context, client->request(call("vote"), Millis{5}));
  run.until([&] { return second->has_value(); });
  EXPECT_EQ((**second).error().code, telegram::TdError::kDeadline);
  EXPECT_FALSE(first->has_value());
  EXPECT_EQ(run.client(1).count("vote"), 1U);
}

TEST_F(LimiterTest, AfterStopWhoIsInLineIsLetGo) {
  PanelRun run(file, server, clock, 1);
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  run.client(1).hold("vote");
  test::spawn(run.context, client->request(call("vote"), Millis{100'000}));
  const auto second = test::spawn(run.context, client->request(call("vote"), Millis{100'000}));
  test::run_ready(run.context);
  run.limiter->stop();
  run.until([&] { return second->has_value(); });
  EXPECT_EQ((**second).error().code, telegram::TdError::kClosed);
}

TEST_F(LimiterTest, AfterStopNothingIsCalled) {
  PanelRun run(file, server, clock, 1);
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  EXPECT_TRUE(client->open());
  run.limiter->stop();
  EXPECT_FALSE(client->open());
  EXPECT_EQ(ask(run, *client, "vote").error().code, telegram::TdError::kClosed);
  EXPECT_TRUE(run.client(1).sent().empty());
}

}  // namespace
}  // namespace tgpanel::jobs
