// Alerts in the channel: sent, found again, their buttons.

#include "bot_fixture.hpp"

#include <gmock/gmock.h>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;

class AlertsTest : public BotTest {
 protected:
  void SetUp() override { start_and_serve(); }

  static monitor::Alert alert(AlertId id) {
    monitor::Alert alert;
    alert.id = id;
    alert.account_name = "Ali";
    alert.chat_title = "Market";
    alert.sender_id = 555;
    alert.sender_name = "Walter";
    alert.keyword = "buy";
    alert.text = "I buy a bike";
    alert.link = "https://t.me/market/9";
    return alert;
  }
};

TEST_F(AlertsTest, AreSentAndTheirFinalIdReturned) {
  const auto sent = run(bot->send(alert(1)));
  ASSERT_TRUE(sent);
  EXPECT_EQ(*sent, shown_id(kChannel));
  EXPECT_THAT(shown(kChannel), HasSubstr("I buy a bike\n[View message][Ignore user]"));
}

TEST_F(AlertsTest, AreFoundAgainByTheirId) {
  const auto first = run(bot->send(alert(1)));
  telegram.next_message += 250;  // what others posted and deleted
  const auto second = run(bot->send(alert(2)));
  EXPECT_EQ(run(bot->find_sent(2, *first)).value_or(0), second.value_or(1));
  const auto missing = run(bot->find_sent(3, *first));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::not_found);
  const auto before = run(bot->find_sent(1, *first));
  EXPECT_FALSE(before) << "only after the message given";
}

TEST_F(AlertsTest, TheNewestMessageIsKnownFromAnybodysPosts) {
  telegram.say(kOther, "a post", kChannel);
  settle();
  EXPECT_EQ(run(bot->newest(0)).value_or(0), shown_id(kChannel));
  EXPECT_EQ(telegram.count("sendMessage"), 0);
  const auto later = from_server_message_id(900);
  EXPECT_EQ(run(bot->newest(later)).value_or(0), later) << "an earlier run knew more";
}

TEST_F(AlertsTest, AChannelOfWhichNothingIsKnownGetsASilentNotice) {
  const auto newest = run(bot->newest(0));
  ASSERT_TRUE(newest);
  EXPECT_EQ(*newest, shown_id(kChannel));
  EXPECT_EQ(shown(kChannel), "Alerts appear here from now on.\n");
  EXPECT_EQ(telegram.log.back()["options"]["disable_notification"], true);
  EXPECT_EQ(run(bot->newest(0)).value_or(0), *newest);
  EXPECT_EQ(telegram.count("sendMessage"), 1);
}

TEST_F(AlertsTest, TheLookGoesOnOverAnyHoleUpToTheNewestMessageKnown) {
  const auto first = run(bot->send(alert(1)));
  telegram.next_message += 2'000;
  const auto second = run(bot->send(alert(2)));
  EXPECT_EQ(run(bot->find_sent(2, *first)).value_or(0), second.value_or(1));
}

TEST_F(AlertsTest, AFailureOfTheLookupIsNotTakenForAbsence) {
  telegram.refused["getMessages"] = {429, "Too Many Requests: retry after 7"};
  const auto found = run(bot->find_sent(3, 1));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::flood_wait);
}

TEST_F(AlertsTest, AFloodWaitIsPassedOnWithItsSeconds) {
  telegram.refused["sendMessage"] = {429, "Too Many Requests: retry after 7"};
  const auto sent = run(bot->send(alert(1)));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, Errc::flood_wait);
  EXPECT_EQ(sent.error().retry_after_s, 7);
}

TEST_F(AlertsTest, IgnoreAnswersByAToastAndMarksTheAlertAlsoAfterARestart) {
  const auto sent = run(bot->send(alert(9)));
  ASSERT_TRUE(sent);
  stop();
  start_and_serve();
  const auto posts = telegram.count("sendMessage");
  EXPECT_TRUE(telegram.press(kAdmin, kChannel, *sent, "Ignore user"));
  settle();
  EXPECT_EQ(panel.ignored_rows.size(), 1U);
  EXPECT_EQ(toast(), "Ignored from now on: Spammer");
  EXPECT_THAT(shown(kChannel), HasSubstr("[View message][✓ Ignored]"));
  EXPECT_TRUE(telegram.press(kOther, kChannel, *sent, "✓ Ignored"));
  settle();
  EXPECT_EQ(toast(), "This user is ignored already.");
  EXPECT_EQ(telegram.count("sendMessage"), posts) << "nothing is posted";
}

TEST_F(AlertsTest, ASecondAlertOfTheSameSenderSaysThatItIsDone) {
  panel.ignored_rows = {{1, 9, "Spammer", {}}};
  const auto sent = run(bot->send(alert(9)));
  EXPECT_TRUE(telegram.press(kAdmin, kChannel, *sent, "Ignore user"));
  settle();
  EXPECT_EQ(toast(), "This user is ignored already.");
  EXPECT_THAT(shown(kChannel), HasSubstr("✓ Ignored"));
}

TEST_F(AlertsTest, WithoutSenderTheButtonExplains) {
  auto anonymous = alert(9);
  anonymous.sender_id = 0;
  const auto sent = run(bot->send(anonymous));
  EXPECT_TRUE(telegram.press(kAdmin, kChannel, *sent, "Alert 9"));
  settle();
  EXPECT_THAT(toast(), HasSubstr("no sender who could be ignored"));
  EXPECT_TRUE(panel.ignored_rows.empty());
}

TEST_F(AlertsTest, GarbledDataInTheChannelIsAToast) {
  for (const char* data : {"x", "j:1:cancel", "m:m0:aa:g.m0", "a:9:launch"}) {
    telegram.press_data(kAdmin, kChannel, 1, data);
    settle();
    EXPECT_EQ(toast(), "That button is not known.") << data;
  }
}

}  // namespace
}  // namespace tgpanel::bot
