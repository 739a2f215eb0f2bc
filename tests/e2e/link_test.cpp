// Links as people paste them, through the bot and TDLib to the message; and others, refused with
// the reason.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

namespace e2e {
namespace {

using testing::HasSubstr;
namespace words = support::words;

class Link : public Test {
 protected:
  /// Walks to the question for the link.
  void ask_for_link() {
    stage.add_account(0);
    message = stage.world().write(stage.town().writer, "Market", "Please react to this");
    start();
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.press(words::kReaction);
    stage.say("1");
    stage.wait_bot("link of the message");
  }

  /// `number` in Persian digits.
  static std::string persian(std::int64_t number) {
    std::string digits;
    for (const char c : std::to_string(number)) {
      digits += {'\xdb', static_cast<char>(0xb0 + (c - '0'))};
    }
    return digits;
  }

  std::int64_t message = 0;
};

TEST_F(Link, InEveryDressLeadsToTheMessage) {
  ask_for_link();
  const std::string forms[]{
      fmt::format("TELEGRAM.ME/S/Market/{}/?single#x", message),
      fmt::format("tg://resolve?domain=market&post={}&single", message),
      fmt::format("\u2068https://www.telegram.dog/\u200emarket/{}\u2069", persian(message)),
      fmt::format("https://t.me/c/{}/{}", stage.town().market, message),
  };
  for (const auto& form : forms) {
    SCOPED_TRACE(form);
    stage.say(form);
    stage.wait_bot("Choose the reaction");
    stage.press("🔥");
    EXPECT_THAT(stage.wait_bot("Please react to this").text, HasSubstr("Market"));
    if (form == forms[std::size(forms) - 1]) break;
    stage.press(words::kBack);
    stage.wait_bot("Choose the reaction");
    stage.press(words::kBack);
    stage.wait_bot("link of the message");
  }
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 1"));
}

TEST_F(Link, ToSomethingElseIsRefusedAtOnceWithTheReason) {
  ask_for_link();
  const std::pair<const char*, const char*> wrong[]{
      {"hello", "This is not a link."},
      {"سلام", "This is not a link."},
      {"@market", "the name of a chat"},
      {"https://t.me/market", "the link of a chat"},
      {"t.me/c/123", "the link of a chat"},
      {"https://t.me/+AbCdEfGhIjK", "an invite link"},
      {"https://t.me/market/s/5", "the link of a story"},
      {"https://t.me/addstickers/Some", "the link of a sticker set"},
      {"https://t.me/panel_test_bot?start=x", "a bot's link"},
  };
  for (const auto& [text, reason] : wrong) {
    SCOPED_TRACE(text);
    stage.say(text);
    EXPECT_THAT(stage.wait_bot(reason).text, HasSubstr("for example https://t.me/durov/5"));
  }
  EXPECT_THAT(stage.world().calls("messages.sendReaction"), testing::IsEmpty());
  stage.say(fmt::format("t.me/market/{}", message));
  stage.wait_bot("Choose the reaction");
}

}  // namespace
}  // namespace e2e
