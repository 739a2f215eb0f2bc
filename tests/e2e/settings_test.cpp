// Settings: what admins change holds at once and after a restart.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <string>
#include <string_view>

namespace e2e {
namespace {

using testing::HasSubstr;
namespace words = support::words;

class Settings : public Test {
 protected:
  void open() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press("Settings");
    stage.wait_bot("A change holds at once");
  }

  /// The limits that the preview of a message states.
  std::string preview() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.wait_bot("One action by several accounts");
    stage.press("Message");
    stage.wait_bot("How many accounts");
    stage.say("1");
    stage.wait_bot("Who is written to?");
    stage.say("@walter");
    stage.wait_bot("Send the text of the message");
    stage.say("hello");
    auto text = stage.wait_bot("This takes about").text;
    stage.say("/cancel");
    stage.wait_bot("Cancelled.");
    return text;
  }
};

TEST_F(Settings, AChangedLimitIsInTheNextPreviewAndAfterARestart) {
  stage.add_accounts(1);
  start();
  EXPECT_THAT(preview(), HasSubstr("at most 3 messages in 24 hours"));
  open();
  stage.press("Messages to one person: 3");
  stage.wait_bot("Allowed: 0 to 100");
  stage.press("5");
  stage.wait_bot("Saved. Messages to one person: 5");
  stage.press("Messages of one account: 20");
  stage.wait_bot("Allowed: 0 to 1000");
  stage.press("Type a number");
  stage.wait_bot("Send the new number");
  stage.say("5000");
  stage.wait_bot("between 0 and 1000");
  stage.say("۲۵");
  stage.wait_bot("Saved. Messages of one account: 25");
  auto text = preview();
  EXPECT_THAT(text, HasSubstr("at most 5 messages in 24 hours"));
  EXPECT_THAT(text, HasSubstr("at most 25 such people"));
  EXPECT_EQ(stage.stop(), 0);
  start();
  text = preview();
  EXPECT_THAT(text, HasSubstr("at most 5 messages in 24 hours"));
  EXPECT_THAT(text, HasSubstr("at most 25 such people"));
  open();
  stage.press("Messages to one person: 5");
  stage.wait_bot("Default: 3");
  stage.press("Back to the default: 3");
  stage.wait_bot("Saved. Messages to one person: 3");
  EXPECT_THAT(preview(), HasSubstr("at most 3 messages in 24 hours"));
}

TEST_F(Settings, TheLanguageChangesAtOnceAndStays) {
  start();
  open();
  stage.press("Language: English");
  stage.wait_bot("The language of this chat");
  stage.press("فارسی");
  stage.wait_bot("تنظیمات");
  EXPECT_EQ(stage.stop(), 0);
  start();
  stage.say("/start");
  stage.wait_bot("انتخاب کنید");
}

}  // namespace
}  // namespace e2e
