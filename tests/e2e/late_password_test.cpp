// A password that is written while the panel is down: it answers a login that is over by then, and
// must not stay readable.

#include "login_fixture.hpp"
#include "support/folder_watch.hpp"

namespace e2e {
namespace {

class LatePassword : public LoginTest {
 protected:
  LatePassword() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }

  void begin() {
    start();
    begin_phone(support::kPeople[1].phone);
    stage.wait_bot("login code");
    key_in();
    stage.wait_bot("two-step verification");
  }

  void wait_gone() {
    stage.world().wait_until("the password to be deleted", [&] {
      for (const auto& message : stage.world().messages("panel_test_bot", stage.town().admin)) {
        if (message.text == support::kPeople[1].password && !message.deleted) return false;
      }
      return true;
    });
  }
};

TEST_F(LatePassword, OneWrittenWhileThePanelWasDownIsDeleted) {
  begin();
  stage.kill();
  stage.say(support::kPeople[1].password);
  start();
  stage.wait_bot("restarted during a login");
  wait_gone();
  support::wait_entries(stage.data() / "sessions", 0);
  EXPECT_EQ(stage.stop(), 0);
}

TEST_F(LatePassword, OneWrittenRightAfterTheRestartIsDeleted) {
  begin();
  stage.kill();
  start();
  stage.say(support::kPeople[1].password);
  stage.wait_bot("restarted during a login");
  wait_gone();
  EXPECT_EQ(stage.stop(), 0);
}

}  // namespace
}  // namespace e2e
