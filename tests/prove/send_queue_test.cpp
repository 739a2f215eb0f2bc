// Many matches within a minute arrive in order, at the rates that Telegram allows a bot: none is
// scaled here, so that the data centre's own count of breaches tells.

#include "e2e/monitor_fixture.hpp"
#include "prove/size.hpp"

#include <numeric>

namespace prove {
namespace {

using namespace std::chrono_literals;

class SendQueue : public e2e::MonitorTest {};

TEST_F(SendQueue, EveryMatchArrivesInOrderWithoutABreachOfTelegramsRates) {
  const int matches = sized(1'000, 12);
  stage.add_accounts(1);
  start();
  add_keyword("bicycle");
  const auto began = std::chrono::steady_clock::now();
  write_numbers(1, matches);
  const auto written = std::chrono::steady_clock::now() - began;
  ASSERT_LT(written, 60s) << "within a minute";
  wait_for_number(matches, sized(1'500s, 60s));
  const auto took = std::chrono::steady_clock::now() - began;

  std::vector<int> all(static_cast<std::size_t>(matches));
  std::iota(all.begin(), all.end(), 1);
  EXPECT_EQ(numbers_in_channel(), all);
  const auto report = stage.world().report();
  for (const auto rate : {"bot_chat_rate", "bot_group_rate", "bot_total_rate"}) {
    EXPECT_EQ(report.at(rate), 0) << rate;
  }
  std::cerr << fmt::format(
      "{} matches written in {} ms: {} posts in {} s, breaches: {}\n", matches,
      std::chrono::duration_cast<std::chrono::milliseconds>(written).count(), stage.alerts().size(),
      std::chrono::duration_cast<std::chrono::seconds>(took).count(), report.dump());
}

}  // namespace
}  // namespace prove
