// What is taken off a list has no effect any more: a removed keyword, an ended *Ignore*.

#include "monitor_fixture.hpp"

namespace e2e {
namespace {

using testing::SizeIs;

class Lists : public MonitorTest {
 protected:
  void begin() {
    stage.world().add_member("Market", stage.town().admin);
    stage.add_accounts(1);
    start();
    add_keyword("bicycle");
  }

  void restart() {
    EXPECT_EQ(stage.stop(), 0);
    start();
  }

  /// By somebody who is never ignored; alerts are in order, so all before it is settled then.
  void fence(std::string_view text) {
    stage.world().write(stage.town().admin, "Market", text);
    wait_alert(text);
  }

  void remove(std::string_view list, const std::string& button, std::string_view question,
              std::string_view answer) {
    monitor_mode();
    stage.press(list);
    stage.press(button);
    stage.wait_bot(question);
    stage.press("Yes, remove");
    stage.wait_bot(answer);
  }
};

TEST_F(Lists, ARemovedKeywordIsNotReportedAnyMore) {
  begin();
  add_keyword("fence");
  write("bicycle one");
  wait_alert("bicycle one");
  remove(words::kListKeywords, "✕ bicycle", "Remove this keyword?", "Removed the keyword: ");
  write("bicycle two");
  fence("fence three");
  EXPECT_EQ(alerts_with("bicycle two"), 0U);
  restart();
  write("bicycle four");
  fence("fence five");
  EXPECT_EQ(alerts_with("bicycle one"), 1U) << "what was reported stays";
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

TEST_F(Lists, WhoIsNotIgnoredAnyMoreIsReportedAgain) {
  begin();
  write("bicycle one");
  const auto alert = wait_alert("bicycle one");
  stage.world().press(stage.town().admin, "Alerts", words::kIgnoreUser, alert.id);
  write("bicycle two, ignored");
  fence("bicycle three");
  EXPECT_EQ(alerts_with("bicycle two"), 0U);
  remove(words::kIgnoredUsers, fmt::format("✕ \u2068Walter\u2069 ({})", stage.town().writer),
         "Stop ignoring this user?", "Not ignored any more: ");
  write("bicycle four");
  wait_alert("bicycle four");
  restart();
  write("bicycle five");
  wait_alert("bicycle five");
  EXPECT_EQ(alerts_with("bicycle two"), 0U) << "it was ignored when it was written";
  EXPECT_THAT(stage.alerts(), SizeIs(4));
}

TEST_F(Lists, IgnoredByIdByNameAndAWholeChatById) {
  const auto other = stage.town().stranger;
  stage.world().add_member("Market", other);
  const auto noise =
      stage.world().add_chat("supergroup", "Noise", "",
                             {stage.town().admin, stage.town().writer, stage.town().accounts[0]});
  const auto friends = stage.world().add_chat("basic_group", "Friends", "",
                                              {stage.town().admin, stage.town().accounts[0]});
  begin();
  ignore(std::to_string(stage.town().writer), "Ignored from now on");
  ignore("@mallory", "Ignored from now on");
  ignore(fmt::format("-100{}", noise), "Ignored from now on");
  ignore(fmt::format("-{}", friends), "Ignored from now on");
  for (int round = 0; round < 2; ++round) {
    write("bicycle, by an ignored id");
    stage.world().write(other, "Market", "bicycle, by an ignored name");
    stage.world().write(stage.town().admin, "Noise", "bicycle, in an ignored chat");
    stage.world().write(stage.town().admin, "Friends", "bicycle, in an ignored basic group");
    fence(fmt::format("bicycle, number {}", round));
    EXPECT_THAT(stage.alerts(), SizeIs(round + 1));
    if (round == 0) restart();
  }
}

}  // namespace
}  // namespace e2e
