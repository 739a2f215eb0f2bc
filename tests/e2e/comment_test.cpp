// Bulk → Comment: below the post of a channel, and replies in groups.

#include "comment_fixture.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <string>

namespace e2e {
namespace {

using testing::HasSubstr;

class Comments : public CommentTest {};

TEST_F(Comments, GoBelowThePostInTheDiscussionGroupWithoutJoining) {
  stage.add_accounts(3);
  open_channel();
  start();
  preview("3", fmt::format("https://t.me/news/{}", post), "We like it");
  const auto seen = stage.wait_bot("This takes about");
  EXPECT_THAT(seen.text, HasSubstr("What do you think?"));
  EXPECT_THAT(seen.text, HasSubstr("below this post"));
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 3"));
  const auto copies = with_text("Talk", "What do you think?");
  ASSERT_EQ(copies.size(), 1U);
  const auto comments = with_text("Talk", "We like it");
  ASSERT_EQ(comments.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(comments[i].reply_to, copies[0].id) << i;
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(comments[i].sender_id, comments[j].sender_id);
  }
}

TEST_F(Comments, InAGroupAreRepliesAndSlowModePutsOnlyThatAccountToSleep) {
  stage.add_accounts(2);
  const auto question = stage.world().write(stage.town().writer, "Market", "Who sells bikes?");
  stage.world().fault({{"method", "messages.sendMessage"},
                       {"user_id", stage.town().accounts[0]},
                       {"times", 1},
                       {"code", 420},
                       {"text", "SLOWMODE_WAIT_3600"}});
  start();
  preview("2", fmt::format("https://t.me/market/{}", question), "We do");
  stage.press(words::kStartJob);
  stage.wait_bot("done 1 · waiting 1");
  const auto replies = with_text("Market", "We do");
  ASSERT_EQ(replies.size(), 1U);
  EXPECT_EQ(replies[0].sender_id, stage.town().accounts[1]);
  EXPECT_EQ(replies[0].reply_to, question);
}

TEST_F(Comments, WhatTakesNoCommentsIsRefusedBeforeTheStart) {
  stage.add_accounts(1);
  stage.world().add_chat("channel", "Quiet", "quiet", {stage.town().writer});
  const auto lonely = stage.world().write(stage.town().writer, "Quiet", "no discussion here");
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kBulk);
  stage.wait_bot("One action by several accounts");
  stage.press("Comment");
  stage.wait_bot("How many accounts");
  stage.say("1");
  stage.wait_bot("Send the link of the message");
  stage.say(fmt::format("https://t.me/quiet/{}", lonely));
  stage.wait_bot("Send the text of the comment");
  stage.say("\u200c\u2060");
  stage.wait_bot("There is no text to send");
  stage.say("hello");
  stage.wait_bot("That post takes no comments");
}

class CommentKill : public Comments, public testing::WithParamInterface<const char*> {};

TEST_P(CommentKill, NeverTwice) {
  stage.add_accounts(2);
  open_channel();
  stage.environment()["TGPANEL_CRASH_AT"] = GetParam();
  start();
  preview("2", fmt::format("https://t.me/news/{}", post), "Only once");
  EXPECT_EQ(stage.press_to_crash(words::kStartJob), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  const bool handed = std::string_view(GetParam()) == "job.handed";
  const auto card = stage.wait_bot("State: finished", 60s);
  EXPECT_THAT(card.text, HasSubstr(handed ? "done 1 · not known 1" : "done 2"));
  EXPECT_EQ(with_text("Talk", "Only once").size(), handed ? 1U : 2U);
}

INSTANTIATE_TEST_SUITE_P(Comments, CommentKill, testing::Values("job.handed", "job.performed"),
                         [](const auto& point) {
                           const std::string name = point.param;
                           return name.substr(name.find('.') + 1);
                         });

}  // namespace
}  // namespace e2e
