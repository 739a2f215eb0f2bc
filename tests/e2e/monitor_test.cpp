// A message becomes one alert: however many accounts see it, over restarts, pushed or not.

#include "monitor_fixture.hpp"

#include <signal.h>

namespace e2e {
namespace {

using testdc::Json;
using testing::HasSubstr;
using testing::SizeIs;

class Monitor : public MonitorTest {};

TEST_F(Monitor, OneAlertForAMessageThatThreeAccountsSee) {
  stage.add_accounts(3);
  start();
  add_keyword("bicycle");
  write("I sell a red Bicycle, number one");
  write("a car is not what the keyword says");
  write("another BICYCLE, number two");
  wait_alert("number two");  // alerts are in order: the first is there too
  EXPECT_EQ(alerts_with("number one"), 1U);
  EXPECT_EQ(alerts_with("number two"), 1U);
  EXPECT_THAT(stage.alerts(), SizeIs(2));
  const auto alert = wait_alert("number one");
  EXPECT_THAT(alert.text, HasSubstr("Walter"));
  EXPECT_THAT(alert.text, HasSubstr("Market"));
  EXPECT_THAT(alert.text, HasSubstr(std::to_string(stage.town().writer)));
}

TEST_F(Monitor, ViewAndIgnoreWorkAlsoAfterARestart) {
  stage.add_accounts(2);
  start();
  add_keyword("bicycle");
  const auto message = write("bicycle one");
  const auto alert = wait_alert("bicycle one");
  std::string url;
  for (const auto& row : alert.keyboard) {
    for (const auto& button : row) {
      if (button.text.find(words::kViewMessage) != std::string::npos) url = button.url;
    }
  }
  EXPECT_EQ(url, fmt::format("https://t.me/market/{}", message));

  EXPECT_EQ(stage.stop(), 0);
  start();
  const auto answer =
      stage.world().press(stage.town().admin, "Alerts", words::kIgnoreUser, alert.id);
  EXPECT_THAT(answer.text, HasSubstr("Walter"));
  write("bicycle two, by an ignored person");
  const auto other = stage.town().admin;
  stage.world().add_member("Market", other);
  stage.world().write(other, "Market", "bicycle three, by somebody else");
  wait_alert("bicycle three");
  EXPECT_EQ(alerts_with("bicycle two"), 0U);

  EXPECT_EQ(stage.stop(), 0);
  start();
  write("bicycle four, still ignored");
  stage.world().write(other, "Market", "bicycle five");
  wait_alert("bicycle five");
  EXPECT_EQ(alerts_with("bicycle four"), 0U);
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

TEST_F(Monitor, AStrangersPressOnIgnoreDoesNothing) {
  stage.add_accounts(1);
  start();
  add_keyword("bicycle");
  write("bicycle one");
  const auto alert = wait_alert("bicycle one");
  stage.world().add_member("Alerts", stage.town().stranger);
  EXPECT_ANY_THROW(stage.world().press(stage.town().stranger, "Alerts", words::kIgnoreUser,
                                       alert.id, std::chrono::milliseconds(500)));
  write("bicycle two");
  wait_alert("bicycle two");
}

TEST_F(Monitor, PersianSpellingsMatch) {
  stage.add_accounts(1);
  start();
  add_keyword("می‌خواهم");  // with a half-space
  write("من ميخواهم یک");            // Arabic yeh, no half-space
  wait_alert("ميخواهم یک");
  write("من می‌خواهم دو");
  wait_alert("می‌خواهم دو");
  EXPECT_THAT(stage.alerts(), SizeIs(2));
}

TEST_F(Monitor, ABasicGroupWithThreeOfOurAccountsGivesOneAlert) {
  auto members = stage.town().accounts;
  members.insert(members.begin(), stage.town().writer);
  stage.world().add_chat("basic_group", "Old friends", "", members);
  // Ids differ per mailbox: one of the accounts has had more messages than the others.
  stage.world().write(stage.town().writer, "Alice", "hello Alice");
  stage.add_accounts(3);
  start();
  add_keyword("bicycle");
  write("bicycle one", "Old friends");
  write("bicycle two", "Old friends");
  wait_alert("bicycle two");
  EXPECT_EQ(alerts_with("bicycle one"), 1U);
  EXPECT_EQ(alerts_with("bicycle two"), 1U);
}

TEST_F(Monitor, AMessageWhoseUpdateWasWithheldIsFound) {
  stage.add_accounts(2);
  stage.environment()["TGPANEL_PACE_SCALE"] = "20";  // the sweep: every 3 s instead of 60
  start();
  add_keyword("bicycle");
  write("bicycle one");
  wait_alert("bicycle one");
  stage.world().withhold_updates("Market", true);
  write("bicycle two, never pushed");
  wait_alert("bicycle two");
  stage.world().withhold_updates("Market", false);
  write("bicycle three");
  wait_alert("bicycle three");
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

TEST_F(Monitor, WhatWasWrittenWhileThePanelWasAwayIsFound) {
  stage.add_accounts(2);
  start();
  add_keyword("bicycle");
  write("bicycle one");
  wait_alert("bicycle one");
  EXPECT_EQ(stage.stop(), 0);
  write("bicycle two, nobody there");
  write("something else");
  start();
  wait_alert("bicycle two");
  EXPECT_THAT(stage.alerts(), SizeIs(2));
}

TEST_F(Monitor, AGapOfMoreThanAHundredMessagesIsRead) {
  stage.add_accounts(1);
  start();
  add_keyword("bicycle");
  write("bicycle one");
  wait_alert("bicycle one");
  stage.world().withhold_updates("Market", true);
  write("bicycle two, before the gap");
  stage.world().make_gap("Market", stage.town().writer, 150);
  stage.world().withhold_updates("Market", false);
  write("bicycle three, after the gap");
  wait_alert("bicycle three");
  wait_alert("bicycle two");
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

TEST_F(Monitor, AlertsAreSentOnceOverAKill) {
  stage.add_accounts(2);
  stage.environment()["TGPANEL_CRASH_AT"] = "outbox.sent";
  start();
  add_keyword("bicycle");
  write("bicycle one");
  EXPECT_EQ(stage.panel().wait(), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  write("bicycle two");
  wait_alert("bicycle two");
  EXPECT_EQ(alerts_with("bicycle one"), 1U);
}

TEST_F(Monitor, TheFirstAlertOfAnOldChannelIsSentOnceOverAKill) {
  stage.add_accounts(1);
  // Hundreds of posts that are gone: a long hole in the ids before the first alert.
  stage.world().make_gap("Alerts", stage.town().admin, 400);
  for (const auto& post : stage.world().messages("Alerts")) {
    if (post.id > 1) stage.world().erase(stage.town().admin, "Alerts", post.id);
  }
  stage.environment()["TGPANEL_CRASH_AT"] = "outbox.sent";
  start();
  add_keyword("bicycle");
  write("bicycle one");
  EXPECT_EQ(stage.panel().wait(), 128 + SIGKILL);
  ASSERT_EQ(alerts_with("bicycle one"), 1U);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  write("bicycle two");
  wait_alert("bicycle two");
  EXPECT_EQ(alerts_with("bicycle one"), 1U);
}

// Alerts whose sending Telegram does not confirm in time. TDLib goes on by itself: it sends again
// after a reconnect, and it puts whatever follows in the same chat behind.
class Unconfirmed : public Monitor {
 protected:
  void begin() {
    stage.add_accounts(1);
    stage.environment()["TGPANEL_PACE_SCALE"] = "30";  // the deadline: 3 s instead of 90
    start();
    add_keyword("bicycle");
    write("bicycle one");
    wait_alert("bicycle one");
  }

  void fault(Json what) {
    what.update({{"method", "messages.sendMessage"}, {"user_id", stage.town().bot}, {"times", 1}});
    stage.world().fault(what);
  }

  /// The bot's server side forgets what it has begun: TDLib sends again what was not answered.
  void reconnect() {
    stage.world().call("forget_sessions", {{"user", stage.town().bot}});
    stage.world().drop_connections(stage.town().bot);
  }

  void expect_each_once() {
    write("bicycle three");
    wait_alert("bicycle three");
    EXPECT_EQ(alerts_with("bicycle two"), 1U);
    EXPECT_THAT(stage.alerts(), SizeIs(3));
  }
};

TEST_F(Unconfirmed, SlowlyHandled) {
  begin();
  fault({{"delay_ms", 5'000}});
  write("bicycle two");
  stage.panel().wait_line("did not confirm");
  wait_alert("bicycle two");
  expect_each_once();
}

TEST_F(Unconfirmed, NeverHandledUntilTheReconnect) {
  begin();
  fault({{"drop", true}});
  write("bicycle two");
  stage.panel().wait_line("did not confirm");
  reconnect();
  wait_alert("bicycle two");
  expect_each_once();
}

TEST_F(Unconfirmed, HandledButNeverAnswered) {
  begin();
  fault({{"silence", true}});
  write("bicycle two");
  stage.panel().wait_line("did not confirm");
  reconnect();
  expect_each_once();
}

TEST_F(Monitor, OwnMessagesAndPrivateChatsAreNotAlerts) {
  stage.add_accounts(2);
  start();
  add_keyword("bicycle");
  stage.world().write(stage.town().accounts[0], "Market", "bicycle by one of ours");
  stage.world().write(stage.town().writer, "Alice", "bicycle in private");
  write("bicycle by somebody else");
  wait_alert("by somebody else");
  EXPECT_THAT(stage.alerts(), SizeIs(1));
}

}  // namespace
}  // namespace e2e
