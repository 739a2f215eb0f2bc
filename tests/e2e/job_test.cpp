// Bulk → Reaction: preview, progress, cancel, results, restarts.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <fmt/format.h>
#include <signal.h>

namespace e2e {
namespace {

using testdc::Json;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAreArray;
namespace words = support::words;

class Job : public Test {
 protected:
  /// The message that is reacted to.
  void write_message() {
    message = stage.world().write(stage.town().writer, "Market", "Please react to this");
    link = fmt::format("https://t.me/market/{}", message);
  }

  /// Walks to the preview.
  void preview(std::string_view count) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.press(words::kReaction);
    stage.say(count);
    stage.wait_bot("link of the message");
    stage.say(link);
    stage.wait_bot("Choose the reaction");
    stage.press("🔥");
    stage.wait_bot("Please react to this");
  }

  std::vector<std::int64_t> who_reacted(const std::string& emoji = "🔥") {
    for (const auto& seen : stage.world().messages("Market")) {
      if (seen.id == message && seen.reactions.contains(emoji)) {
        return seen.reactions[emoji].get<std::vector<std::int64_t>>();
      }
    }
    return {};
  }

  int reaction_calls() {
    return static_cast<int>(stage.world().calls("messages.sendReaction").size());
  }

  std::int64_t message = 0;
  std::string link;
};

TEST_F(Job, ThreeAccountsReactAndTheCardSaysWhatEachDid) {
  stage.add_accounts(3);
  write_message();
  start();
  preview("3");
  stage.press(words::kStartJob);
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("done 3"));
  EXPECT_THAT(who_reacted(), UnorderedElementsAreArray(stage.town().accounts));
  for (const auto& person : support::kPeople) EXPECT_THAT(card.text, HasSubstr(person.name));
  EXPECT_EQ(reaction_calls(), 3);
}

// TDLib refuses a reaction by itself, without a call, until it has learnt which the chat allows.
TEST_F(Job, AReactionWaitsUntilTdlibKnowsWhatTheChatAllows) {
  stage.add_accounts(2);
  write_message();
  stage.world().fault({{"method", "channels.getFullChannel"}, {"times", -1}, {"delay_ms", 1'500}});
  stage.world().fault(
      {{"method", "messages.getAvailableReactions"}, {"times", -1}, {"delay_ms", 1'500}});
  start();
  preview("2");
  stage.press(words::kStartJob);
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("done 2"));
  EXPECT_THAT(who_reacted(), SizeIs(2));
}

TEST_F(Job, AFailureIsSaidInPlainWordsAndTheOthersGoOn) {
  stage.add_accounts(3);
  write_message();
  stage.world().fault({{"method", "messages.sendReaction"},
                       {"user_id", stage.town().accounts[1]},
                       {"times", 1},
                       {"code", 400},
                       {"text", "USER_BANNED_IN_CHANNEL"}});
  start();
  preview("3");
  stage.press(words::kStartJob);
  stage.world().wait_until("two reactions", [&] { return who_reacted().size() == 2; });
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("failed 1"));
  EXPECT_THAT(card.text, HasSubstr("Bob"));
  EXPECT_THAT(card.text, Not(HasSubstr("USER_BANNED_IN_CHANNEL")));
}

TEST_F(Job, CancelSkipsWhatIsNotDoneYet) {
  stage.add_accounts(3);
  write_message();
  // A long wait of one account holds the job open, whatever the speed of this machine.
  stage.world().fault({{"method", "messages.sendReaction"},
                       {"user_id", stage.town().accounts[0]},
                       {"times", 1},
                       {"code", 420},
                       {"text", "FLOOD_WAIT_3600"}});
  start();
  preview("3");
  stage.press(words::kStartJob);
  stage.wait_bot("done 2 · waiting 1");
  stage.press(words::kCancel);
  const auto card = stage.wait_bot("State: cancelled");
  EXPECT_THAT(card.text, HasSubstr("done 2 · skipped 1"));
  EXPECT_THAT(who_reacted(), SizeIs(2));
  EXPECT_EQ(reaction_calls(), 3);
}

TEST_F(Job, AKillInTheMiddleLosesNothingAndRepeatsNothing) {
  stage.add_accounts(3);
  write_message();
  stage.environment()["TGPANEL_CRASH_AT"] = "job.handed:2";
  start();
  preview("3");
  stage.press(words::kStartJob);
  EXPECT_EQ(stage.panel().wait(), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  stage.world().wait_until("all reactions", [&] { return who_reacted().size() == 3; });
  stage.wait_bot("done 3");
  EXPECT_THAT(who_reacted(), UnorderedElementsAreArray(stage.town().accounts));
}

TEST_F(Job, JobHistorySurvivesARestart) {
  stage.add_accounts(1);
  write_message();
  start();
  preview("1");
  stage.press(words::kStartJob);
  stage.wait_bot("done 1");
  EXPECT_EQ(stage.stop(), 0);
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kBulk);
  stage.press("Recent jobs (1)");
  const auto list = stage.wait_bot("Press a job");
  EXPECT_THAT(list.text, HasSubstr("🔥 · finished · 1 of 1 done"));
  stage.press("Job 1");
  stage.wait_bot("State: finished");
}

TEST_F(Job, AFloodWaitPutsOnlyThatAccountToSleep) {
  stage.add_accounts(3);
  write_message();
  stage.world().fault({{"method", "messages.sendReaction"},
                       {"user_id", stage.town().accounts[0]},
                       {"times", 1},
                       {"code", 420},
                       {"text", "FLOOD_WAIT_3600"}});
  start();
  preview("3");
  stage.press(words::kStartJob);
  stage.world().wait_until("two reactions", [&] { return who_reacted().size() == 2; });
  stage.wait_bot("waiting 1");
  // Also after a restart nothing is sent inside the wait.
  EXPECT_EQ(stage.stop(), 0);
  const int calls = reaction_calls();
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  EXPECT_EQ(reaction_calls(), calls);
}

TEST_F(Job, AStaleButtonRedrawsAndNeverActs) {
  stage.add_accounts(1);
  write_message();
  start();
  preview("1");
  const auto seen = stage.wait_bot("Please react to this");
  std::string start_data;
  for (const auto& row : seen.keyboard) {
    for (const auto& button : row) {
      if (button.text.find(words::kStartJob) != std::string::npos) start_data = button.data;
    }
  }
  ASSERT_FALSE(start_data.empty());
  stage.say("/cancel");
  stage.wait_bot(words::kMainMenu);
  stage.world().press_data(stage.town().admin, "panel_test_bot", seen.id, start_data);
  // And after a restart, when the conversation is long gone.
  EXPECT_EQ(stage.stop(), 0);
  start();
  stage.world().press_data(stage.town().admin, "panel_test_bot", seen.id, start_data);
  EXPECT_EQ(reaction_calls(), 0);
  EXPECT_THAT(who_reacted(), SizeIs(0));
}

TEST_F(Job, EveryPromptRefusesBadInputWithASentenceAndGoesOn) {
  stage.add_accounts(1);
  write_message();
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kBulk);
  stage.press(words::kReaction);
  const std::string long_text(4096, 'x');
  for (const std::string_view bad : std::initializer_list<std::string_view>{
           "0", "99", "many", "😀", "/wrong", std::string_view(long_text)}) {
    stage.say(bad);
  }
  stage.say("1");
  stage.wait_bot("link of the message");
  for (const std::string_view bad : std::initializer_list<std::string_view>{
           "hello", "https://t.me/durov", "https://example.org/1", "😀", "/x",
           std::string_view(long_text)}) {
    stage.say(bad);
  }
  stage.say(link);
  stage.wait_bot("Choose the reaction");
  stage.press("👍");
  stage.wait_bot("Please react to this");
  stage.press(words::kStartJob);
  stage.wait_bot("done 1");
  EXPECT_THAT(who_reacted("👍"), SizeIs(1));
}

}  // namespace
}  // namespace e2e
