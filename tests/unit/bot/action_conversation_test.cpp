// Votes, chats and people as targets, and Individual.

#include "bot/menus.hpp"
#include "bot_fixture.hpp"

#include <gmock/gmock.h>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class VoteTest : public BotTest {
 protected:
  void begin(bool several) {
    panel.add_accounts(3);
    panel.poll.question = "Which one?";
    panel.poll.options = {"Red", "Green", "Blue"};
    panel.poll.several = several;
    start_and_serve();
    say("/start");
    press("Bulk");
    press("Vote");
    press("2");
    EXPECT_THAT(shown(), HasSubstr("the message with the poll"));
    say("https://t.me/news/6");
  }

  [[nodiscard]] jobs::VoteSpec voted() const {
    return std::get<jobs::VoteSpec>(panel.job_rows.begin()->second.action);
  }
};

TEST_F(VoteTest, OneAnswerIsOnePress) {
  begin(false);
  EXPECT_EQ(shown(),
            "Bulk › Vote\n\nChoose the answer.\n\nWhich one?\n"
            "[Red]\n[Green]\n[Blue]\n[‹ Back][Cancel]\n");
  say("Green");
  EXPECT_THAT(shown(), HasSubstr("Use the buttons of this step."));
  press("Green");
  EXPECT_THAT(shown(), HasSubstr("Vote · Green by accounts: 2"));
  press("Start");
  EXPECT_EQ(voted(), (jobs::VoteSpec{"https://t.me/news/6", {1}, "Green"}));
  EXPECT_THAT(shown(), HasSubstr("Job 1 · Vote · Green"));
}

TEST_F(VoteTest, SeveralAnswersAreMarked) {
  begin(true);
  EXPECT_THAT(shown(), HasSubstr("then press Done."));
  EXPECT_THAT(shown(), Not(HasSubstr("[Done]"))) << "nothing is marked yet";
  press("Blue");
  press("Green");
  press("Red");
  EXPECT_THAT(shown(), HasSubstr("[✓ Red]\n[✓ Green]\n[✓ Blue]\n[Done]"));
  press("✓ Green");
  press("Done");
  EXPECT_THAT(shown(), HasSubstr("Vote · Red, Blue"));
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("[✓ Red]")) << "the marks are kept";
  press("Done");
  press("Start");
  EXPECT_EQ(voted().options, (std::vector<std::int32_t>{0, 2}));
}

TEST_F(VoteTest, WhatIsNoOpenPollAsksForTheLinkAgain) {
  panel.details_error = Error{Errc::invalid, "That poll is closed."};
  begin(false);
  EXPECT_THAT(shown(), HasSubstr("⚠ That poll is closed.\n\nSend the link"));
}

class PeerActionTest : public BotTest, public testing::WithParamInterface<const char*> {};

TEST_P(PeerActionTest, GoesFromTargetToPreviewAndCard) {
  panel.add_accounts(3);
  start_and_serve();
  say("/start");
  press("Bulk");
  press(GetParam());
  press("All (3)");
  for (const auto& bad :
       {std::string("hello"), std::string("/x"), std::string("😀"), std::string(4096, 'x')}) {
    say(bad);
    EXPECT_THAT(shown(), HasSubstr("for example @name"));
    EXPECT_THAT(shown(), HasSubstr("Send the @name"));
  }
  sticker();
  EXPECT_THAT(shown(), HasSubstr("as a text, for example @name"));
  say("@name");
  const std::string what = std::string(GetParam()) + " · @name";
  EXPECT_THAT(shown(), HasSubstr(what + " by accounts: 3"));
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("Send the @name"));
  say("@name");
  press("Start");
  ASSERT_EQ(panel.job_rows.size(), 1U);
  EXPECT_THAT(shown(), HasSubstr("Job 1 · " + what));
}

INSTANTIATE_TEST_SUITE_P(Every, PeerActionTest,
                         testing::Values("Join", "Leave", "Block", "Unblock"),
                         [](const auto& action) { return std::string(action.param); });

class IndividualTest : public BotTest {
 protected:
  void SetUp() override {
    panel.add_accounts(12);
    panel.account_rows[1].state = accounts::AccountState::banned;
    start_and_serve();
    say("/start");
    press("Individual");
  }

  [[nodiscard]] std::string label(int account) const {
    return describe(Language::en, panel.account_rows[static_cast<std::size_t>(account - 1)]);
  }
};

TEST_F(IndividualTest, OneAccountActs) {
  EXPECT_THAT(shown(), StartsWith("Individual\n\nWhich account shall act?\nPage 1 of 2"));
  press("Next ›");
  press(label(11));
  EXPECT_THAT(shown(), HasSubstr("What shall this account do?"));
  press("Reaction");
  EXPECT_THAT(shown(), StartsWith("Individual › Reaction\n\nSend the link"));
  say("https://t.me/news/5");
  press("🔥");
  EXPECT_THAT(shown(), HasSubstr("by accounts: 1\n"));
  press("Start");
  ASSERT_EQ(panel.job_rows.size(), 1U);
  const auto& job = panel.job_rows.begin()->second;
  ASSERT_EQ(job.items.size(), 1U);
  EXPECT_EQ(job.items[0].account_id, 11);
}

TEST_F(IndividualTest, AnAccountThatCannotActSaysWhy) {
  press(label(2));
  EXPECT_THAT(shown(), HasSubstr("This account cannot act now: banned by Telegram."));
  EXPECT_THAT(shown(), Not(HasSubstr("[Reaction]")));
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("Which account shall act?"));
}

TEST_F(IndividualTest, BackLeadsToTheAccountAndItsGoing) {
  press(label(1));
  press("Reaction");
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("What shall this account do?"));
  const auto menu = telegram.last(kAdmin);
  panel.account_rows.clear();
  EXPECT_TRUE(telegram.press(kAdmin, kAdmin, menu.id, "Reaction"));
  settle();
  EXPECT_THAT(shown(), HasSubstr("That account is not there any more."));
}

}  // namespace
}  // namespace tgpanel::bot
