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
using testing::UnorderedElementsAre;
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

  int reaction_calls_of(std::int64_t user) {
    return static_cast<int>(stage.world().calls("messages.sendReaction", user).size());
  }

  /// Telegram asks the first account to wait an hour at its next reaction.
  void hold_first_account() {
    stage.world().fault({{"method", "messages.sendReaction"},
                         {"user_id", stage.town().accounts[0]},
                         {"times", 1},
                         {"code", 420},
                         {"text", "FLOOD_WAIT_3600"}});
  }

  std::int64_t message = 0;
  std::string link;
};

// A kill at each instant of an item's way.
class JobKill : public Job, public testing::WithParamInterface<const char*> {};

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
  hold_first_account();
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

TEST_P(JobKill, LosesNothingAndRepeatsNothing) {
  stage.add_accounts(3);
  write_message();
  stage.environment()["TGPANEL_CRASH_AT"] = fmt::format("{}:2", GetParam());
  start();
  preview("3");
  EXPECT_EQ(stage.press_to_crash(words::kStartJob), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  stage.world().wait_until("all reactions", [&] { return who_reacted().size() == 3; });
  stage.wait_bot("done 3");
  EXPECT_THAT(who_reacted(), UnorderedElementsAreArray(stage.town().accounts));
  EXPECT_EQ(reaction_calls(), 3);
}

INSTANTIATE_TEST_SUITE_P(Job, JobKill,
                         testing::Values("job.claimed", "job.handed", "job.performed",
                                         "job.recorded"),
                         [](const auto& point) {
                           const std::string name = point.param;
                           return name.substr(name.find('.') + 1);
                         });

TEST_F(Job, SoManyAccountsAsChosenReactAndTheNextJobGoesOnWithTheOthers) {
  stage.add_accounts(3);
  write_message();
  start();
  preview("2");
  const auto seen = stage.wait_bot("Please react to this");
  for (const std::string_view part : {"Market", "🔥", "Alice", "Bob"}) {
    EXPECT_THAT(seen.text, HasSubstr(std::string(part)));
  }
  EXPECT_EQ(reaction_calls(), 0) << "nothing before it is confirmed";
  stage.press(words::kStartJob);
  stage.wait_bot("done 2");
  EXPECT_THAT(who_reacted(),
              UnorderedElementsAre(stage.town().accounts[0], stage.town().accounts[1]));
  write_message();
  preview("1");
  stage.press(words::kStartJob);
  stage.wait_bot("done 1");
  EXPECT_THAT(who_reacted(), UnorderedElementsAre(stage.town().accounts[2]));
}

TEST_F(Job, TheCardIsEditedAtMostOnceInThreeSecondsHoweverMuchHappens) {
  stage.add_accounts(3);
  write_message();
  hold_first_account();
  start();
  preview("3");
  stage.press(words::kStartJob);
  stage.wait_bot("done 2 · waiting 1");
  for (int i = 0; i < 3; ++i) stage.press("Refresh");
  stage.press(words::kCancel);
  stage.wait_bot("State: cancelled");

  // By the data centre's own record: the card's sending and its edits.
  std::vector<std::int64_t> times;
  for (const char* method : {"messages.sendMessage", "messages.editMessage"}) {
    for (const Json& call : stage.world().calls(method, stage.town().bot)) {
      const auto text = call.at("query").value("message", std::string());
      if (text.starts_with("Job 1 · ")) times.push_back(call.at("time_ms").get<std::int64_t>());
    }
  }
  // A card that is sent late shows its first progress at once.
  ASSERT_GE(times.size(), 2U) << "the card, its end";
  EXPECT_LE(times.size(), 4U) << "ten changes in two edits, three at most";
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_GE(times[i] - times[i - 1], 2'990) << i;
}

TEST_F(Job, SigtermEndsInTimeWhileACallIsUnanswered) {
  stage.add_accounts(2);
  write_message();
  stage.world().fault({{"method", "messages.sendReaction"}, {"times", 1}, {"drop", true}});
  start();
  preview("2");
  stage.press(words::kStartJob);
  stage.world().wait_until("one call, one reaction", [&] { return who_reacted().size() == 1; });
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(stage.stop(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  start();
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("done 2"));
  EXPECT_EQ(reaction_calls(), 3) << "the one that was never handled is repeated";
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
  hold_first_account();
  start();
  preview("3");
  stage.press(words::kStartJob);
  stage.world().wait_until("two reactions", [&] { return who_reacted().size() == 2; });
  stage.wait_bot("waiting 1");
  // Also after a restart nothing is sent inside the wait.
  EXPECT_EQ(stage.stop(), 0);
  const int calls = reaction_calls();
  start();
  stage.wait_bot("waiting 1");  // the card of the job that goes on
  // Nor by another job: its other accounts act, this one waits.
  write_message();
  preview("3");
  stage.press(words::kStartJob);
  stage.wait_bot("done 2 · waiting 1");
  EXPECT_EQ(reaction_calls(), calls + 2);
  EXPECT_EQ(reaction_calls_of(stage.town().accounts[0]), 1);
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
  // The next job is the first one that there is.
  preview("1");
  stage.press(words::kStartJob);
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("Job 1 "));
  EXPECT_EQ(reaction_calls(), 1);
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
