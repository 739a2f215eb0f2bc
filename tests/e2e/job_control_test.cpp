// Job cards: pause, resume and retry, over restarts and kills; the results as a file; accounts of a
// label; what other admins see.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;
namespace words = support::words;

class JobControl : public Test {
 protected:
  JobControl() { stage.environment()["TGPANEL_PACE_SCALE"] = "20"; }

  void write_message() {
    message = stage.world().write(stage.town().writer, "Market", "Please react to this");
    link = fmt::format("https://t.me/market/{}", message);
  }

  void open_bulk() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.wait_bot("One action by several accounts");
    stage.press(words::kReaction);
    stage.wait_bot("How many accounts");
  }

  /// From the question for the link to the preview.
  testdc::SeenMessage give_link() {
    stage.wait_bot("link of the message");
    stage.say(link);
    stage.wait_bot("Choose the reaction");
    stage.press("🔥");
    return stage.wait_bot("This takes about");
  }

  void start_job(std::string_view count) {
    open_bulk();
    stage.say(count);
    give_link();
    stage.press(words::kStartJob);
  }

  std::vector<std::int64_t> who_reacted() {
    for (const auto& seen : stage.world().messages("Market")) {
      if (seen.id == message && seen.reactions.contains("🔥")) {
        return seen.reactions["🔥"].get<std::vector<std::int64_t>>();
      }
    }
    return {};
  }

  std::size_t reaction_calls() { return stage.world().calls("messages.sendReaction").size(); }

  /// The first account's next reaction is lost on its way.
  void lose_first() {
    stage.world().fault({{"method", "messages.sendReaction"},
                         {"user_id", stage.town().accounts[0]},
                         {"times", 1},
                         {"drop", true}});
  }

  /// Telegram refuses this account's next reaction.
  void refuse(std::size_t account) {
    stage.world().fault({{"method", "messages.sendReaction"},
                         {"user_id", stage.town().accounts[account]},
                         {"times", 1},
                         {"code", 400},
                         {"text", "USER_BANNED_IN_CHANNEL"}});
  }

  /// A job of two with one under way whose answer never comes, paused.
  void pause_under_way() {
    stage.add_accounts(2);
    write_message();
    lose_first();
    start();
    start_job("2");
    stage.world().wait_until("both were asked, one reacted",
                             [&] { return who_reacted().size() == 1 && reaction_calls() == 2; });
    EXPECT_THAT(stage.press("Pause").text, HasSubstr("Paused"));
    EXPECT_THAT(stage.wait_bot("State: paused").text, HasSubstr("working 1"));
  }

  /// After the next start: what was under way was read back, and waits for the end of the pause.
  void held_until_resumed() {
    start();
    stage.wait_bot("Job 1 is still paused after the restart");
    stage.wait_bot("queued 1");
    const auto calls = reaction_calls();
    // Another job goes on meanwhile: nothing but the pause holds the first one.
    const auto held = message;
    write_message();
    start_job("1");
    EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("Job 2 "));
    EXPECT_EQ(reaction_calls(), calls + 1);
    message = held;
    EXPECT_THAT(who_reacted(), SizeIs(1));
    EXPECT_THAT(stage.press("Resume").text, HasSubstr("goes on"));
    // On a slow machine the lost call was taken for a wait of TDLib's, which holds a minute.
    EXPECT_THAT(stage.wait_bot("State: finished", 90s).text, HasSubstr("done 2"));
    EXPECT_THAT(who_reacted(), SizeIs(2));
    EXPECT_EQ(reaction_calls(), calls + 2);
  }

  /// The keyboard data behind a button of the newest message that has it.
  std::string data_of(const testdc::SeenMessage& shown, std::string_view label) {
    for (const auto& row : shown.keyboard) {
      for (const auto& button : row) {
        if (button.text == label) return button.data;
      }
    }
    return {};
  }

  std::int64_t message = 0;
  std::string link;
};

TEST_F(JobControl, APauseHoldsOverARestartUntilItIsResumed) {
  pause_under_way();
  EXPECT_EQ(stage.stop(), 0);
  held_until_resumed();
}

TEST_F(JobControl, AKillWhilePausedBeginsNothing) {
  pause_under_way();
  stage.kill();
  held_until_resumed();
}

TEST_F(JobControl, ARetryDoesOnlyWhatFailedAndAnOldButtonNothing) {
  stage.add_accounts(3);
  write_message();
  refuse(1);
  start();
  start_job("3");
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("done 2 · failed 1"));
  const auto retry = data_of(card, "Retry failed (1)");
  EXPECT_EQ(stage.stop(), 0);
  start();  // the button is as good after a restart
  EXPECT_THAT(stage.world().press_data(stage.town().admin, "panel_test_bot", card.id, retry).text,
              HasSubstr("tried again"));
  stage.world().wait_until("all three reacted", [&] { return who_reacted().size() == 3; });
  const auto done = stage.world().wait_message(
      "panel_test_bot", stage.town().admin,
      [](const testdc::SeenMessage& shown) {
        return shown.text.find("done 3") != std::string::npos &&
               shown.text.find("State: finished") != std::string::npos;
      },
      "the card of the job that was tried again");
  EXPECT_EQ(done.id, card.id) << "the same card goes on";
  EXPECT_THAT(done.text, HasSubstr("What failed was tried again: 1×"));
  EXPECT_EQ(reaction_calls(), 4U);
  EXPECT_THAT(stage.world().press_data(stage.town().admin, "panel_test_bot", card.id, retry).text,
              HasSubstr("tried again already"));
  EXPECT_EQ(reaction_calls(), 4U);
}

TEST_F(JobControl, AWaitIsSaidOnTheCardAndInTheNextPreview) {
  stage.add_accounts(2);
  write_message();
  stage.world().fault({{"method", "messages.sendReaction"},
                       {"user_id", stage.town().accounts[0]},
                       {"times", 1},
                       {"code", 420},
                       {"text", "FLOOD_WAIT_3600"}});
  start();
  start_job("2");
  const auto card = stage.wait_bot("may act again at");
  EXPECT_THAT(card.text, HasSubstr("Alice"));
  EXPECT_THAT(card.text, HasSubstr(" left\n"));
  write_message();
  open_bulk();
  stage.say("2");
  const auto preview = give_link();
  EXPECT_THAT(preview.text, HasSubstr("Telegram lets these act only later"));
  EXPECT_THAT(preview.text, HasSubstr("may act again at"));
}

TEST_F(JobControl, ResultsComeAsAFile) {
  stage.add_accounts(3);
  write_message();
  refuse(1);
  start();
  start_job("3");
  stage.wait_bot("State: finished");
  EXPECT_THAT(stage.press("Results as a file").text, HasSubstr("on its way"));
  const auto sent = stage.world().wait_message(
      "panel_test_bot", stage.town().admin,
      [](const testdc::SeenMessage& shown) { return shown.media == "document"; }, "a file");
  const auto file = stage.world().document("panel_test_bot", sent.id, stage.town().admin);
  EXPECT_EQ(file.name, "job-1-results.csv");
  EXPECT_THAT(file.content, HasSubstr("Account,Result,Reason"));
  EXPECT_THAT(file.content, HasSubstr("Alice,done,"));
  EXPECT_THAT(file.content, HasSubstr("Bob,failed,"));
  EXPECT_THAT(file.content, Not(HasSubstr("Bob,failed,,"))) << "with the reason";
  EXPECT_THAT(file.content, HasSubstr("Carol,done,"));
}

TEST_F(JobControl, AccountsOfALabelAct) {
  stage.add_accounts(3);
  write_message();
  start();
  for (const std::string_view name : {"1. \u2068Alice\u2069", "3. \u2068Carol\u2069"}) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kAccountManagement);
    stage.press(words::kListAccounts);
    stage.press(name);
    stage.press("Labels");
    stage.wait_bot(name.substr(name.find(' ') + 1));
    stage.press("Add label");
    stage.wait_bot("at most 32 characters");
    stage.say("night shift");
    stage.wait_bot("Added the label: night shift");
  }
  open_bulk();
  stage.press("By label");
  stage.wait_bot("Accounts with which label");
  stage.say("nobody has this");
  stage.wait_bot("Choose one of the labels below");
  stage.press("night shift (2)");
  const auto preview = give_link();
  EXPECT_THAT(preview.text, HasSubstr("Alice"));
  EXPECT_THAT(preview.text, Not(HasSubstr("Bob")));
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2"));
  EXPECT_THAT(who_reacted(),
              UnorderedElementsAre(stage.town().accounts[0], stage.town().accounts[2]));
}

TEST_F(JobControl, AnotherAdminSeesAndControlsWhatOneStarted) {
  const auto second = stage.world().add_user("15550009001", "Erin", "erin");
  stage.world().start_bot(second, "panel_test_bot");
  stage.environment()["ADMIN_ID"] = fmt::format("{},{}", stage.town().admin, second);
  support::AdminChat erin(stage.world(), second, stage.town().bot);
  stage.add_accounts(2);
  write_message();
  lose_first();
  start();
  start_job("2");
  stage.wait_bot("working 1");
  erin.say("/start");
  erin.wait(words::kMainMenu);
  erin.press(words::kBulk);
  erin.press("Recent jobs (1)");
  EXPECT_THAT(erin.wait("Press a job").text, HasSubstr("running"));
  erin.press("Job 1");
  const auto card = erin.wait("State: running");
  EXPECT_THAT(card.text, HasSubstr(fmt::format("Started by admin {}", stage.town().admin)));
  erin.press("Pause");
  erin.wait("State: paused");
  stage.wait_bot("State: paused");  // whoever started it sees it at once
  EXPECT_THAT(stage.press("Resume").text, HasSubstr("goes on"));
  erin.wait("State: running");
}

}  // namespace
}  // namespace e2e
