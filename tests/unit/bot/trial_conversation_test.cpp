// Trying a keyword: every step, forwards and backwards, with bad input.

#include "bot_fixture.hpp"

#include <gmock/gmock.h>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class TrialConversationTest : public BotTest {
 protected:
  void SetUp() override {
    start_and_serve();
    panel.group_rows = {{-1001, "Market", "market"}, {-1002, "Noise", ""}};
    panel.trial.title = "Market";
    panel.trial.looked_at = 100;
    panel.trial.matches = {{.text = "I sell a bike",
                            .marks = {{.offset = 9, .length = 4}},
                            .link = "https://t.me/market/7"}};
    say("/start");
    press("Monitor Mode");
    press("Try a keyword");
  }
};

TEST_F(TrialConversationTest, ShowsWhatItWouldReportAndAddsItWhenAsked) {
  say("bike");
  EXPECT_THAT(shown(), HasSubstr("[Market]"));
  press("Market");
  EXPECT_EQ(panel.tried, "bike in -1001");
  EXPECT_THAT(shown(), HasSubstr("1 of the last 100 messages"));
  EXPECT_THAT(shown(), HasSubstr("I sell a bike\nhttps://t.me/market/7"));
  EXPECT_TRUE(panel.keyword_rows.empty());
  press("Add it");
  ASSERT_EQ(panel.keyword_rows.size(), 1U);
  EXPECT_EQ(panel.keyword_rows[0].text, "bike");
  EXPECT_THAT(shown(), StartsWith("Added the keyword"));
}

TEST_F(TrialConversationTest, TheChatMayBeTypedAndBothMayBeChanged) {
  say("bike");
  say("@noise_chat");
  EXPECT_EQ(panel.tried, "bike in @noise_chat");
  press("Change it");
  say("tandem");
  press("Noise");
  EXPECT_EQ(panel.tried, "tandem in -1002");
  press("Another group");
  press("Market");
  EXPECT_EQ(panel.tried, "tandem in -1001");
  press("Cancel");
  EXPECT_TRUE(panel.keyword_rows.empty());
}

TEST_F(TrialConversationTest, BadInputIsExplainedAndTheStepGoesOn) {
  sticker();
  EXPECT_THAT(shown(), HasSubstr("⚠"));
  say("two\nlines");
  EXPECT_THAT(shown(), HasSubstr("Send one keyword, in one line."));
  say("bike");
  panel.trial_error = Error{Errc::not_found, "Nobody has that name."};
  say("@nobody");
  EXPECT_THAT(shown(), HasSubstr("Nobody has that name."));
  EXPECT_THAT(shown(), HasSubstr("[Market]"));
  panel.trial_error.reset();
  press("Market");
  EXPECT_THAT(shown(), HasSubstr("1 of the last 100 messages"));
}

TEST_F(TrialConversationTest, BackLeadsOneStepBack) {
  say("bike");
  press("Market");
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("[Market]"));
  press("‹ Back");
  EXPECT_THAT(shown(), Not(HasSubstr("[Market]")));
  press("‹ Back");
  EXPECT_THAT(shown(), StartsWith("Monitor Mode"));
}

TEST_F(TrialConversationTest, ManyGroupsHavePages) {
  for (int i = 0; i < 150; ++i)
    panel.group_rows.push_back({-2000 - i, "G" + std::to_string(i), ""});
  say("bike");
  EXPECT_THAT(shown(), Not(HasSubstr("[G10]")));
  press("Next ›");
  EXPECT_THAT(shown(), HasSubstr("[G10]"));
  press("G10");
  EXPECT_EQ(panel.tried, "bike in -2010");
}

}  // namespace
}  // namespace tgpanel::bot
