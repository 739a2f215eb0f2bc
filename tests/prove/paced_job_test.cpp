// A wait that Telegram asks of one account takes nothing from the others: a paced job with and
// without one, by turns, by what reached the data centre when.

#include "e2e/action_fixture.hpp"
#include "prove/size.hpp"
#include "support/seeded_accounts.hpp"

#include <algorithm>

namespace prove {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class PacedJob : public e2e::ActionTest {
 protected:
  const int accounts = sized(65, 6);  // a second apart
  const int pairs = sized(5, 1);
  // So long that TDLib tells it instead of sleeping, and others are done before it is over; the
  // short form's is slept by TDLib.
  const int wait_s = sized(80, 10);

  void SetUp() override {
    stage.environment()["TGPANEL_PACE_SCALE"] = sized("1", "20");
    users = support::seed_accounts(stage, accounts);
    for (const auto user : users) world().add_member("Market", user);
  }

  /// Seconds from the first call of a reaction by all accounts to the last one of those that
  /// Telegram does not let wait.
  double run(bool one_waits) {
    const auto waiting = one_waits ? users[users.size() / 2] : 0;
    const auto message = world().write(stage.town().writer, "Market", "Please react to this");
    bulk(e2e::words::kReaction, std::to_string(accounts));
    stage.say(link_of(message));
    stage.wait_bot("Choose the reaction");
    stage.press("🔥");
    stage.wait_bot("This takes about");
    world().clear_calls();
    if (one_waits) {
      world().fault({{"method", "messages.sendReaction"},
                     {"user_id", waiting},
                     {"times", 1},
                     {"code", 420},
                     {"text", fmt::format("FLOOD_WAIT_{}", wait_s)}});
    }
    stage.press(e2e::words::kStartJob);
    const auto end = stage.wait_bot("State: finished", 300s);
    EXPECT_THAT(end.text, HasSubstr(fmt::format("done {}", accounts)));
    return others_s(waiting);
  }

  double others_s(std::int64_t waiting) {
    std::vector<std::int64_t> times;
    std::int64_t first = 0;
    std::vector<std::int64_t> of_waiting;
    std::int64_t last = 0;
    for (const auto& call : world().calls("messages.sendReaction")) {
      const auto at = call.at("time_ms").get<std::int64_t>();
      if (first == 0) first = at;
      last = call.at("user_id").get<std::int64_t>();
      if (last == waiting) {
        of_waiting.push_back(at);
      } else {
        times.push_back(at);
      }
    }
    EXPECT_EQ(of_waiting.size(), waiting == 0 ? 0U : 2U);
    if (of_waiting.size() == 2) {
      EXPECT_GE(of_waiting[1] - of_waiting[0], wait_s * 1'000) << "a call inside the wait";
    }
    EXPECT_TRUE(waiting == 0 || last == waiting) << "others waited too";
    EXPECT_EQ(static_cast<int>(times.size()), accounts - (waiting == 0 ? 0 : 1));
    if (times.empty()) return 0;
    return static_cast<double>(*std::ranges::max_element(times) - first) / 1'000;
  }

  static double median(std::vector<double> of) {
    std::ranges::sort(of);
    return of[of.size() / 2];
  }

  std::vector<std::int64_t> users;
};

TEST_F(PacedJob, OneWaitingAccountTakesNoTimeFromTheOthers) {
  start();
  std::vector<double> without;
  std::vector<double> with;
  for (int pair = 0; pair < pairs; ++pair) {
    without.push_back(run(false));
    with.push_back(run(true));
    std::cerr << fmt::format("{} accounts: {:.2f} s, and {:.2f} s while one waits for {} s\n",
                             accounts, without.back(), with.back(), wait_s);
  }
  const auto difference = median(with) / median(without) - 1;
  std::cerr << fmt::format("medians of {}: {:.2f} s and {:.2f} s, {:+.1f} %\n", pairs,
                           median(without), median(with), difference * 100);
  if (!full()) return;  // some seconds say nothing of a share
  EXPECT_GE(median(without), 60);
  EXPECT_LT(std::abs(difference), 0.05);
}

}  // namespace
}  // namespace prove
