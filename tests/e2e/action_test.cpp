// Vote, join, leave, block and unblock, by several accounts and by one, through the real TDLib.

#include "action_fixture.hpp"

#include <signal.h>

namespace e2e {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class Action : public ActionTest {};

TEST_F(Action, AccountsVoteInAPollByItsRealOptions) {
  stage.add_accounts(3);
  const auto poll = write_poll({});
  start();
  bulk(words::kVote, "3");
  stage.say(link_of(poll));
  const auto question = stage.wait_bot("Tea or coffee?");
  EXPECT_EQ(question.keyboard.at(0).at(0).text, "Tea");
  EXPECT_EQ(question.keyboard.at(2).at(0).text, "Water");
  stage.press("Coffee");
  stage.wait_bot("Vote · Coffee by accounts: 3");
  EXPECT_THAT(world().calls("messages.sendVote"), IsEmpty()) << "nothing before it is confirmed";
  stage.press(words::kStartJob);
  const auto card = stage.wait_bot("State: finished");
  EXPECT_THAT(card.text, HasSubstr("done 3"));
  EXPECT_THAT(card.text, HasSubstr("Vote · Coffee"));
  const auto all = votes(poll);
  EXPECT_THAT(all, SizeIs(3));
  for (const auto& [user, options] : all) EXPECT_THAT(options, ElementsAre(1)) << user;
}

TEST_F(Action, SeveralAnswersWhereThePollAllowsThem) {
  stage.add_accounts(1);
  const auto poll = write_poll({{"multiple_choice", true}});
  start();
  individual(words::kVote);
  stage.say(link_of(poll));
  stage.wait_bot("one answer or several");
  stage.press("Water");
  stage.wait_bot("Tea or coffee?");
  stage.press("Tea");
  stage.wait_bot("Tea or coffee?");
  stage.press("Done");
  stage.wait_bot("Vote · Tea, Water by accounts: 1");
  stage.press(words::kStartJob);
  stage.wait_bot("done 1");
  EXPECT_THAT(votes(poll)[account(0)], ElementsAre(0, 2));
}

TEST_F(Action, AClosedPollAndAnAnsweredQuizAreSaidPlainly) {
  stage.add_accounts(1);
  const auto closed = write_poll({});
  world().close_poll("Market", closed);
  const auto quiz = write_poll({{"quiz", true}, {"correct", 1}});
  world().vote(account(0), "Market", quiz, {0});
  start();
  bulk(words::kVote, "1");
  stage.say(link_of(closed));
  EXPECT_THAT(stage.wait_bot("That poll is closed").text, HasSubstr("Send the link"));
  stage.say(link_of(world().write(stage.town().writer, "Market", "no poll")));
  EXPECT_THAT(stage.wait_bot("That message is no poll").text, HasSubstr("Send the link"));
  stage.say(link_of(quiz));
  stage.wait_bot("This is a quiz");
  stage.press("Coffee");
  stage.wait_bot("answered that quiz already");
  EXPECT_THAT(world().calls("messages.sendVote"), IsEmpty());
}

TEST_F(Action, AKillBetweenVoteAndRecordRepeatsNothing) {
  stage.add_accounts(2);
  const auto poll = write_poll({});
  stage.environment()["TGPANEL_CRASH_AT"] = "job.performed:1";
  start();
  bulk(words::kVote, "2");
  stage.say(link_of(poll));
  stage.wait_bot("Tea or coffee?");
  stage.press("Tea");
  stage.wait_bot("by accounts: 2");
  EXPECT_EQ(stage.press_to_crash(words::kStartJob), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  stage.wait_bot("done 2");
  EXPECT_THAT(votes(poll), SizeIs(2));
  EXPECT_THAT(world().calls("messages.sendVote"), SizeIs(2));
}

struct Deed {
  const char* action;
  const char* target;
  const char* method;  // the call that does it
};

// What was done when the panel died is read back, and not done again.
class ActionKill : public Action, public testing::WithParamInterface<Deed> {};

TEST_P(ActionKill, RepeatsNothingThatTelegramHas) {
  stage.add_accounts(2);
  world().add_chat("supergroup", "Harbour", "harbour", {stage.town().writer});
  for (const auto index : {0U, 1U}) {
    world().join(account(index), "Market");
    world().block(account(index), stage.town().stranger);
  }
  stage.environment()["TGPANEL_CRASH_AT"] = "job.performed:1";
  start();
  bulk(GetParam().action, "2");
  stage.say(GetParam().target);
  stage.wait_bot("by accounts: 2");
  EXPECT_EQ(stage.press_to_crash(words::kStartJob), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  stage.wait_bot("done 2");
  for (const auto index : {0U, 1U}) {
    EXPECT_THAT(world().calls(GetParam().method, account(index)), SizeIs(1)) << index;
  }
}

INSTANTIATE_TEST_SUITE_P(Action, ActionKill,
                         testing::Values(Deed{"Join", "@harbour", "channels.joinChannel"},
                                         Deed{"Leave", "@market", "channels.leaveChannel"},
                                         Deed{"Block", "@walter", "contacts.block"},
                                         Deed{"Unblock", "@mallory", "contacts.unblock"}),
                         [](const auto& deed) { return std::string(deed.param.action); });

TEST_F(Action, AccountsJoinAndLeaveAPublicChat) {
  stage.add_accounts(3);
  world().add_chat("supergroup", "Harbour", "harbour", {stage.town().writer, account(1)});
  start();
  bulk(words::kJoin, "2");
  stage.say("@harbour");
  const auto seen = stage.wait_bot("Join · @harbour by accounts: 2");
  EXPECT_THAT(seen.text, HasSubstr("Harbour"));
  EXPECT_THAT(seen.text, HasSubstr("Bob: It is a member already.")) << "named and replaced";
  EXPECT_THAT(seen.text, HasSubstr("Carol"));
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2"));
  EXPECT_THAT(world().members("Harbour"), IsSupersetOf({account(0), account(1), account(2)}));

  bulk(words::kJoin, "1");
  stage.say("t.me/harbour");
  EXPECT_THAT(stage.wait_bot("a member already").text, HasSubstr("Send the @name"));

  bulk(words::kLeave, "3");
  EXPECT_THAT(run("https://t.me/harbour/1", "Leave · ").text, HasSubstr("done 3"));
  EXPECT_THAT(world().members("Harbour"), ElementsAre(stage.town().writer));
}

TEST_F(Action, AnInvitationIsTakenAndLeftAgain) {
  stage.add_accounts(1);
  world().add_chat("channel", "Inner circle", "", {stage.town().writer});
  const auto hash = world().set_chat("Inner circle", {{"invite_hash", "AbCdEf9"}});
  start();
  individual(words::kJoin);
  stage.say("https://t.me/+" + hash);
  EXPECT_THAT(stage.wait_bot("by accounts: 1").text, HasSubstr("Inner circle"));
  stage.press(words::kStartJob);
  stage.wait_bot("done 1");
  EXPECT_THAT(world().members("Inner circle"),
              UnorderedElementsAre(stage.town().writer, account(0)));
  individual(words::kLeave);
  EXPECT_THAT(run("https://t.me/joinchat/" + hash, "Inner circle").text, HasSubstr("done 1"));
  EXPECT_THAT(world().members("Inner circle"), ElementsAre(stage.town().writer));
}

TEST_F(Action, ARequestToJoinIsDoneWithANote) {
  stage.add_accounts(2);
  world().add_chat("supergroup", "Gate", "gate", {stage.town().writer});
  world().set_chat("Gate", {{"join_request", true}});
  world().add_chat("supergroup", "Door", "", {stage.town().writer});
  const auto hash =
      world().set_chat("Door", {{"join_by_request", true}, {"invite_hash", "KnockKnock"}});
  start();
  bulk(words::kJoin, "2");
  const auto card = run("@gate", "approve each request");
  EXPECT_THAT(card.text, HasSubstr("done 2"));
  EXPECT_THAT(card.text, HasSubstr("asked to join; an administrator has to approve"));
  EXPECT_THAT(world().join_requests("Gate"), UnorderedElementsAre(account(0), account(1)));
  individual(words::kJoin);
  EXPECT_THAT(run("https://t.me/+" + hash, "approve each request").text,
              HasSubstr("asked to join"));
  EXPECT_THAT(world().join_requests("Door"), ElementsAre(account(0)));
  world().answer_join_request("Door", account(0));
  EXPECT_THAT(world().members("Door"), UnorderedElementsAre(stage.town().writer, account(0)));
}

TEST_F(Action, WrongTargetsAreRefusedAtOnceWithAReason) {
  stage.add_accounts(1);
  start();
  bulk(words::kJoin, "1");
  const std::vector<std::pair<std::string, std::string>> chats{
      {"harbour", "a name begins with @"},
      {"https://t.me/c/1234567890/5", "joined by its invite link"},
      {"-1001234567890", "joined by its invite link"},
      {"https://t.me/addstickers/Cats", "a sticker set"},
      {"https://example.com/x", "does not lead to Telegram"},
      {"/wrong", "a name begins with @"},
      {std::string(4096, 'x'), "too long"},
      {"😀", "a name begins with @"}};
  for (const auto& [bad, reason] : chats) {
    stage.say(bad);
    EXPECT_THAT(stage.wait_bot(reason).text, HasSubstr("for example @")) << bad;
  }
  stage.say("@nobody_has_this");
  stage.wait_bot("Nobody has the name");
  stage.say("https://t.me/+NotThere");
  stage.wait_bot("not valid any more");
  stage.say("@walter");
  stage.wait_bot("not a group or channel");
  EXPECT_THAT(world().calls("channels.joinChannel"), IsEmpty());
  EXPECT_THAT(world().calls("messages.importChatInvite"), IsEmpty());
}

TEST_F(Action, PeopleAreBlockedAndUnblocked) {
  stage.add_accounts(2);
  start();
  bulk(words::kBlock, "2");
  const auto card = run("@walter", "Block · @walter by accounts: 2");
  EXPECT_THAT(card.text, HasSubstr("done 2"));
  for (const auto index : {0U, 1U}) {
    EXPECT_THAT(world().blocked(account(index)), ElementsAre(stage.town().writer));
  }
  individual(words::kUnblock);
  EXPECT_THAT(run("https://t.me/walter", "Unblock · ").text, HasSubstr("done 1"));
  EXPECT_THAT(world().blocked(account(0)), IsEmpty());
  EXPECT_THAT(world().blocked(account(1)), ElementsAre(stage.town().writer));
  // By the id, which the account has met in the group.
  individual(words::kBlock);
  EXPECT_THAT(run(std::to_string(stage.town().writer), "Walter").text, HasSubstr("done 1"));
  EXPECT_THAT(world().blocked(account(0)), ElementsAre(stage.town().writer));
  individual(words::kBlock);
  stage.say("123456789");
  stage.wait_bot("has not met the person");
  stage.say("@market");
  stage.wait_bot("not a person");
}

// TDLib says ok before Telegram has answered, and sleeps through what Telegram asks it to wait.
TEST_F(Action, ABlockIsCalledDoneOnlyWhenTelegramHasIt) {
  stage.add_accounts(1);
  world().fault(
      {{"method", "contacts.block"}, {"times", 1}, {"code", 420}, {"text", "FLOOD_WAIT_4"}});
  start();
  individual(words::kBlock);
  stage.say("@walter");
  stage.wait_bot("by accounts: 1");
  stage.press(words::kStartJob);
  stage.wait_bot("State: finished");
  EXPECT_THAT(world().calls("contacts.block"), SizeIs(2));
  EXPECT_THAT(world().blocked(account(0)), ElementsAre(stage.town().writer));
}

TEST_F(Action, PickedAccountsActAndNoOthers) {
  stage.add_accounts(3);
  world().add_chat("supergroup", "Harbour", "harbour", {stage.town().writer});
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kBulk);
  stage.press(words::kJoin);
  stage.press("Pick accounts");
  stage.wait_bot("Picked: 0");
  stage.press("1. \u2068Alice\u2069");
  stage.wait_bot("Picked: 1");
  stage.say("3");
  stage.wait_bot("Picked: 2");
  stage.press("Go on with 2");
  stage.wait_bot("Send the @name");
  EXPECT_THAT(run("@harbour", "by accounts: 2").text, HasSubstr("done 2"));
  EXPECT_THAT(world().members("Harbour"),
              UnorderedElementsAre(stage.town().writer, account(0), account(2)));
}

}  // namespace
}  // namespace e2e
