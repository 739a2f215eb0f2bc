// Groups whose messages are in topics: alerts, and actions by a link into a topic.

#include "e2e_test.hpp"
#include "support/words.hpp"
#include "testdc/control/driver_forums.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
namespace words = support::words;

class Topic : public Test {
 protected:
  Topic() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }

  /// A forum with the writer and all accounts, and something written in its topic "Bikes".
  void open_forum(std::string_view username) {
    std::vector<std::int64_t> members{stage.town().writer};
    members.insert(members.end(), stage.town().accounts.begin(), stage.town().accounts.end());
    forum = stage.world().add_chat("supergroup", "Bazaar", username, members);
    testdc::add_topic(stage.world(), "Bazaar", stage.town().writer, "Cars");
    topic = testdc::add_topic(stage.world(), "Bazaar", stage.town().writer, "Bikes");
    message = write("Who sells bikes?");
  }

  std::int64_t write(std::string_view text) {
    return testdc::write_in_topic(stage.world(), "Bazaar", stage.town().writer, topic, text);
  }

  void begin(std::string_view action, std::string_view count, std::string_view link) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.press(action);
    stage.wait_bot("How many accounts");
    stage.say(count);
    stage.wait_bot("link of the message");
    stage.say(link);
  }

  /// All accounts react by this link.
  void react(std::string_view link) {
    begin(words::kReaction, "2", link);
    stage.wait_bot("Choose the reaction");
    stage.press("🔥");
    stage.wait_bot("Who sells bikes?");
    stage.press(words::kStartJob);
    EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2"));
  }

  std::size_t reactions(std::int64_t id) {
    for (const auto& seen : stage.world().messages("Bazaar")) {
      if (seen.id == id && seen.reactions.contains("🔥")) return seen.reactions["🔥"].size();
    }
    return 0;
  }

  std::int64_t forum = 0;
  std::int64_t topic = 0;
  std::int64_t message = 0;
};

TEST_F(Topic, AMatchGivesOneAlertWhoseLinkLeadsToTheMessage) {
  open_forum("bazaar");
  stage.add_accounts(2);
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kMonitorMode);
  stage.press(words::kAddKeyword);
  stage.wait_bot("Send the keyword");
  stage.say("unicycle");
  stage.wait_bot("Added the keyword");
  const auto wanted = write("A unicycle, anybody?");
  stage.world().wait_until("an alert", [&] { return !stage.alerts().empty(); });
  // What would be a second alert of the same message comes before that of the next one.
  write("Another unicycle");
  stage.world().wait_until("another alert", [&] { return stage.alerts().size() >= 2; });
  const auto alerts = stage.alerts();
  ASSERT_THAT(alerts, SizeIs(2));
  EXPECT_THAT(alerts[0].text, HasSubstr("A unicycle, anybody?"));
  EXPECT_THAT(alerts[0].text, HasSubstr("Bazaar"));
  std::string link;
  for (const auto& row : alerts[0].keyboard) {
    for (const auto& button : row) {
      if (button.text == words::kViewMessage) link = button.url;
    }
  }
  ASSERT_FALSE(link.empty());
  begin(words::kReaction, "2", link);
  stage.wait_bot("Choose the reaction");
  stage.press("🔥");
  stage.wait_bot("A unicycle, anybody?");
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2"));
  EXPECT_EQ(reactions(wanted), 2U);
}

TEST_F(Topic, AccountsReactByALinkIntoATopic) {
  open_forum("bazaar");
  stage.add_accounts(2);
  start();
  react(fmt::format("https://t.me/bazaar/{}/{}", topic, message));
  EXPECT_EQ(reactions(message), 2U);
}

TEST_F(Topic, AccountsReactByALinkIntoATopicOfAPrivateGroup) {
  open_forum("");
  stage.add_accounts(2);
  start();
  react(fmt::format("https://t.me/c/{}/{}/{}", forum, topic, message));
  EXPECT_EQ(reactions(message), 2U);
}

TEST_F(Topic, ACommentIsAnAnswerInTheSameTopicAndAClosedOneIsSaid) {
  open_forum("bazaar");
  stage.add_accounts(2);
  start();
  const auto link = fmt::format("https://t.me/bazaar/{}/{}", topic, message);
  begin("Comment", "1", link);
  stage.wait_bot("Send the text of the comment");
  stage.say("We do");
  stage.wait_bot("This takes about");
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 1"));
  const auto answer = stage.world().wait_message(
      "Bazaar", 0, [](const auto& seen) { return seen.text == "We do"; }, "the comment");
  EXPECT_EQ(answer.reply_to, message);
  EXPECT_EQ(testdc::thread_of(stage.world(), "Bazaar", answer.id), topic);

  testdc::close_topic(stage.world(), "Bazaar", stage.town().writer, topic);
  begin("Comment", "1", link);
  stage.wait_bot("Send the text of the comment");
  stage.say("Too late");
  stage.wait_bot("This takes about");
  stage.press(words::kStartJob);
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("failed 1"));
  EXPECT_THAT(card.text, HasSubstr("That topic is closed"));
}

}  // namespace
}  // namespace e2e
