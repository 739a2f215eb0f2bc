#include "testdc/control/spam_bot.hpp"

#include "../world/world_fixture.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

namespace testdc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using enum SpamBotAnswer::Says;

class SpamBotTest : public WorldFixture {
 protected:
  /// What the bot has said to this user.
  std::vector<std::string> heard(std::int64_t user) {
    io.restart();
    io.run();
    std::vector<std::string> out;
    for (const auto& message : world.messages(user, chat)) {
      if (message->author == spam_bot->id()) out.push_back(message->text);
    }
    return out;
  }

  const std::shared_ptr<SpamBot> spam_bot = std::make_shared<SpamBot>(io.get_executor(), world);
  const Peer chat = private_with(spam_bot->id());
};

constexpr const char* kClear =
    "Good news, no limits are currently applied to your account. You’re free as a bird!";

TEST_F(SpamBotTest, SaysToEachWhatItWasTold) {
  spam_bot->set_answer(ali, {.says = limited, .until = 1'952'940'480});
  write(ali, chat, "/start");
  EXPECT_THAT(heard(ali),
              ElementsAre("Dear Ali, I’m very sorry. Unfortunately, your account is now limited "
                          "until 20 Nov 2031, 11:28 UTC. While the account is limited, you will "
                          "not be able to do some things."));
  write(sara, chat, "/start");
  EXPECT_THAT(heard(sara), ElementsAre(kClear));

  spam_bot->set_answer(0, {.says = nothing});
  write(stranger, chat, "/start");
  EXPECT_THAT(heard(stranger), IsEmpty());
  spam_bot->set_answer(stranger, {.says = nothing, .text = "1"});
  write(stranger, chat, "/start");
  EXPECT_THAT(heard(stranger), ElementsAre("1"));
  spam_bot->set_answer(sara, {.says = limited});
  write(sara, chat, "/start");
  EXPECT_THAT(heard(sara),
              ElementsAre(kClear,
                          "Dear Sara, I’m very sorry. Unfortunately, your account is now limited. "
                          "While the account is limited, you will not be able to do some things."));
}

TEST_F(SpamBotTest, AnswersOnceAndOnlyStartInItsOwnChat) {
  write(ali, chat, "hello");
  write(ali, group.peer(), "/start");
  write(ali, private_with(sara), "/start");
  EXPECT_THAT(heard(ali), IsEmpty());
  const Value more = {{"random_id", 4711}};
  send(ali, chat, "/start", more);
  send(ali, chat, "/start", more);  // sent again by a client that got no answer
  EXPECT_THAT(heard(ali), ElementsAre(kClear));
  world.start_bot({ali, 0}, chat, spam_bot->id(), "", 0);
  EXPECT_THAT(heard(ali), ElementsAre(kClear, kClear));
}

TEST_F(SpamBotTest, TheOneWhoAskedLearnsOfHisQuestionFirst) {
  transport.connected.insert(static_cast<std::uint64_t>(ali));
  send(ali, chat, "/start");
  EXPECT_THAT(pushed(ali, "updateNewMessage"), IsEmpty()) << "not before the call is answered";
  heard(ali);
  EXPECT_EQ(pushed(ali, "updateNewMessage").size(), 1U);
}

TEST_F(SpamBotTest, SaysNothingToOneWhoHasBlockedItMeanwhile) {
  write(ali, chat, "/start");
  world.set_blocked({ali, 0}, spam_bot->id(), true);
  EXPECT_THAT(heard(ali), IsEmpty());
}

TEST_F(SpamBotTest, IsTheOneThatIsThere) {
  EXPECT_EQ(SpamBot(io.get_executor(), world).id(), spam_bot->id());
  EXPECT_EQ(world.user_by_username("@spambot")->id, spam_bot->id());
}

TEST_F(SpamBotTest, RefusesStrangersAndTextsThatCannotBeSent) {
  EXPECT_THROW(spam_bot->set_answer(1, {}), std::runtime_error);
  EXPECT_THROW(spam_bot->set_answer(ali, {.text = std::string(5000, 'x')}), RpcError);
}

}  // namespace
}  // namespace testdc
