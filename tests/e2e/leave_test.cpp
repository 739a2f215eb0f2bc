// Leaving by the number of a chat, which is all that a private group without a link has.

#include "action_fixture.hpp"

namespace e2e {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Leave : public ActionTest {};

TEST_F(Leave, ByTheNumberOfASupergroup) {
  stage.add_accounts(1);
  const auto cellar =
      world().add_chat("supergroup", "Cellar", "", {stage.town().writer, account(0)});
  start();
  individual(words::kLeave);
  const auto number = fmt::format("-100{}", cellar);
  stage.say(number);
  EXPECT_THAT(stage.wait_bot("by accounts: 1").text, HasSubstr("Cellar"));
  EXPECT_THAT(world().calls("channels.leaveChannel"), IsEmpty())
      << "nothing before it is confirmed";
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 1"));
  EXPECT_THAT(world().members("Cellar"), ElementsAre(stage.town().writer));

  individual(words::kLeave);
  stage.say(number);
  EXPECT_THAT(stage.wait_bot("It is not a member").text, HasSubstr("Send the @name"));
}

TEST_F(Leave, ByTheNumberOfABasicGroup) {
  stage.add_accounts(1);
  const auto garage =
      world().add_chat("basic_group", "Garage", "", {stage.town().writer, account(0)});
  start();
  individual(words::kLeave);
  EXPECT_THAT(run(fmt::format("-{}", garage), "Garage").text, HasSubstr("done 1"));
  EXPECT_THAT(world().members("Garage"), ElementsAre(stage.town().writer));
}

TEST_F(Leave, ANumberThatTheAccountDoesNotKnowIsRefusedAtOnce) {
  stage.add_accounts(1);
  const auto cellar = world().add_chat("supergroup", "Cellar", "", {stage.town().writer});
  start();
  individual(words::kLeave);
  for (const auto& number :
       {fmt::format("-100{}", cellar), std::string("-1009999999999"), std::string("-424242")}) {
    SCOPED_TRACE(number);
    stage.say(number);
    EXPECT_THAT(stage.wait_bot("does not know that chat").text, HasSubstr("Send the @name"));
  }
  EXPECT_THAT(world().calls("channels.leaveChannel"), IsEmpty());
  EXPECT_THAT(world().members("Cellar"), ElementsAre(stage.town().writer));
}

}  // namespace
}  // namespace e2e
