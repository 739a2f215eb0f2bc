// An admin's presses and texts about one account.

#include "bot_fixture.hpp"
#include "words/menus.hpp"

#include <gmock/gmock.h>

namespace tgpanel::bot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class AccountChat : public BotTest {
 protected:
  void open(int count = 3) {
    panel.add_accounts(count);
    start_and_serve();
    say("/start");
    press("Account Management");
  }

  void page() {
    press("List accounts");
    press("1. \u2068Account 1\u2069");
  }

  std::vector<std::string>& calls() { return panel.account_desk.calls; }
};

TEST_F(AccountChat, DecisionsAreCarriedOutAndSaid) {
  open();
  page();
  press("Switch off");
  EXPECT_THAT(shown(), StartsWith("It is switched off, and stays so until you switch it on."));
  press("Exclude from operations");
  EXPECT_THAT(shown(), StartsWith("It is excluded from operations."));
  panel.account_rows[0].state = accounts::AccountState::disabled;
  press("Refresh");
  press("Switch on");
  EXPECT_THAT(calls(), ElementsAre("disable 1", "exclude 1", "enable 1"));
}

TEST_F(AccountChat, UpdateGroupsShowsWhatIsNewAndGonePerAccount) {
  open(4);
  auto& news = panel.account_desk.group_news;
  news[1] = {.added = {}, .gone = {}, .now = 3, .first = true};
  news[2] = {.added = {"Chess", "Art", "C", "D", "E", "F", "G"}, .gone = {"News"}, .now = 9};
  news[3] = {.added = {}, .gone = {}, .now = 5};
  press("Update groups");
  EXPECT_THAT(shown(), HasSubstr("all 4 accounts side by side"));
  press("Look now");
  EXPECT_THAT(calls(), ElementsAre("update groups 1", "update groups 2", "update groups 3",
                                   "update groups 4"));
  const auto all = shown();
  EXPECT_THAT(all, HasSubstr("Looked at 4 accounts."));
  EXPECT_THAT(all, HasSubstr("1. \u2068Account 1\u2069: groups: 3, looked at for the first time"));
  EXPECT_THAT(all, HasSubstr("2. \u2068Account 2\u2069: groups: 9\n    new: \u2068Chess\u2069, "
                             "\u2068Art\u2069, \u2068C\u2069, \u2068D\u2069, "
                             "\u2068E\u2069 and 2 more\n    gone: \u2068News\u2069"));
  EXPECT_THAT(all, HasSubstr("3. \u2068Account 3\u2069: groups: 5, as before"));
  EXPECT_THAT(all, HasSubstr("4. \u2068Account 4\u2069: not looked at: Telegram did not answer."));
  say("hello");
  EXPECT_THAT(shown(), HasSubstr("Use the buttons"));
  press("‹ Back");
  EXPECT_THAT(shown(), StartsWith("Account Management"));
}

TEST_F(AccountChat, UpdateGroupsOfManyAccountsHasPages) {
  open(30);
  press("Update groups");
  press("Look now");
  EXPECT_EQ(calls().size(), 30U);
  EXPECT_THAT(shown(), HasSubstr("Page 1 of 4"));
  press("Next ›");
  EXPECT_THAT(shown(), HasSubstr("9. \u2068Account 9\u2069"));
}

TEST_F(AccountChat, ARefusalIsShownAndChangesNothing) {
  open();
  page();
  panel.account_desk.refusal = Error{Errc::busy, "Something else is being done.", 0};
  press("Switch off");
  EXPECT_THAT(shown(), StartsWith("Something else is being done.\n\n\u2068Account 1\u2069"));
}

TEST_F(AccountChat, DeletionAsksAndAStaleYesDoesNotAct) {
  open();
  page();
  press("Delete account");
  EXPECT_THAT(shown(), HasSubstr("Delete this account from the panel?"));
  press("‹ Back");
  EXPECT_THAT(calls(), IsEmpty());
  press("Delete account");
  panel.account_rows[0].state = accounts::AccountState::deleting;
  press("Yes, delete");
  EXPECT_THAT(calls(), IsEmpty()) << "it is being deleted already";
  EXPECT_EQ(toast(), tgpanel::say(Language::en, words::outdated));
  panel.account_rows[0].state = accounts::AccountState::active;
  press("‹ Back");
  press("Delete account");
  press("Yes, delete");
  EXPECT_THAT(calls(), ElementsAre("remove 1 for 500"));
  EXPECT_THAT(shown(), StartsWith("It is being deleted. You are told when that is done."));
}

TEST_F(AccountChat, LabelsAreAskedForAndRemoved) {
  panel.add_accounts(1);
  panel.account_rows[0].labels = {"desk", "vip"};
  start_and_serve();
  say("/start");
  press("Account Management");
  page();
  press("Labels");
  press("✕ vip");
  EXPECT_THAT(shown(), StartsWith("Removed the label: vip"));
  press("Add label");
  sticker();
  EXPECT_THAT(shown(), HasSubstr("⚠ Send the label as a text"));
  panel.account_desk.refusal = Error{Errc::exists, "It has this label already.", 0};
  say("Desk");
  EXPECT_THAT(shown(), HasSubstr("⚠ It has this label already."));
  say("/new");
  EXPECT_THAT(shown(), StartsWith("Added the label: /new"));
  EXPECT_THAT(calls(), ElementsAre("drop label 1 vip", "label 1 Desk", "label 1 /new"));
  press("Add label");
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("Press a label to remove it."));
}

TEST_F(AccountChat, SearchShowsPagesAndOpensAnAccount) {
  open(25);
  press("Search");
  say("👍");
  EXPECT_THAT(shown(), HasSubstr("⚠ Send a text with a letter or a digit"));
  say(std::string(4096, 'x'));
  EXPECT_THAT(shown(), HasSubstr("No account fits"));
  say("Account");
  EXPECT_THAT(shown(), HasSubstr("25 accounts fit"));
  EXPECT_THAT(shown(), HasSubstr("Page 1 of 3"));
  press("Next ›");
  press("Next ›");
  EXPECT_THAT(shown(), HasSubstr("25. \u2068Account 25\u2069"));
  press("‹ Previous");
  press("12. \u2068Account 12\u2069");
  EXPECT_THAT(shown(), HasSubstr("Number: 12"));
  press("‹ Back");
  EXPECT_THAT(shown(), StartsWith("List accounts"));
}

TEST_F(AccountChat, LoggingInAgainIsOfThatAccount) {
  panel.add_accounts(1);
  panel.account_rows[0].state = accounts::AccountState::login_needed;
  start_and_serve();
  say("/start");
  press("Account Management");
  press("Inactive accounts");
  press("1. \u2068Account 1\u2069");
  const auto login = std::make_shared<FakeLogin>();
  panel.account_desk.login = login;
  press("Log in again");
  EXPECT_THAT(shown(), StartsWith("Log in again\n\n"));
  press("By phone number");
  EXPECT_THAT(calls(), ElementsAre("log in 1"));
  EXPECT_THAT(panel.logins, IsEmpty()) << "no login of a new account";
  login->become(accounts::LoggedIn{panel.account_rows[0]});
  settle();
  EXPECT_THAT(shown(), StartsWith("Logged in again"));
}

TEST_F(AccountChat, EachReportIsShownInWords) {
  using actions::ReportAnswer;
  open(4);
  panel.account_desk.reports[1] = {ReportAnswer::Verdict::clear, {}, "Good news"};
  panel.account_desk.reports[2] = {ReportAnswer::Verdict::limited, from_unix_ms(0), ""};
  panel.account_desk.reports[3] = {ReportAnswer::Verdict::unclear, {}, "1 thing"};
  press("‹ Back");
  press("Report Status");
  press("Check report status");
  EXPECT_THAT(shown(), HasSubstr("(4 can ask now)"));
  say("now");
  EXPECT_THAT(shown(), HasSubstr("⚠ Use the buttons"));
  press("Ask now");
  EXPECT_THAT(shown(), HasSubstr("All 4 have asked."));
  EXPECT_THAT(shown(), HasSubstr("1. \u2068Account 1\u2069: clear\n"));
  EXPECT_THAT(shown(), HasSubstr("2. \u2068Account 2\u2069: limited, without a date\n"));
  EXPECT_THAT(shown(), HasSubstr("3. \u2068Account 3\u2069: unclear answer: 1 thing\n"));
  EXPECT_THAT(shown(), HasSubstr("4. \u2068Account 4\u2069: no answer\n"));
  EXPECT_THAT(shown(), Not(HasSubstr("[Ask now]")));
  press("‹ Back");
  panel.account_desk.has_report_bot = false;
  press("Check report status");
  EXPECT_THAT(shown(), HasSubstr("No report check bot is set"));
}

}  // namespace
}  // namespace tgpanel::bot
