// Many matches at once: a queue on disk, at Telegram's rates, as digests, over a kill.

#include "monitor_fixture.hpp"
#include "testdc/world/rates.hpp"

#include <signal.h>

#include <numeric>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

std::vector<int> numbers(int first, int last) {
  std::vector<int> all(static_cast<std::size_t>(last - first + 1));
  std::iota(all.begin(), all.end(), first);
  return all;
}

class AlertQueue : public MonitorTest {
 protected:
  /// Telegram's rates, so many times as fast: 20 messages in 3 s.
  static constexpr int kScale = 20;

  void begin() {
    stage.add_accounts(1);
    stage.environment()["TGPANEL_PACE_SCALE"] = std::to_string(kScale);
    start();
    add_keyword("bicycle");
  }
};

TEST_F(AlertQueue, FiveHundredMatchesInAMinuteAllArriveInOrder) {
  begin();
  write_numbers(1, 500);
  wait_for_number(500, 60s);
  EXPECT_EQ(numbers_in_channel(), numbers(1, 500));
  EXPECT_THAT(digests(), testing::Not(SizeIs(0)));
}

TEST_F(AlertQueue, ABurstKeepsToTelegramsRates) {
  begin();
  stage.world().clear_calls();
  write_numbers(1, 150);
  wait_for_number(150, 60s);
  EXPECT_EQ(numbers_in_channel(), numbers(1, 150));

  // As the data centre saw them, in the time of the rates.
  testdc::RateMeter meter;
  std::vector<std::int64_t> times;  // in the channel
  for (const auto& call : stage.world().calls("", stage.town().bot)) {
    const auto& method = call.at("method").get_ref<const std::string&>();
    if (method != "messages.sendMessage" && method != "messages.sendMedia") continue;
    const auto& peer = call.at("query").at("peer");
    const bool channel = peer.at("_") == "inputPeerChannel";
    const auto chat = peer.at(channel ? "channel_id" : "user_id").get<std::int64_t>();
    const auto time = call.at("time_ms").get<std::int64_t>() * kScale;
    meter.sent(stage.town().bot, chat, channel, time);
    if (channel) times.push_back(time);
  }
  EXPECT_THAT(times, SizeIs(stage.world().messages("Alerts").size())) << "each sent once";
  ASSERT_GT(times.size(), 25U) << "not enough for a minute's limit to be met";
  const auto report = meter.report();
  EXPECT_THAT(report, testing::Each(0)) << report.dump();
  EXPECT_EQ(std::ranges::adjacent_find(
                times, [](auto before, auto after) { return after - before < 1'000; }),
            times.end())
      << "two within a second";
}

TEST_F(AlertQueue, ADigestIsSentOnceOverAKillAndItsButtonsWork) {
  stage.environment()["CHANNEL_ID"] = "none";  // alerts wait
  const auto channel = fmt::format("-100{}", stage.town().channel);
  begin();
  write_numbers(1, 60);
  add_keyword("another word");  // what was pushed before is there by now
  EXPECT_EQ(stage.stop(), 0);

  stage.environment()["CHANNEL_ID"] = channel;
  stage.environment()["TGPANEL_CRASH_AT"] = "outbox.sent:2";
  EXPECT_EQ(stage.tgpanel({"run"})->wait(), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  wait_for_number(60, 60s);
  EXPECT_EQ(numbers_in_channel(), numbers(1, 60));

  const auto together = digests();
  ASSERT_THAT(together, testing::Not(SizeIs(0)));
  const auto& first = together.front();
  EXPECT_THAT(first.text, HasSubstr("Walter"));
  EXPECT_THAT(first.text, HasSubstr("https://t.me/market/"));
  ASSERT_THAT(first.keyboard, SizeIs(1));
  EXPECT_THAT(first.keyboard.front(), SizeIs(8));
  const auto& button = first.keyboard.front().at(2).text;
  const auto answer = stage.world().press(stage.town().admin, "Alerts", button, first.id);
  EXPECT_THAT(answer.text, HasSubstr("Walter"));
  stage.world().wait_message(
      "Alerts", 0,
      [&](const testdc::SeenMessage& post) {
        return post.id == first.id && post.keyboard.front().at(2).text == "✓ 3";
      },
      "the third button marked");
}

}  // namespace
}  // namespace e2e
