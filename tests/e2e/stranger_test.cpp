// Strangers get nothing: no reply, no toast, no state.

#include "e2e_test.hpp"
#include "support/words.hpp"

namespace e2e {
namespace {

namespace words = support::words;

class Stranger : public Test {};

TEST_F(Stranger, GetsNoReplyToTextsAndCommands) {
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

// A button of the bot that a stranger can see, and one made by hand: neither is answered, neither
// does anything.
TEST_F(Stranger, GetsNoAnswerToPresses) {
  stage.add_accounts(1);
  stage.environment()["TGPANEL_PACE_SCALE"] = "20";
  start();
  auto& world = stage.world();
  const auto stranger = stage.town().stranger;
  world.add_member("Alerts", stranger);
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kMonitorMode);
  stage.press(words::kAddKeyword);
  stage.say("bicycle");
  stage.wait_bot("Added the keyword");
  const auto posted = [&](std::string_view text) {
    return world.wait_message(
        "Alerts", 0,
        [&](const testdc::SeenMessage& post) {
          return !post.keyboard.empty() && post.text.find(text) != std::string::npos;
        },
        text);
  };
  world.write(stage.town().writer, "Market", "a red bicycle");
  const auto alert = posted("a red bicycle");
  const auto not_answered = testing::Throws<std::runtime_error>(
      testing::Property(&std::runtime_error::what, testing::HasSubstr("no answer")));
  EXPECT_THAT([&] { world.press(stranger, "Alerts", words::kIgnoreUser, alert.id, 500ms); },
              not_answered);

  world.write(stranger, "panel_test_bot", "/start");
  // The menu's own data ("Add account"), under a message that somebody else put there.
  world.call("write",
             {{"user", stage.town().bot},
              {"chat", std::to_string(stranger)},
              {"text", "forged"},
              {"keyboard", testdc::Json::parse(R"([[{"text": "Add", "data_hex": "6d"}]])")}});
  const auto forged = world.messages("panel_test_bot", stranger).back();
  ASSERT_EQ(forged.text, "forged");
  EXPECT_THAT(
      [&] { world.press_data(stranger, "panel_test_bot", forged.id, "m:m0:00000000:g.b0", 500ms); },
      not_answered);

  // What came after it was answered, so these presses were seen and passed over.
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kMonitorMode);
  EXPECT_THAT(stage.wait_bot("1 keyword").text, testing::HasSubstr("0 ignored users"));
  world.write(stage.town().writer, "Market", "a blue bicycle");
  posted("a blue bicycle");
  for (const auto& call : world.calls("messages.sendMessage", stage.town().bot)) {
    EXPECT_NE(call["query"]["peer"].value("user_id", std::int64_t{0}), stranger);
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
