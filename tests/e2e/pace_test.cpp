// The two pauses between actions, as changed in Settings, by what reached the data centre when.
// Pauses are only ever known to be too short: each is spread by 30 % at most (jobs::Pace).

#include "action_fixture.hpp"
#include "setting_change.hpp"

#include <chrono>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr int kScale = 20;  // every pause is so much shorter

/// The shortest that a pause of so many seconds in Settings may be.
constexpr std::int64_t shortest_ms(std::int64_t seconds) {
  return seconds * 1'000 * 7 / 10 / kScale;
}

class Pace : public ActionTest {
 protected:
  Pace() { stage.environment()["TGPANEL_PACE_SCALE"] = std::to_string(kScale); }

  /// To the preview of a reaction to something new.
  void preview(std::string_view count) {
    const auto message = world().write(stage.town().writer, "Market", "Please react to this");
    bulk(words::kReaction, count);
    stage.say(link_of(message));
    stage.wait_bot("Choose the reaction");
    stage.press("🔥");
    stage.wait_bot("This takes about");
  }

  /// Starts what was prepared; before anything of it was handed over.
  std::int64_t start_job() {
    const auto now = std::chrono::system_clock::now().time_since_epoch() / 1ms;
    stage.press(words::kStartJob);
    return now;
  }

  /// When each reaction reached the data centre, the first one first.
  std::vector<std::int64_t> times(std::int64_t user = 0) {
    std::vector<std::int64_t> all;
    for (const Json& call : world().calls("messages.sendReaction", user)) {
      all.push_back(call.at("time_ms").get<std::int64_t>());
    }
    return all;
  }
};

TEST_F(Pace, ThePauseBetweenActionsHoldsAllAccountsApart) {
  stage.add_accounts(3);
  start();
  change_setting(stage, "Pause between actions: 1 s", "40");
  preview("3");
  const auto begun = start_job();
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 3"));
  // A call may be late, and the next one not: so each is compared with the beginning.
  const auto reached = times();
  ASSERT_THAT(reached, SizeIs(3));
  for (std::size_t i = 1; i < reached.size(); ++i) {
    EXPECT_GE(reached[i] - begun, static_cast<std::int64_t>(i) * shortest_ms(40)) << i;
  }
}

TEST_F(Pace, ThePauseOfAnAccountHoldsThatAccountAloneAndAShorterOneHoldsAtOnce) {
  stage.add_accounts(2);
  start();
  change_setting(stage, "Pause of one account: 3 s", "3600");
  preview("1");
  start_job();
  stage.wait_bot("done 1");
  const auto first = world().calls("messages.sendReaction").at(0).at("user_id").get<std::int64_t>();
  preview("2");
  start_job();
  stage.wait_bot("done 1 · queued 1");
  EXPECT_THAT(times(first), SizeIs(1)) << "the other account does not wait for this one";
  EXPECT_THAT(times(), SizeIs(2));

  // The pause of an hour has two minutes and more to go.
  change_setting(stage, "Pause of one account: 1 h", "40");
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2"));
  preview("2");
  start_job();
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2"));
  for (std::size_t index : {0U, 1U}) {
    const auto reached = times(account(index));
    for (std::size_t i = 1; i < reached.size(); ++i) {
      EXPECT_GE(reached[i] - reached[i - 1], shortest_ms(40)) << index << ", " << i;
    }
  }
  EXPECT_THAT(times(), SizeIs(5));
}

}  // namespace
}  // namespace e2e
