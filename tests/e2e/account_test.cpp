// One account: switched off and on, deleted, logged in again, labelled, excluded.

#include "account_fixture.hpp"
#include "support/folder_watch.hpp"

#include <signal.h>

namespace e2e {
namespace {

class Accounts : public AccountTest {};

TEST_F(Accounts, ADisabledAccountStaysOffOverARestartAndItsGroupsAreUnwatched) {
  stage.add_accounts(1);
  start();
  add_keyword("buy");
  open_account(1, "Alice");
  stage.press("Switch off");
  stage.wait_bot("switched off");
  stage.world().wait_until("its client to be closed", [&] { return online(0) == 0; });
  EXPECT_EQ(stage.stop(), 0);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 disabled"));
  EXPECT_EQ(online(0), 0);
  stage.world().write(stage.town().writer, "Market", "I buy a lamp");
  open_account(1, "Alice");
  EXPECT_THAT(stage.wait_bot("switched off").text, HasSubstr("since"));
  EXPECT_THAT(stage.alerts(), IsEmpty());
  EXPECT_EQ(sessions(0), 1U) << "its session is kept";

  stage.press("Switch on");
  stage.wait_bot("It is switched on");
  // What it missed is read now.
  stage.world().wait_until("the alert", [&] { return stage.alerts().size() == 1; });
  EXPECT_EQ(stage.stop(), 0);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 active"));
}

TEST_F(Accounts, TheItemsOfADisabledAccountFailWithThatReason) {
  stage.add_accounts(2);
  const auto message = stage.world().write(stage.town().writer, "Market", "Please react to this");
  stage.world().fault({{"method", "messages.sendReaction"},
                       {"user_id", stage.town().accounts[0]},
                       {"times", 1},
                       {"code", 420},
                       {"text", "FLOOD_WAIT_3600"}});
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kBulk);
  stage.press(words::kReaction);
  stage.say("2");
  stage.wait_bot("link of the message");
  stage.say(fmt::format("https://t.me/market/{}", message));
  stage.wait_bot("Choose the reaction");
  stage.press("🔥");
  stage.wait_bot("Please react to this");
  stage.press(words::kStartJob);
  stage.wait_bot("done 1 · waiting 1");
  open_account(1, "Alice");
  stage.press("Switch off");
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("done 1 · failed 1"));
  EXPECT_THAT(card.text, HasSubstr("It is switched off."));
}

TEST_F(Accounts, LabelsAndExclusionSurviveRestartsAndAreFound) {
  stage.add_accounts(2);
  start();
  open_account(1, "Alice");
  add_label("Front Desk");
  stage.press("Add label");
  stage.wait_bot("at most 32 characters");
  const std::string longest(4096, 'x');
  for (const std::string_view bad :
       std::initializer_list<std::string_view>{"front  DESK", "👍", longest}) {
    SCOPED_TRACE(bad.substr(0, 20));
    stage.say(bad);
    stage.wait_bot("⚠");
  }
  stage.say("vip");
  stage.wait_bot("Added the label: vip");
  stage.press(words::kBack);
  stage.wait_bot("Labels: ");
  stage.press("Exclude from operations");
  stage.wait_bot("It is excluded");
  EXPECT_EQ(stage.stop(), 0);
  start();
  find_account("desk");
  stage.wait_bot("1 account fits");
  stage.press(button(1, "Alice"));
  auto page = stage.wait_bot("Labels: ").text;
  EXPECT_THAT(page, AllOf(HasSubstr("Front Desk"), HasSubstr("vip"), HasSubstr("Excluded")));
  stage.press("Labels");
  stage.wait_bot("Press a label");
  stage.press("✕ vip");
  page = stage.wait_bot("Removed the label: vip").text;
  EXPECT_THAT(page, HasSubstr("Front Desk"));
  find_account("vip");
  stage.wait_bot("No account fits");
}

TEST_F(Accounts, SearchFindsByNameNumberAndPhoneAndCopesWithAnyText) {
  stage.add_accounts(3);
  start();
  find_account("ALI");
  EXPECT_THAT(stage.wait_bot("1 account fits").text, HasSubstr("Alice"));
  stage.say("#2");
  EXPECT_THAT(stage.wait_bot("1 account fits").text, HasSubstr("Bob"));
  stage.say("03");
  EXPECT_THAT(stage.wait_bot("1 account fits").text, HasSubstr("Carol"));
  stage.say("o");
  stage.wait_bot("2 accounts fit");
  const std::string longest(4096, 'x');
  stage.say(longest);
  stage.wait_bot("No account fits");
  stage.say("/search");  // only /start and /cancel are commands
  stage.wait_bot("No account fits");
  for (const std::string_view bad : {"👍", "…"}) {
    stage.say(bad);
    stage.wait_bot("⚠ Send a text");
  }
  stage.say("bob");
  stage.wait_bot("1 account fits");
  stage.press(button(2, "Bob"));
  EXPECT_THAT(stage.wait_bot("Number: 2").text, HasSubstr("Groups and channels: 1"));
  stage.press("Show groups");
  stage.wait_bot("Market");
}

TEST_F(Accounts, AnExcludedAccountIsNotChosenForAJob) {
  stage.add_accounts(2);
  const auto message = stage.world().write(stage.town().writer, "Market", "Please react to this");
  start();
  open_account(1, "Alice");
  stage.press("Exclude from operations");
  stage.wait_bot("It is excluded");
  stage.press(words::kBack);
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kBulk);
  stage.press(words::kReaction);
  stage.wait_bot("1 can act now");
  stage.press("All (1)");
  stage.wait_bot("link of the message");
  stage.say(fmt::format("https://t.me/market/{}", message));
  stage.wait_bot("Choose the reaction");
  stage.press("🔥");
  EXPECT_THAT(stage.wait_bot("Please react to this").text,
              HasSubstr("Alice: It is excluded from operations."));
  stage.press(words::kStartJob);
  stage.wait_bot("done 1");
  EXPECT_EQ(stage.world().calls("messages.sendReaction", stage.town().accounts[0]).size(), 0U);
  EXPECT_EQ(stage.world().calls("messages.sendReaction", stage.town().accounts[1]).size(), 1U);
}

TEST_F(Accounts, LoggedInAgainInPlaceItKeepsItsNumberAndLabels) {
  stage.add_accounts(2);
  start();
  open_account(1, "Alice");
  add_label("support");
  end_session(0);
  open_account(1, "Alice");
  log_in_again(0);
  stage.wait_bot("Logged in again");
  EXPECT_EQ(sessions(0), 1U);
  support::wait_entries(stage.data() / "sessions", 2);
  EXPECT_EQ(stage.stop(), 0);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("2 active"));
  open_account(1, "Alice");
  EXPECT_THAT(stage.wait_bot("Number: 1").text, AllOf(HasSubstr("active"), HasSubstr("support")));
}

TEST_F(Accounts, ALoginAgainOfAnotherUserIsRefusedAndLoggedOut) {
  stage.add_accounts(1);
  start();
  end_session(0);
  open_account(1, "Alice");
  log_in_again(2);
  const auto told = stage.wait_bot("This login is of Carol, not of Alice");
  EXPECT_THAT(told.text, HasSubstr("Nothing was changed"));
  stage.world().wait_until("Carol's session to be gone", [&] { return sessions(2) == 0; });
  support::wait_entries(stage.data() / "sessions", 1);
  open_account(1, "Alice");
  EXPECT_THAT(stage.wait_bot("Number: 1").text, HasSubstr("login needed"));
}

// Killed when Telegram has accepted the login: the next start finishes it, in place.
TEST_F(Accounts, AnInterruptedLoginAgainIsFinishedInPlace) {
  stage.add_accounts(1);
  stage.environment()["TGPANEL_CRASH_AT"] = "login.ready";
  start();
  end_session(0);
  open_account(1, "Alice");
  stage.press("Log in again");
  stage.press(words::kByPhone);
  stage.wait_bot("international form");
  stage.say(fmt::format("+{}", support::kPeople[0].phone));
  stage.wait_bot("login code");
  for (const char digit : support::kLoginCode) stage.press(std::string(1, digit));
  EXPECT_EQ(stage.press_to_crash("OK"), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  stage.wait_bot("interrupted");
  open_account(1, "Alice");
  EXPECT_THAT(stage.wait_bot("Number: 1").text, HasSubstr("active"));
  EXPECT_EQ(sessions(0), 1U);
  support::wait_entries(stage.data() / "sessions", 1);
}

}  // namespace
}  // namespace e2e
