// Jobs while clients are closed and opened again.

#include "world.hpp"

namespace tgpanel::jobs {
namespace {

struct ReopeningTest : World {};

TEST_F(ReopeningTest, AnItemWaitsForTheNewClientAndTheOthersGoOn) {
  PanelRun run(file, server, clock, 3);
  run.resume();
  run.accounts.go_away(2);
  const auto id = run.start(3);
  run.until(
      [&] { return run.state(id, 0) == ItemState::done && run.state(id, 2) == ItemState::done; });
  test::run_ready(run.context);
  EXPECT_EQ(run.state(id, 1), ItemState::queued) << "neither begun nor failed";
  run.accounts.come_back(2);
  run.runner->wake();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 1), ItemState::done);
  EXPECT_EQ(server.added, (std::map<AccountId, int>{{1, 1}, {2, 1}, {3, 1}}));
}

TEST_F(ReopeningTest, AnItemThatIsJustBegunIsPutBack) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  bool gone = false;
  const auto watch = run.runner->watch([&](const Job& job) {
    if (job.items[0].state == ItemState::claimed && !std::exchange(gone, true)) {
      run.accounts.go_away(1);
    }
  });
  const auto id = run.start(1);
  run.until([&] { return gone && run.state(id, 0) == ItemState::queued; });
  EXPECT_TRUE(server.added.empty());
  run.accounts.come_back(1);
  run.runner->wake();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(server.added, (std::map<AccountId, int>{{1, 1}}));
}

TEST_F(ReopeningTest, WhoeverAsksForAPersonWaitsForTheNewClient) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  EXPECT_TRUE(test::run(run.context, run.runner->client_soon(1)));
  run.accounts.go_away(1);
  const auto client = test::spawn(run.context, run.runner->client_soon(1));
  test::run_ready(run.context);
  EXPECT_FALSE(client->has_value());
  run.accounts.come_back(1);
  run.until([&] { return client->has_value(); });
  EXPECT_TRUE(**client);
  EXPECT_EQ(test::run(run.context, run.runner->client_soon(9)).error().code, Errc::login_needed);
}

}  // namespace
}  // namespace tgpanel::jobs
