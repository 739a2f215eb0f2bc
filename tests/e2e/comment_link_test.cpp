// Links to a comment, t.me/channel/10?comment=5: the deed is done in the discussion group, by
// accounts that are not in it.

#include "comment_fixture.hpp"
#include "testdc/control/driver_forums.hpp"

#include <fmt/format.h>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class CommentLink : public CommentTest {
 protected:
  CommentLink() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }

  /// Two accounts, a post and a comment below it.
  void write_comment(std::string_view username = "news") {
    stage.add_accounts(2);
    const auto channel = open_channel(username);
    copy = with_text("Talk", "What do you think?").at(0).id;
    comment = stage.world().write(stage.town().writer, "Talk", "I like it", copy);
    const auto place = username.empty() ? fmt::format("c/{}", channel) : std::string(username);
    link = fmt::format("https://t.me/{}/{}?comment={}", place, post, comment);
  }

  void ask_for_link() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.press(words::kReaction);
    stage.wait_bot("How many accounts");
    stage.say("2");
    stage.wait_bot("link of the message");
  }

  /// Both accounts react by the link, and to nothing but the comment.
  void react() {
    ask_for_link();
    stage.say(link);
    stage.wait_bot("Choose the reaction");
    stage.press("🔥");
    EXPECT_THAT(stage.wait_bot("This takes about").text, HasSubstr("I like it"));
    stage.press(words::kStartJob);
    EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2"));
    for (const char* chat : {"News", "Talk"}) {
      for (const auto& seen : stage.world().messages(chat)) {
        if (std::string_view(chat) == "Talk" && seen.id == comment) continue;
        EXPECT_THAT(seen.reactions, IsEmpty()) << chat << ": " << seen.text;
      }
    }
    const auto seen = with_text("Talk", "I like it").at(0);
    ASSERT_TRUE(seen.reactions.contains("🔥"));
    EXPECT_THAT(seen.reactions["🔥"].get<std::vector<std::int64_t>>(),
                UnorderedElementsAre(stage.town().accounts[0], stage.town().accounts[1]));
  }

  std::int64_t copy = 0;  // the post in the discussion group
  std::int64_t comment = 0;
  std::string link;
};

TEST_F(CommentLink, AReactionIsOnTheCommentAndNowhereElse) {
  write_comment();
  start();
  react();
}

TEST_F(CommentLink, OfAPrivateChannelLeadsItsMembersToTheComment) {
  write_comment("");
  for (const std::size_t index : {0U, 1U}) {
    stage.world().add_member("News", stage.town().accounts[index]);
  }
  start();
  react();
}

TEST_F(CommentLink, ACommentIsAnAnswerToThatCommentBelowTheSamePost) {
  write_comment();
  start();
  preview("2", link, "So do we");
  const auto seen = stage.wait_bot("This takes about");
  EXPECT_THAT(seen.text, HasSubstr("I like it"));
  EXPECT_THAT(seen.text, HasSubstr("It is a reply to this message"));
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2"));
  const auto answers = with_text("Talk", "So do we");
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_NE(answers[0].sender_id, answers[1].sender_id);
  for (const auto& answer : answers) {
    EXPECT_EQ(answer.reply_to, comment);
    EXPECT_EQ(testdc::thread_of(stage.world(), "Talk", answer.id), copy);
  }
}

TEST_F(CommentLink, ToACommentThatIsNotThereIsRefusedBeforeTheStart) {
  write_comment();
  start();
  ask_for_link();
  stage.say(fmt::format("https://t.me/news/{}?comment={}", post, comment + 1000));
  EXPECT_THAT(stage.wait_bot("That message was not found").text, HasSubstr("Send the link"));
  EXPECT_THAT(stage.world().calls("messages.sendReaction"), IsEmpty());
  react();
}

}  // namespace
}  // namespace e2e
