// Polls of as many options as Telegram's apps let people write.

#include "action_fixture.hpp"

namespace e2e {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Vote : public ActionTest {
 protected:
  Vote() {
    for (int i = 1; i <= 10; ++i) options.push_back(fmt::format("Shop no. {}", i));
  }

  /// Alice's way to the question for the answer.
  void ask(std::int64_t poll) {
    individual(words::kVote);
    stage.say(link_of(poll));
    const auto question = stage.wait_bot("Tea or coffee?");
    ASSERT_GE(question.keyboard.size(), options.size());
    for (std::size_t i = 0; i < options.size(); ++i) {
      ASSERT_EQ(question.keyboard[i].size(), 1U) << i;
      EXPECT_EQ(question.keyboard[i][0].text, options[i]);
    }
  }

  /// From the preview.
  void run() {
    stage.press(words::kStartJob);
    EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 1"));
  }

  std::vector<std::string> options;
};

TEST_F(Vote, AllTenOptionsAreOfferedAndTheTenthIsVotedFor) {
  stage.add_accounts(1);
  const auto poll = write_poll({{"options", options}});
  start();
  ask(poll);
  stage.press("Shop no. 10");
  stage.wait_bot("Vote · Shop no. 10 by accounts: 1");
  run();
  EXPECT_THAT(votes(poll)[account(0)], ElementsAre(9));
}

TEST_F(Vote, SeveralOfTenAreSentAsOneVote) {
  stage.add_accounts(1);
  const auto poll = write_poll({{"options", options}, {"multiple_choice", true}});
  start();
  ask(poll);
  for (const char* option : {"Shop no. 10", "Shop no. 4", "Shop no. 1", "Shop no. 7"}) {
    stage.press(option);
    stage.wait_bot("Tea or coffee?");
  }
  stage.press("✓ Shop no. 7");  // taken back
  stage.wait_bot("Tea or coffee?");
  stage.press("Done");
  stage.wait_bot("Vote · Shop no. 1, Shop no. 4, Shop no. 10 by accounts: 1");
  run();
  EXPECT_THAT(votes(poll)[account(0)], ElementsAre(0, 3, 9));
  EXPECT_EQ(world().calls("messages.sendVote").size(), 1U);
}

}  // namespace
}  // namespace e2e
