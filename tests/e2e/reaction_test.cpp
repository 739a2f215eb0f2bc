// Which reactions are offered, and that what is pressed is what Telegram has.

#include "action_fixture.hpp"

namespace e2e {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

class Reactions : public ActionTest {
 protected:
  /// Alice's way to the question which one; the buttons in their order.
  std::vector<std::string> ask(std::int64_t message) {
    individual(words::kReaction);
    stage.say(link_of(message));
    std::vector<std::string> labels;
    for (const auto& row : stage.wait_bot("Choose the reaction").keyboard) {
      for (const auto& button : row) labels.push_back(button.text);
    }
    // Back and Cancel
    EXPECT_GE(labels.size(), 2U);
    labels.resize(labels.size() - 2);
    return labels;
  }
};

TEST_F(Reactions, EachOfTheUsualSixIsOfferedAndLandsAsThatEmoji) {
  stage.add_accounts(1);
  const auto message = world().write(stage.town().writer, "Market", "Like this");
  start();
  for (const std::string emoji : {"👍", "❤", "🔥", "👏", "🎉", "😁"}) {
    SCOPED_TRACE(emoji);
    EXPECT_THAT(ask(message), ElementsAre("👍", "❤", "🔥", "👏", "🎉", "😁"));
    stage.press(emoji);
    stage.wait_bot("Reaction " + emoji + " by accounts: 1");
    stage.press(words::kStartJob);
    EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 1"));
    // One reaction of an account on a message: it takes the place of the one before.
    const Json expected{{emoji, Json::array({account(0)})}};
    EXPECT_EQ(world().messages("Market").back().reactions, expected);
  }
}

TEST_F(Reactions, WhereOnlySomeOfTheSixAreAllowedThoseAreOffered) {
  stage.add_accounts(1);
  world().set_chat("Market", {{"reactions", {"🔥", "🐳", "👏"}}});
  const auto message = world().write(stage.town().writer, "Market", "Like this");
  start();
  EXPECT_THAT(ask(message), UnorderedElementsAre("🔥", "🐳", "👏"));
  stage.press("👏");
  stage.wait_bot("Reaction 👏 by accounts: 1");
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 1"));
  const Json expected{{"👏", Json::array({account(0)})}};
  EXPECT_EQ(world().messages("Market").back().reactions, expected);
}

TEST_F(Reactions, WhereOtherReactionsAreAllowedThoseAreOffered) {
  stage.add_accounts(1);
  world().set_chat("Market", {{"reactions", {"🐳", "🍌"}}});
  const auto message = world().write(stage.town().writer, "Market", "Like this");
  start();
  individual(words::kReaction);
  stage.say(link_of(message));
  const auto question = stage.wait_bot("Choose the reaction");
  std::string labels;
  for (const auto& button : question.keyboard.at(0)) labels += button.text;
  EXPECT_THAT(labels, HasSubstr("🐳"));
  EXPECT_THAT(labels, Not(HasSubstr("👍")));
  stage.say("👍");
  stage.wait_bot("one of the reactions below");
  stage.press("🐳");
  stage.wait_bot("Reaction 🐳 by accounts: 1");
  stage.press(words::kStartJob);
  stage.wait_bot("done 1");
  EXPECT_EQ(world().messages("Market").back().reactions.at("🐳"), Json::array({account(0)}));
}

}  // namespace
}  // namespace e2e
