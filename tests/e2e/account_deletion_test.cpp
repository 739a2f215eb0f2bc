// Deletion of accounts: at Telegram first, and never half.

#include "account_fixture.hpp"
#include "support/folder_watch.hpp"

#include <signal.h>

namespace e2e {
namespace {

constexpr const char* kDeleted = "Alice\u2069: deleted";

class Deletion : public AccountTest {
 protected:
  Deletion() {
    // What TDLib asks beside the log out is refused after it.
    stage.allow_complaint("[Error : 401 : AUTH_KEY_UNREGISTERED]");
  }

  void all_gone() {
    stage.world().wait_until("the session to be gone", [&] { return sessions(0) == 0; });
    support::wait_entries(stage.data() / "sessions", 0);
    management();
    stage.press(words::kListAccounts);
    stage.wait_bot("There is no account yet");
    EXPECT_EQ(times_told(kDeleted), 1);
  }
};

class DeletionKill : public Deletion, public testing::WithParamInterface<const char*> {};

TEST_F(Deletion, LogsOutAtTelegramAndRemovesTheSession) {
  stage.add_accounts(1);
  start();
  open_account(1, "Alice");
  press_delete();
  stage.press(words::kBack);
  stage.wait_bot("Number: 1");
  EXPECT_EQ(sessions(0), 1U) << "asked, not done";
  press_delete();
  stage.press("Yes, delete");
  EXPECT_THAT(stage.wait_bot(kDeleted).text, HasSubstr("logged out at Telegram"));
  all_gone();
  // The same user is a new account now.
  EXPECT_EQ(stage.stop(), 0);
  stage.add_account(0);
  start();
  open_account(2, "Alice");
}

TEST_F(Deletion, OfASwitchedOffAccountLogsOutToo) {
  stage.add_accounts(1);
  start();
  open_account(1, "Alice");
  stage.press("Switch off");
  stage.wait_bot("It is switched off");
  press_delete();
  stage.press("Yes, delete");
  EXPECT_THAT(stage.wait_bot(kDeleted).text, HasSubstr("logged out at Telegram"));
  all_gone();
}

TEST_F(Deletion, WithoutAnAnswerOfTelegramItStaysDeletingAndARestartGoesOn) {
  stage.add_accounts(1);
  stage.world().fault({{"method", "auth.logOut"}, {"times", -1}, {"drop", true}});
  start();
  open_account(1, "Alice");
  press_delete();
  stage.press("Yes, delete");
  stage.wait_bot("State: being deleted");
  stage.world().wait_until("the log out",
                           [&] { return !stage.world().calls("auth.logOut").empty(); });
  EXPECT_EQ(stage.stop(), 0);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 deleting"));
  open_account(1, "Alice");
  EXPECT_THAT(stage.wait_bot("being deleted").text, HasSubstr("goes away by itself"));
  EXPECT_EQ(sessions(0), 1U);
  EXPECT_EQ(times_told(kDeleted), 0);
  EXPECT_EQ(stage.stop(), 0);
  stage.world().clear_faults();
  start();
  EXPECT_THAT(stage.wait_bot(kDeleted).text, HasSubstr("logged out at Telegram"));
  all_gone();
}

TEST_F(Deletion, OfASessionThatTelegramHasEndedAsksNobody) {
  stage.add_accounts(1);
  start();
  end_session(0);
  open_account(1, "Alice");
  press_delete();
  stage.press("Yes, delete");
  EXPECT_THAT(stage.wait_bot(kDeleted).text, HasSubstr("Telegram was not asked"));
  EXPECT_EQ(stage.world().calls("auth.logOut").size(), 0U);
  all_gone();
}

TEST_P(DeletionKill, NeitherLosesNorResurrectsTheAccount) {
  stage.add_accounts(1);
  stage.environment()["TGPANEL_CRASH_AT"] = GetParam();
  start();
  open_account(1, "Alice");
  press_delete();
  EXPECT_EQ(stage.press_to_crash("Yes, delete"), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  EXPECT_THAT(stage.wait_bot(kDeleted).text, HasSubstr("logged out at Telegram"));
  all_gone();
}

INSTANTIATE_TEST_SUITE_P(Deletion, DeletionKill,
                         testing::Values("delete.recorded", "delete.logged_out",
                                         "delete.folder_removed", "delete.row_removed"),
                         [](const auto& point) {
                           const std::string name = point.param;
                           return name.substr(name.find('.') + 1);
                         });

TEST_F(Deletion, AtTheTerminalWithSwitchingOffAndOn) {
  stage.add_accounts(2);
  const auto run = [&](const std::vector<std::string>& arguments) {
    const auto command = stage.tgpanel(arguments);
    const int code = command->wait();
    return fmt::format("{}: {}{}", code, command->out(), code == 0 ? "" : command->err());
  };
  EXPECT_THAT(run({"account", "disable", "1"}), HasSubstr("0: Alice"));
  EXPECT_THAT(run({"account", "disable", "1"}), HasSubstr("switched off already"));
  EXPECT_THAT(run({"account", "list"}), HasSubstr("disabled"));
  EXPECT_THAT(run({"account", "enable", "1"}), HasSubstr("is switched on"));
  EXPECT_THAT(run({"account", "list"}), Not(HasSubstr("disabled")));
  EXPECT_THAT(run({"account", "enable", "9"}), HasSubstr("4: tgpanel: There is no such account."));
  EXPECT_THAT(run({"account", "disable", "zero"}), HasSubstr("2: "));
  EXPECT_THAT(run({"account", "delete", "--help"}), HasSubstr("--yes"));

  const auto asking = stage.tgpanel({"account", "delete", "1"});
  asking->wait_line("Telegram account itself stays");
  asking->send_line("no");
  EXPECT_EQ(asking->wait(), 130);
  EXPECT_EQ(sessions(0), 1U);
  EXPECT_THAT(run({"account", "delete", "1", "--yes"}), HasSubstr("logged out at Telegram"));
  EXPECT_EQ(sessions(0), 0U);
  support::wait_entries(stage.data() / "sessions", 1);
  EXPECT_THAT(run({"account", "list"}), AllOf(HasSubstr("Bob"), Not(HasSubstr("Alice"))));
  start();
  EXPECT_THAT(run({"account", "disable", "2"}), HasSubstr("75: "));
}

}  // namespace
}  // namespace e2e
