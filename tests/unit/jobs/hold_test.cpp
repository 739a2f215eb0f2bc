// A runner that is held, as it is while the disk is nearly full.

#include "jobs/runner.hpp"
#include "world.hpp"

namespace tgpanel::jobs {
namespace {

struct HoldTest : World {};

TEST_F(HoldTest, NothingNewBeginsAndWhatIsUnderWayEnds) {
  PanelRun run(file, server, clock, 2);
  run.resume();
  run.client(1).hold("addMessageReaction");
  const auto under_way = run.start(1);
  run.until([&] { return run.client(1).count("addMessageReaction") == 1; });
  run.runner->hold(true);
  const auto later = run.start(2);
  run.client(1).reply("addMessageReaction", Json{{"@type", "ok"}});
  run.until_over(under_way);
  EXPECT_EQ(run.state(under_way, 0), ItemState::done);
  run.pass(std::chrono::hours{24});
  test::run_ready(run.context);
  EXPECT_EQ(run.runner->job(later)->state, JobState::running);
  EXPECT_EQ(run.state(later, 0), ItemState::queued);
  EXPECT_EQ(run.state(later, 1), ItemState::queued);

  run.client(1).answer("addMessageReaction", Json{{"@type", "ok"}});
  run.runner->hold(false);
  run.until_over(later);
  EXPECT_EQ(run.state(later, 0), ItemState::done);
  EXPECT_EQ(run.state(later, 1), ItemState::done);
}

}  // namespace
}  // namespace tgpanel::jobs
