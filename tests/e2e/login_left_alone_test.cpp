// A login that nobody goes on with: the admin is told, and after that it holds nothing.

#include "login_fixture.hpp"
#include "support/folder_watch.hpp"

#include <algorithm>
#include <chrono>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class LeftAlone : public LoginTest {
 protected:
  // Ten minutes become six seconds.
  LeftAlone() { stage.environment()["TGPANEL_PACE_SCALE"] = "100"; }

  void wait_released() {
    const auto told = stage.wait_bot("Nothing happened for 10 minutes", 40s);
    EXPECT_THAT(told.text, HasSubstr("Account Management")) << "where it goes on";
    for (const auto& row : told.keyboard) {
      for (const auto& key : row) EXPECT_NE(key.text, words::kCancel) << "nothing is asked";
    }
    // The folder goes after its client has closed.
    support::wait_entries(stage.data() / "sessions", 0);
    for (std::size_t who = 0; who < stage.town().accounts.size(); ++who) {
      EXPECT_EQ(sessions(who), 0U);
    }
  }

  void add_alice() {
    begin_phone(support::kPeople[0].phone);
    stage.wait_bot("login code");
    key_in();
    stage.wait_bot("Account added");
    EXPECT_EQ(sessions(0), 1U);
  }
};

TEST_F(LeftAlone, AtTheCode) {
  start();
  begin_phone(support::kPeople[0].phone);
  const auto keypad = stage.wait_bot("login code");
  const auto begun = std::chrono::steady_clock::now();
  wait_released();
  EXPECT_GE(std::chrono::steady_clock::now() - begun, 4s) << "not before its time";
  // The keypad that was left serves nothing any more.
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  const auto& keys = keypad.keyboard.front();
  stage.world().press_data(stage.town().admin, std::string(words::kBotName), keypad.id,
                           keys.front().data);
  EXPECT_THAT(stage.world().calls("auth.signIn"), SizeIs(0));
  add_alice();
  EXPECT_EQ(stage.stop(), 0);
}

TEST_F(LeftAlone, AtThePassword) {
  start();
  begin_phone(support::kPeople[1].phone);
  stage.wait_bot("login code");
  key_in();
  stage.wait_bot("two-step verification");
  wait_released();
  add_alice();
}

// Scanned, but Telegram's word of it never came: the session that nobody knows of is ended too.
TEST_F(LeftAlone, AtAQrCodeThatWasScanned) {
  stage.world().fault(
      {{"method", "auth.exportLoginToken"}, {"skip", 1}, {"times", -1}, {"silence", true}});
  start();
  begin(words::kByQr);
  stage.scan_qr(stage.town().accounts[2]);
  stage.world().wait_until("the session that nobody knows of", [&] { return sessions(2) == 1; });
  wait_released();
  stage.world().wait_until("the picture to be deleted", [&] {
    const auto chat = stage.world().messages(std::string(words::kBotName), stage.town().admin);
    return std::ranges::none_of(
        chat, [](const auto& message) { return message.media == "photo" && !message.deleted; });
  });
  add_alice();
}

}  // namespace
}  // namespace e2e
