// Strangers get nothing: no reply, no toast, no state.

#include "e2e_test.hpp"
#include "support/words.hpp"

namespace e2e {
namespace {

namespace words = support::words;

class Stranger : public Test {};

TEST_F(Stranger, GetsNoReplyToTextsCommandsAndPresses) {
  start();
  auto& world = stage.world();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  world.write(stage.town().stranger, "panel_test_bot", "/start");
  world.write(stage.town().stranger, "panel_test_bot", "hello");
  world.write(stage.town().stranger, "panel_test_bot", "/cancel");
  // The admin's own request after it shows that the stranger's was passed over, not merely late.
  stage.press("Monitor Mode");
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  for (const auto& message : world.messages("panel_test_bot", stage.town().stranger)) {
    EXPECT_EQ(message.sender_id, stage.town().stranger) << "the bot wrote: " << message.text;
  }
  for (const auto& call : world.calls("messages.sendMessage", stage.town().bot)) {
    EXPECT_NE(call["query"]["peer"].value("user_id", std::int64_t{0}), stage.town().stranger);
  }
}

TEST_F(Stranger, GetsNothingInGroupsEither) {
  stage.world().add_member("Market", stage.town().bot);
  start();
  stage.world().write(stage.town().stranger, "panel_test_bot", "/start");
  stage.world().write(stage.town().writer, "Market", "/start");
  stage.say("/start");
  stage.wait_bot("Telegram Panel");
  for (const auto& message : stage.world().messages("Market")) {
    EXPECT_NE(message.sender_id, stage.town().bot);
  }
}

}  // namespace
}  // namespace e2e
