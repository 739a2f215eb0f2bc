// Slow mode, as the data centre itself holds an account to it. Which periods there are: td_api,
// setChatSlowModeDelay.

#include "comment_fixture.hpp"

#include <fmt/format.h>

namespace e2e {
namespace {

using testdc::Json;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

class SlowMode : public CommentTest {
 protected:
  // Telegram's answer to a text is waited for longer than the wait of the first test.
  SlowMode() { stage.environment()["TGPANEL_PACE_SCALE"] = "5"; }

  /// Two accounts, of which one has commented in a group with this slow mode.
  void comment_once(int slow_mode) {
    stage.add_accounts(2);
    stage.world().set_chat("Market", {{"slow_mode", slow_mode}});
    const auto question = stage.world().write(stage.town().writer, "Market", "Who sells bikes?");
    link = fmt::format("https://t.me/market/{}", question);
    start();
    preview("1", link, "First");
    stage.press(words::kStartJob);
    EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 1"));
    slowed = with_text("Market", "First").at(0).sender_id;
  }

  /// {time_ms, outcome, ...} of each time the account sent a text.
  std::vector<Json> sendings() {
    return stage.world().calls("messages.sendMessage", slowed).get<std::vector<Json>>();
  }

  std::string link;
  std::int64_t slowed = 0;  // the account that has commented already
};

TEST_F(SlowMode, TheSecondCommentGoesOutOnceWhenTelegramTakesIt) {
  comment_once(3'600);
  preview("2", link, "Second");
  // However long the way to this preview took: an administrator leaves five seconds of the wait.
  const auto first_ms = sendings().at(0).at("time_ms").get<std::int64_t>();
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto since_s = (now / 1ms - first_ms + 999) / 1'000;
  const auto period_s = since_s + 5;
  stage.world().set_chat("Market", {{"slow_mode", period_s}});
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished", 60s).text, HasSubstr("done 2"));

  const auto calls = sendings();
  ASSERT_THAT(calls, SizeIs(3));
  EXPECT_THAT(calls[1].at("outcome").get<std::string>(), StartsWith("420 SLOWMODE_WAIT_"));
  EXPECT_EQ(calls[2].at("outcome"), "ok");
  EXPECT_GE(calls[2].at("time_ms").get<std::int64_t>() - first_ms, period_s * 1'000);
  const auto comments = with_text("Market", "Second");
  ASSERT_THAT(comments, SizeIs(2));
  EXPECT_NE(comments[0].sender_id, comments[1].sender_id);
}

TEST_F(SlowMode, ALongWaitIsSaidOnTheCardHoldsThatAccountAloneAndOutlivesTheRun) {
  comment_once(3'600);
  preview("2", link, "Second");
  stage.press(words::kStartJob);
  const auto card = stage.wait_bot("done 1 · waiting 1");
  EXPECT_THAT(card.text, HasSubstr("may act again at"));
  const auto comments = with_text("Market", "Second");
  ASSERT_THAT(comments, SizeIs(1));
  EXPECT_NE(comments[0].sender_id, slowed) << "the other one goes on";
  EXPECT_THAT(sendings(), SizeIs(2));
  EXPECT_THAT(sendings()[1].at("outcome").get<std::string>(), StartsWith("420 SLOWMODE_WAIT_"));

  EXPECT_EQ(stage.stop(), 0);
  start();
  preview("2", link, "Third");
  EXPECT_THAT(stage.wait_bot("This takes about").text,
              HasSubstr("Telegram lets these act only later"));
  stage.press(words::kStartJob);
  stage.wait_bot("waiting 2");  // the slow mode holds the other one too by now
  EXPECT_THAT(sendings(), SizeIs(2)) << "no call inside a known wait";
}

}  // namespace
}  // namespace e2e
