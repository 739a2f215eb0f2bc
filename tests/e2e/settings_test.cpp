// Settings: what admins change holds at once and after a restart.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <algorithm>
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

  void watch(std::string_view keyword) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kMonitorMode);
    stage.press(words::kAddKeyword);
    stage.say(keyword);
    stage.wait_bot(keyword);
  }

  bool in_channel(std::string_view text) {
    return std::ranges::any_of(stage.alerts(), [&](const testdc::SeenMessage& alert) {
      return alert.text.find(text) != std::string::npos;
    });
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
  open();
  stage.press("Stop after PEER_FLOOD: 24 h");
  stage.wait_bot("Allowed: 1 to 720");
  stage.press("48 h");
  stage.wait_bot("Saved. Stop after PEER_FLOOD: 48 h");
  auto text = preview();
  EXPECT_THAT(text, HasSubstr("at most 5 messages in 24 hours"));
  EXPECT_THAT(text, HasSubstr("at most 25 such people"));
  EXPECT_THAT(text, HasSubstr("to none for 48 h after"));
  EXPECT_EQ(stage.stop(), 0);
  start();
  text = preview();
  EXPECT_THAT(text, HasSubstr("at most 5 messages in 24 hours"));
  EXPECT_THAT(text, HasSubstr("at most 25 such people"));
  EXPECT_THAT(text, HasSubstr("to none for 48 h after"));
  open();
  stage.press("Messages to one person: 5");
  stage.wait_bot("Default: 3");
  stage.press("Back to the default: 3");
  stage.wait_bot("Saved. Messages to one person: 3");
  EXPECT_THAT(preview(), HasSubstr("at most 3 messages in 24 hours"));
}

TEST_F(Settings, PrivateChatsAreMonitoredOnceSwitchedOn) {
  stage.add_accounts(1);
  start();
  watch("needle");
  const auto private_chat = std::to_string(stage.town().accounts[0]);
  stage.world().write(stage.town().writer, private_chat, "a needle before");
  stage.world().write(stage.town().writer, "market", "a needle in public");
  stage.world().wait_until("the public one", [&] { return in_channel("in public"); });
  open();
  stage.press("Private chats: off");
  stage.wait_bot("Whether the accounts' private chats");
  stage.press("on");
  stage.wait_bot("Saved. Private chats: on");
  stage.world().write(stage.town().writer, private_chat, "a needle after");
  stage.world().wait_until("the private one", [&] { return in_channel("needle after"); });
  EXPECT_FALSE(in_channel("needle before"));
  open();
  stage.press("Private chats: on");
  stage.wait_bot("Whether the accounts' private chats");
  stage.press("off");
  stage.wait_bot("Saved. Private chats: off");
  stage.world().write(stage.town().writer, private_chat, "a needle too late");
  stage.world().write(stage.town().writer, "market", "a needle at the end");
  stage.world().wait_until("the last one", [&] { return in_channel("at the end"); });
  EXPECT_FALSE(in_channel("too late"));
}

TEST_F(Settings, TheDigestHoldsAsSoonAsItIsChanged) {
  stage.add_accounts(1);
  start();
  watch("needle");
  open();
  stage.press("Digest of alerts: 20");
  stage.wait_bot("Allowed: 0 to 1000");
  stage.press("Type a number");
  stage.wait_bot("Send the new number");
  stage.say("2");
  stage.wait_bot("Saved. Digest of alerts: 2");
  // The first alert is held back until the others wait behind it.
  stage.world().fault({{"method", "messages.sendMessage"},
                       {"user_id", stage.town().bot},
                       {"times", 1},
                       {"delay_ms", 2'000}});
  const int count = 12;
  for (int i = 0; i < count; ++i) {
    stage.world().write(stage.town().writer, "market", "needle number " + std::to_string(i) + ".");
  }
  stage.world().wait_until("all of them", [&] {
    for (int i = 0; i < count; ++i) {
      if (!in_channel("number " + std::to_string(i) + ".")) return false;
    }
    return true;
  });
  EXPECT_LT(stage.alerts().size(), static_cast<std::size_t>(count));
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

TEST_F(Settings, TwoAdminsWalkTheirOwnWaysAndReadTheirOwnLanguages) {
  const auto eve = stage.world().add_user("15550000103", "Eve", "eve");
  stage.environment()["ADMIN_ID"] += "," + std::to_string(eve);
  support::AdminChat other(stage.world(), eve, stage.town().bot);
  start();
  open();
  other.say("/start");
  other.wait(words::kMainMenu);
  stage.press("Digest of alerts: 20");
  stage.wait_bot("Allowed: 0 to 1000");
  stage.press("Type a number");
  stage.wait_bot("Send the new number");
  other.press("Settings");
  other.wait("A change holds at once");
  other.press("Language: English");
  other.wait("The language of this chat");
  other.press("فارسی");
  other.wait("تنظیمات");
  other.say("30");  // she was asked nothing: it is no answer to Dana's question
  other.wait("چیزی از شما پرسیده نشده بود");
  stage.say("40");
  stage.wait_bot("Saved. Digest of alerts: 40");
  other.press("تنظیمات");
  const auto hers = other.wait("تنظیمات");
  const auto shows_it = [](const auto& row) {
    return std::ranges::any_of(
        row, [](const auto& button) { return button.text.find("۴۰") != std::string::npos; });
  };
  EXPECT_TRUE(std::ranges::any_of(hers.keyboard, shows_it)) << "what Dana changed";
  stage.say("/start");
  stage.wait_bot("Choose what to do.");
}

}  // namespace
}  // namespace e2e
