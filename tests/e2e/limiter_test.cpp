// Waits that TDLib sleeps through without a word, and waits of one chat.

#include "comment_fixture.hpp"
#include "message_fixture.hpp"
#include "monitor_fixture.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace e2e {
namespace {

using testdc::Json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

/// {time_ms, outcome, ...} of an account's calls.
std::vector<Json> calls_of(support::Stage& stage, const char* method) {
  return stage.world().calls(method, stage.town().accounts[0]).get<std::vector<Json>>();
}

class SilentWait : public MessageTest {
 protected:
  SilentWait() {
    stage.world().spam_bot();
    stage.environment()["REPORT_CHECK_BOT"] = "@SpamBot";
  }

  /// Telegram asks the account once to wait so short that TDLib sleeps through it.
  void ask_to_wait(const char* method, const char* text) {
    stage.world().fault({{"method", method},
                         {"user_id", stage.town().accounts[0]},
                         {"times", 1},
                         {"code", 420},
                         {"text", text}});
  }

  /// Every account writes to the report check bot, until the bot says so.
  void check_reports(std::string_view outcome) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kReportStatus);
    stage.press("Check report status");
    stage.wait_bot("can ask now");
    stage.press("Ask now");
    stage.wait_bot(outcome);
  }
};

TEST_F(SilentWait, NoSecondCallOfTheMethodReachesTelegramMeanwhile) {
  stage.add_accounts(1);
  ask_to_wait("messages.sendMessage", "FLOOD_WAIT_12");
  start();
  preview("1", "@walter", "hello");
  stage.press(words::kStartJob);
  stage.world().wait_until("Telegram's wait", [&] { return sends_of(0) == 1; });

  check_reports("could not ask: Telegram asks this account to wait");
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kAccountManagement);
  stage.press(words::kListAccounts);
  EXPECT_THAT(stage.wait_bot("Alice").text, HasSubstr("waiting until"));
  EXPECT_EQ(sends_of(0), 1U);

  // TDLib calls again by itself, and what the panel had inferred is over.
  stage.world().wait_until("the message",
                           [&] { return received(stage.town().writer, 0, "hello") == 1; });
  stage.wait_bot("State: finished");  // Report Status counts the jobs: no press while that changes
  const auto calls = calls_of(stage, "messages.sendMessage");
  ASSERT_THAT(calls, SizeIs(2));
  EXPECT_EQ(calls[0].at("outcome"), "420 FLOOD_WAIT_12");
  EXPECT_GE(calls[1].at("time_ms").get<std::int64_t>() - calls[0].at("time_ms").get<std::int64_t>(),
            12'000);
  check_reports("clear");
  EXPECT_EQ(sends_of(0), 3U);
}

TEST_F(SilentWait, IsObeyedAndShownAfterAKill) {
  stage.add_accounts(1);
  ask_to_wait("messages.sendMessage", "FLOOD_WAIT_40");
  stage.environment()["TGPANEL_CRASH_AT"] = "limiter.inferred";
  start();
  preview("1", "@walter", "hello");
  EXPECT_EQ(stage.press_to_crash(words::kStartJob), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  EXPECT_THAT(calls_of(stage, "messages.sendMessage"), SizeIs(1));

  const auto list = stage.tgpanel({"account", "list"});
  EXPECT_EQ(list->wait(), 0) << list->err();
  EXPECT_THAT(list->out(), HasSubstr("may act again at"));
  start();
  stage.wait_bot("not known 1");
  preview("1", "@walter", "hello again");
  EXPECT_THAT(stage.wait_bot("This takes about").text,
              AllOf(HasSubstr("Telegram lets these act only later"), HasSubstr("Alice")));
  stage.press(words::kStartJob);
  stage.wait_bot("may act again at");
  check_reports("could not ask: Telegram asks this account to wait");
  EXPECT_THAT(calls_of(stage, "messages.sendMessage"), SizeIs(1));
}

class WaitOfOneChat : public CommentTest {
 protected:
  testdc::SeenMessage comment(std::string_view link, std::string_view text,
                              std::string_view outcome) {
    preview("1", link, text);
    stage.press(words::kStartJob);
    return stage.wait_bot(outcome);
  }
};

TEST_F(WaitOfOneChat, SlowModeHoldsTheAccountThereAloneAlsoAfterARestart) {
  stage.add_accounts(1);
  open_channel();
  stage.world().set_chat("Market", {{"slow_mode", 3'600}});
  const auto question = stage.world().write(stage.town().writer, "Market", "Who sells bikes?");
  const auto market = fmt::format("https://t.me/market/{}", question);
  const auto news = fmt::format("https://t.me/news/{}", post);
  start();
  comment(market, "First", "done 1");
  comment(market, "Second", "may act again at");
  EXPECT_THAT(calls_of(stage, "messages.sendMessage"), SizeIs(2));
  EXPECT_EQ(stage.stop(), 0);
  start();
  preview("1", news, "Elsewhere");
  EXPECT_THAT(stage.wait_bot("This takes about").text,
              Not(HasSubstr("Telegram lets these act only later")));
  stage.press(words::kStartJob);
  stage.wait_bot("done 1");
  EXPECT_THAT(with_text("Talk", "Elsewhere"), SizeIs(1));
  preview("1", market, "Third");
  EXPECT_THAT(stage.wait_bot("This takes about").text,
              HasSubstr("Telegram lets these act only later"));
  stage.press(words::kStartJob);
  stage.wait_bot("waiting 1");
  const auto calls = calls_of(stage, "messages.sendMessage");
  ASSERT_THAT(calls, SizeIs(3)) << "no call inside a known wait";
  EXPECT_THAT(calls[1].at("outcome").get<std::string>(), HasSubstr("SLOWMODE_WAIT"));
  EXPECT_EQ(calls[2].at("outcome"), "ok");
}

class BotWait : public MonitorTest {
 protected:
  // Our own rates hold no alert back for longer than an admin takes to add a keyword.
  BotWait() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }
};

TEST_F(BotWait, HoldsTheAlertsAloneAlsoAfterARestart) {
  stage.add_accounts(1);
  start();
  add_keyword("bicycle");
  write("a bicycle");
  wait_alert("a bicycle");
  stage.world().fault({{"method", "messages.sendMessage"},
                       {"user_id", stage.town().bot},
                       {"times", 1},
                       {"code", 420},
                       {"text", "FLOOD_WAIT_3600"}});
  write("another bicycle");
  const auto refused = [&] {
    const auto calls = stage.world().calls("messages.sendMessage", stage.town().bot);
    return std::ranges::count_if(
        calls, [](const Json& call) { return call.at("outcome") == "420 FLOOD_WAIT_3600"; });
  };
  stage.world().wait_until("the refusal", [&] { return refused() == 1; });
  monitor_mode();  // the admin's chat is another one
  EXPECT_EQ(stage.stop(), 0);
  stage.world().clear_calls();
  start();
  add_keyword("tricycle");
  EXPECT_EQ(alerts_with("another bicycle"), 0U);
  for (const Json& call : stage.world().calls("messages.sendMessage", stage.town().bot)) {
    EXPECT_EQ(call.at("query").at("peer").at("_"), "inputPeerUser") << "none to the channel";
  }
}

}  // namespace
}  // namespace e2e
