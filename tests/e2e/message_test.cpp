// Bulk → Message: at most once, and the limits that protect people.

#include "message_fixture.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <string>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

class Messages : public MessageTest {};

TEST_F(Messages, ThreeAccountsWriteToAPersonAndEachMessageArrivesOnce) {
  stage.add_accounts(3);
  start();
  preview("3", "https://t.me/walter", "/ help me, please");
  const auto seen = stage.wait_bot("This takes about");
  EXPECT_THAT(seen.text, HasSubstr("Walter"));
  EXPECT_THAT(seen.text, HasSubstr("at most 3 messages in 24 hours"));
  EXPECT_THAT(seen.text, HasSubstr("3 are left for this one"));
  EXPECT_THAT(seen.text, HasSubstr("at most 20 such people"));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(sends_of(i), 0U) << "nothing before the start";
  stage.press(words::kStartJob);
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("done 3"));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(received(stage.town().writer, i, "/ help me, please"), 1U) << i;
    EXPECT_EQ(sends_of(i), 1U) << i;
  }
}

TEST_F(Messages, ThreeUnsolicitedMessagesADayToOnePersonAndWhoWroteFirstIsAnswered) {
  stage.add_accounts(3);
  start();
  EXPECT_THAT(run_job("3", "@walter", "first").text, HasSubstr("done 3"));
  stage.world().write(stage.town().writer, std::to_string(stage.town().accounts[1]), "hello Bob");
  EXPECT_EQ(stage.stop(), 0);
  start();  // the count outlives the run
  const auto card = run_job("3", "@walter", "second");
  EXPECT_THAT(card.text, HasSubstr("done 1 · failed 2"));
  EXPECT_THAT(card.text, HasSubstr("and the limit is 3"));
  EXPECT_EQ(received(stage.town().writer, 0, "second"), 0U);
  EXPECT_EQ(received(stage.town().writer, 1, "second"), 1U);
  EXPECT_EQ(received(stage.town().writer, 2, "second"), 0U);
  EXPECT_EQ(sends_of(0) + sends_of(2), 2U) << "Telegram was not asked";
}

TEST_F(Messages, NobodyWritesToWhoIsOnTheListNotEvenAfterARestart) {
  stage.add_accounts(1);
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  open_bulk();
  stage.press("Do not contact");
  stage.wait_bot("No account writes to the people on this list");
  stage.press("Add somebody");
  stage.wait_bot("Who must not be written to?");
  for (const std::string_view bad : std::initializer_list<std::string_view>{
           "https://t.me/walter/5", "two words", "😀", "/x", "@market"}) {
    stage.say(bad);
    stage.wait_bot("⚠");
  }
  stage.say("@Walter");
  stage.wait_bot("On the list now");
  EXPECT_EQ(stage.stop(), 0);
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  open_bulk();
  stage.press("Message");
  stage.wait_bot("How many accounts");
  stage.say("1");
  stage.wait_bot("Who is written to?");
  stage.say("@walter");
  stage.wait_bot("Send the text of the message");
  stage.say("hello");
  stage.wait_bot("do-not-contact list");
  EXPECT_EQ(sends_of(0), 0U);

  stage.say("/cancel");
  stage.wait_bot(words::kMainMenu);
  open_bulk();
  stage.press("Do not contact");
  stage.wait_bot("No account writes to the people on this list");
  stage.press("✕ \u2068Walter\u2069 · @walter");
  stage.wait_bot("May this person be written to again?");
  stage.press("Yes, remove");
  stage.wait_bot("Off the list");
  EXPECT_THAT(run_job("1", "@walter", "hello").text, HasSubstr("done 1"));
}

TEST_F(Messages, PeerFloodStopsThatAccountAndTheOthersGoOn) {
  stage.add_accounts(3);
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press("Settings");
  stage.wait_bot("A change holds at once");
  stage.press("Stop after PEER_FLOOD: 24 h");
  stage.wait_bot("Allowed: 1 to 720");
  stage.press("48 h");
  stage.wait_bot("Saved. Stop after PEER_FLOOD: 48 h");
  peer_flood(0);
  preview("3", "@walter", "hello");
  stage.press(words::kStartJob);
  const auto warning =
      stage.wait_bot("\u2068Alice\u2069: Telegram calls its messages to strangers unwanted");
  EXPECT_THAT(warning.text, HasSubstr("unasked for 48 h"));
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("done 2 · failed 1"));
  // To nobody else either, nor after a restart.
  EXPECT_EQ(stage.stop(), 0);
  start();
  preview("3", "@mallory", "hello");
  const auto limited = stage.wait_bot("This takes about").text;
  EXPECT_THAT(limited, HasSubstr("Alice: Telegram has limited"));
  EXPECT_THAT(limited, HasSubstr("for another 48 h"));
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2 · failed 1"));
  EXPECT_EQ(sends_of(0), 1U);

  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  open_bulk();
  stage.press("Do not contact");
  stage.wait_bot("No account writes to the people on this list");
  stage.press("Stopped accounts (1)");
  const auto list = stage.wait_bot("ends by itself in");
  stage.press(list.keyboard.front().front().text);
  stage.wait_bot("Let this account write to people");
  stage.press("Yes, let it write");
  stage.wait_bot("The account may write again");
  EXPECT_THAT(run_job("3", "@dana", "hello").text, HasSubstr("done 3"));
  EXPECT_EQ(sends_of(0), 2U);
}

TEST_F(Messages, ARefusalIsSaidInPlainWordsAndIsNotCounted) {
  stage.add_accounts(3);
  for (const auto account : stage.town().accounts) {
    stage.world().fault({{"method", "messages.sendMessage"},
                         {"user_id", account},
                         {"times", 1},
                         {"code", 403},
                         {"text", "USER_PRIVACY_RESTRICTED"}});
  }
  start();
  const auto card = run_job("3", "@walter", "hello");
  EXPECT_THAT(card.text, HasSubstr("failed 3"));
  EXPECT_THAT(card.text, HasSubstr("privacy settings"));
  EXPECT_THAT(card.text, Not(HasSubstr("USER_PRIVACY_RESTRICTED")));
  EXPECT_THAT(run_job("3", "@walter", "hello").text, HasSubstr("done 3"));
}

TEST_F(Messages, AnAnswerThatIsLostIsLookedForAndNothingIsSentAgain) {
  stage.add_accounts(2);
  stage.environment()["TGPANEL_PACE_SCALE"] = "20";
  // What Bob sends is never handled and never answered.
  stage.world().fault({{"method", "messages.sendMessage"},
                       {"user_id", stage.town().accounts[1]},
                       {"times", -1},
                       {"drop", true}});
  start();
  const auto card = run_job("2", "@walter", "hello");
  EXPECT_THAT(card.text, HasSubstr("done 1 · not known 1"));
  EXPECT_THAT(card.text, HasSubstr("It is not known whether this message arrived"));
  EXPECT_EQ(received(stage.town().writer, 0, "hello"), 1U);
  EXPECT_EQ(received(stage.town().writer, 1, "hello"), 0U);
}

// A kill at each instant around the handing over.
struct Kill {
  const char* point;
  const char* outcome;  // of the three accounts
  std::size_t arrived;
};

class MessageKill : public Messages, public testing::WithParamInterface<Kill> {};

TEST_P(MessageKill, NeverTwiceAndTheOutcomeIsDoneOrUnknown) {
  stage.add_accounts(3);
  stage.environment()["TGPANEL_CRASH_AT"] = fmt::format("{}:2", GetParam().point);
  start();
  preview("3", "@walter", "only once");
  EXPECT_EQ(stage.press_to_crash(words::kStartJob), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  const auto card = stage.wait_bot("State: finished", 60s);
  EXPECT_THAT(card.text, HasSubstr(GetParam().outcome));
  std::size_t arrived = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto times = received(stage.town().writer, i, "only once");
    EXPECT_LE(times, 1U) << i;
    arrived += times;
  }
  EXPECT_EQ(arrived, GetParam().arrived);
}

INSTANTIATE_TEST_SUITE_P(Messages, MessageKill,
                         testing::Values(Kill{"job.claimed", "done 3", 3},
                                         Kill{"once.aimed", "done 3", 3},
                                         Kill{"job.handed", "done 2 · not known 1", 2},
                                         Kill{"job.performed", "done 3", 3},
                                         Kill{"job.recorded", "done 3", 3}),
                         [](const auto& kill) {
                           std::string name = kill.param.point;
                           std::ranges::replace(name, '.', '_');
                           return name;
                         });

TEST_F(Messages, TheAuditIsSentAsAFileInTheBot) {
  stage.add_accounts(2);
  peer_flood(1);
  start();
  const auto open = [&] {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kReportStatus);
    stage.wait_bot(words::kReportStatus);
    stage.press("Audit as a file");
  };
  open();
  stage.wait_bot("The audit is empty");
  run_job("2", "@walter", "hello, \"friend\"");
  open();
  const auto sent = stage.world().wait_message(
      std::string(words::kBotName), stage.town().admin,
      [](const testdc::SeenMessage& shown) { return shown.media == "document"; }, "a file");
  const auto file =
      stage.world().document(std::string(words::kBotName), sent.id, stage.town().admin);
  EXPECT_EQ(file.name, "audit.csv");
  EXPECT_EQ(sent.text, "") << "it is the whole audit";
  EXPECT_EQ(std::ranges::count(file.content, '\n'), 3) << "a header and a line for each act";
  const auto all = stage.tgpanel({"audit"});
  EXPECT_EQ(all->wait(), 0);
  for (const std::string_view act :
       {",Alice,message,'@walter,done,", ",Bob,message,'@walter,failed,"}) {
    EXPECT_THAT(file.content, HasSubstr(std::string(act)));
    EXPECT_THAT(all->out(), HasSubstr(std::string(act)));
  }
}

TEST_F(Messages, EveryActIsInTheAuditAndIsReadBesideTheRunningPanel) {
  stage.add_accounts(2);
  peer_flood(1);
  start();
  run_job("2", "@walter", "hello, \"friend\"");
  const auto all = stage.tgpanel({"audit"});
  EXPECT_EQ(all->wait(), 0);
  EXPECT_THAT(all->out(), HasSubstr("time,admin_id,job_id,account_id,account,action,target"));
  EXPECT_THAT(all->out(),
              HasSubstr(fmt::format("Z,{},1,1,Alice,message,'@walter,done,", stage.town().admin)));
  EXPECT_THAT(all->out(),
              HasSubstr(fmt::format("Z,{},1,2,Bob,message,'@walter,failed,", stage.town().admin)));
  const auto later = stage.tgpanel({"audit", "--since", "2999-01-01"});
  EXPECT_EQ(later->wait(), 0);
  EXPECT_THAT(later->out(), Not(HasSubstr("walter")));
  const auto wrong = stage.tgpanel({"audit", "--since", "yesterday"});
  EXPECT_EQ(wrong->wait(), 2);
  EXPECT_THAT(wrong->err(), HasSubstr("--since takes"));
}

}  // namespace
}  // namespace e2e
