// Update groups: all accounts side by side, what is new and what is gone, also over a restart. And
// what Telegram lets an account not do: freezes and waits, on the list and the page.

#include "account_fixture.hpp"

namespace e2e {
namespace {

class UpdateGroups : public AccountTest {
 protected:
  void begin_look() {
    management();
    stage.press("Update groups");
    stage.wait_bot("side by side");
    stage.press("Look now");
  }

  testdc::SeenMessage look(int accounts) {
    begin_look();
    return stage.wait_bot(fmt::format("Looked at {} accounts.", accounts));
  }

  void leave_unanswered(std::size_t who) {
    stage.world().fault({{"method", "account.getAuthorizations"},
                         {"user_id", stage.town().accounts[who]},
                         {"times", -1},
                         {"drop", true}});
  }

  /// What was left unanswered is asked again, and no fault stands in its way.
  void answer(std::size_t who) { stage.world().forget_sessions(stage.town().accounts[who]); }

  static std::string line(int number, std::string_view what) {
    return fmt::format("{}. \u2068{}\u2069: {}", number,
                       support::kPeople[static_cast<std::size_t>(number - 1)].name, what);
  }

  /// The panel's own list knows of it.
  void wait_groups(int account, int groups) {
    const auto name = support::kPeople[static_cast<std::size_t>(account - 1)].name;
    const auto wanted = fmt::format("Groups and channels: {}\n", groups);
    do open_account(account, name);
    while (page(account).find(wanted) == std::string::npos);
  }

  /// The page of the account that is open.
  std::string page(int account) { return stage.wait_bot(fmt::format("Number: {}", account)).text; }

  void freeze(std::size_t who, bool frozen) {
    stage.world().freeze(
        stage.town().accounts[who], frozen,
        {{"since", 1'795'434'300}, {"until", 1'900'000'000}, {"appeal", "https://t.me/spambot"}});
  }
};

TEST_F(UpdateGroups, NewAndGoneGroupsAreShownPerAccountAlsoAfterARestart) {
  stage.add_accounts(2);
  start();
  auto seen = look(2);
  EXPECT_THAT(seen.text, HasSubstr(line(1, "groups: 1, looked at for the first time")));
  EXPECT_THAT(seen.text, HasSubstr(line(2, "groups: 1, looked at for the first time")));
  EXPECT_EQ(stage.stop(), 0);

  stage.world().add_chat("supergroup", "Chess", "chess_club",
                         {stage.town().writer, stage.town().accounts[0]});
  stage.world().leave(stage.town().accounts[1], "Market");
  start();
  wait_groups(2, 0);
  seen = look(2);
  EXPECT_THAT(seen.text, HasSubstr(line(1, "groups: 2\n    new: \u2068Chess\u2069")));
  EXPECT_THAT(seen.text, HasSubstr(line(2, "groups: 0\n    gone: \u2068Market\u2069")));
  seen = look(2);
  EXPECT_THAT(seen.text, HasSubstr(line(1, "groups: 2, as before")));
  EXPECT_THAT(seen.text, HasSubstr(line(2, "groups: 0, as before")));
}

TEST_F(UpdateGroups, ProgressIsShownWhileAccountsAreWaitedFor) {
  stage.add_accounts(3);
  start();
  look(3);
  stage.world().add_chat("supergroup", "Chess", "chess_club",
                         {stage.town().writer, stage.town().accounts[1]});
  stage.world().leave(stage.town().accounts[2], "Market");
  wait_groups(2, 2);
  wait_groups(3, 0);
  // Telegram answers one after the other, when the test lets it.
  leave_unanswered(1);
  leave_unanswered(2);
  begin_look();
  auto seen = stage.wait_bot("Looked at 1 of 3 accounts…");
  const auto card = seen.id;
  EXPECT_THAT(seen.text, AllOf(HasSubstr(line(1, "groups: 1, as before")), HasSubstr(line(2, "…")),
                               HasSubstr(line(3, "…"))));
  stage.world().clear_faults();
  leave_unanswered(2);
  answer(1);
  seen = stage.wait_bot("Looked at 2 of 3 accounts…");
  EXPECT_THAT(seen.text, AllOf(HasSubstr(line(2, "groups: 2\n    new: \u2068Chess\u2069")),
                               HasSubstr(line(3, "…"))));
  stage.world().clear_faults();
  answer(2);
  seen = stage.wait_bot("Looked at 3 accounts.");
  EXPECT_EQ(seen.id, card) << "one message tells all of it";
  EXPECT_THAT(seen.past_texts, testing::IsSupersetOf({HasSubstr("Looked at 1 of 3 accounts…"),
                                                      HasSubstr("Looked at 2 of 3 accounts…")}));
  EXPECT_THAT(seen.text, AllOf(HasSubstr(line(1, "groups: 1, as before")),
                               HasSubstr(line(2, "groups: 2\n    new: \u2068Chess\u2069")),
                               HasSubstr(line(3, "groups: 0\n    gone: \u2068Market\u2069"))));
}

TEST_F(UpdateGroups, AnAccountThatFailsOrWaitsIsNamedAndHoldsUpNobody) {
  stage.add_accounts(3);
  start();
  open_account(1, "Alice");
  stage.press("Switch off");
  stage.wait_bot("It is switched off");
  stage.world().fault({{"method", "account.getAuthorizations"},
                       {"user_id", stage.town().accounts[2]},
                       {"code", 420},
                       {"text", "FLOOD_WAIT_400"}});
  const auto seen = look(3);
  EXPECT_THAT(seen.text, HasSubstr(line(1, "not looked at: It is switched off.")));
  EXPECT_THAT(seen.text, HasSubstr(line(2, "groups: 1, looked at for the first time")));
  EXPECT_THAT(seen.text, HasSubstr(line(3, "not looked at: ")));
  // The wait is remembered, and shown.
  management();
  stage.press(words::kListAccounts);
  EXPECT_THAT(stage.wait_bot(words::kListAccounts).text, HasSubstr("waiting until"));
  open_account(3, "Carol");
  stage.wait_bot("Telegram asks it to wait with some actions until");
  EXPECT_EQ(stage.stop(), 0);
  start();
  open_account(3, "Carol");
  stage.wait_bot("Telegram asks it to wait with some actions until");
}

TEST_F(UpdateGroups, NoMessageIsEditedToWhatItIs) {
  stage.add_accounts(3);
  start();
  look(3);
  look(3);
  for (const auto& message :
       stage.world().messages(std::string(words::kBotName), stage.town().admin)) {
    for (const auto& edit : message.edits) EXPECT_FALSE(edit.text.empty());
  }
  for (const auto& call : stage.world().calls("messages.editMessage", stage.town().bot)) {
    EXPECT_EQ(call.at("outcome"), "ok") << "MESSAGE_NOT_MODIFIED";
  }
}

TEST_F(UpdateGroups, AFreezeIsShownToldOnceAndCleared) {
  stage.add_accounts(2);
  start();
  management();
  freeze(0, true);
  const auto told = stage.wait_bot(notice(0, "frozen by Telegram"));
  EXPECT_THAT(told.text, HasSubstr("no action is given to it"));
  stage.press("Open account");
  const auto shown = stage.wait_bot("Telegram has frozen this account since");
  EXPECT_THAT(shown.text,
              AllOf(HasSubstr("unless the freeze is lifted"), HasSubstr("https://t.me/spambot")));
  management();
  stage.press(words::kListAccounts);
  EXPECT_THAT(stage.wait_bot(words::kListAccounts).text, HasSubstr("frozen by Telegram"));

  EXPECT_EQ(stage.stop(), 0);
  start();
  open_account(1, "Alice");
  EXPECT_THAT(page(1), HasSubstr("Telegram has frozen this account since"));
  freeze(0, false);
  do open_account(1, "Alice");
  while (page(1).find("has frozen") != std::string::npos);
  EXPECT_EQ(times_told(notice(0, "frozen by Telegram")), 1);
}

}  // namespace
}  // namespace e2e
