// Starting, strangers, menus and what survives a restart.

#include "bot/bot.hpp"

#include "bot_fixture.hpp"
#include "telegram/td_types.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST_F(BotTest, WhatACrashLeftOfWhatWasBeingSentIsRemovedAtTheStart) {
  const auto left = folder / "outgoing" / "qr-500.png";
  std::filesystem::create_directories(left.parent_path());
  std::ofstream(left) << "a login token";
  ASSERT_TRUE(start());
  EXPECT_FALSE(std::filesystem::exists(left));
}

TEST_F(BotTest, StartsAndKnowsItsNameAndChannel) {
  ASSERT_TRUE(start());
  EXPECT_EQ(bot->username(), "panel_bot");
  EXPECT_EQ(bot->channel(), kChannel);
  EXPECT_EQ(telegram.count("createPrivateChat"), 2);
  EXPECT_EQ(telegram.count("sendMessage"), 0);
}

TEST_F(BotTest, AWrongTokenIsAClearErrorWithoutTheToken) {
  options.token = Secret("42:wrong-token");
  const auto started = start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, Errc::configuration);
  EXPECT_THAT(started.error().message, StartsWith("BOT_TOKEN: Telegram refused the bot token."));
  EXPECT_THAT(started.error().message, Not(HasSubstr("wrong-token")));
  EXPECT_EQ(telegram.closed, 1);
}

TEST_F(BotTest, AStoredSessionOfAnotherBotGivesWayToTheToken) {
  telegram.logged_in = true;
  telegram.me = 7;
  ASSERT_TRUE(start());
  EXPECT_EQ(telegram.count("logOut"), 1);
  EXPECT_EQ(telegram.count("checkAuthenticationBotToken"), 1);
  EXPECT_EQ(telegram.clients, 2);
}

TEST_F(BotTest, AChannelThatTheBotCannotSeeOrPostInIsAClearError) {
  telegram.refused["getChat"] = {400, "Chat not found"};
  const auto unseen = start();
  ASSERT_FALSE(unseen);
  EXPECT_EQ(unseen.error().code, Errc::configuration);
  EXPECT_THAT(unseen.error().message, HasSubstr("cannot see the chat -1001"));
  EXPECT_EQ(telegram.closed, 1);
  bot.reset();

  telegram.refused.clear();
  telegram.channel_status["rights"]["can_post_messages"] = false;
  const auto mute = start();
  ASSERT_FALSE(mute);
  EXPECT_THAT(mute.error().message, HasSubstr("may not post in -1001"));
  bot.reset();
}

TEST_F(BotTest, APublicNameIsLookedUpAndNoneIsNone) {
  options.channel = std::string("alerts");
  ASSERT_TRUE(start());
  EXPECT_EQ(telegram.count("searchPublicChat"), 1);
  EXPECT_EQ(bot->channel(), kChannel);
  stop();
  options.channel = std::monostate{};
  ASSERT_TRUE(start());
  EXPECT_EQ(bot->channel(), 0);
  const auto sent = run(bot->send(monitor::Alert{}));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, Errc::configuration);
}

TEST_F(BotTest, StartShowsTheMenuAndWhatCameMeanwhileIsNotLost) {
  ASSERT_TRUE(start());
  say("/start");
  EXPECT_EQ(telegram.count("sendMessage"), 0) << "not before serve()";
  serve();
  EXPECT_THAT(shown(), StartsWith("Telegram Panel\n"));
}

TEST_F(BotTest, StrangersGetNothing) {
  start_and_serve();
  say("/start");
  const auto requests = telegram.log.size();
  const auto menu = shown_id();
  say("/start", kStranger);
  telegram.say(kStranger, std::nullopt);
  telegram.say(kAdmin, "/start", kChannel);
  telegram.say(kAdmin, "/start", -55);
  telegram.press(kStranger, kAdmin, menu, "Bulk");
  telegram.press_data(kStranger, kChannel, 1, "a:1:ignore");
  telegram.press_data(kStranger, kStranger, 1, "m:m0:00000000:g.m0");
  settle();
  EXPECT_EQ(telegram.log.size(), requests);
  EXPECT_EQ(bot->strangers(), 6U) << "the channel's own posts are nobody's";
}

TEST_F(BotTest, APressIsAnsweredBeforeAnythingElse) {
  start_and_serve();
  say("/start");
  telegram.log.clear();
  press("Monitor Mode");
  ASSERT_GE(telegram.log.size(), 2U);
  EXPECT_EQ(telegram::type_of(telegram.log.front()), "answerCallbackQuery");
  EXPECT_THAT(shown(), StartsWith("Monitor Mode\n"));
}

TEST_F(BotTest, APressThatIsDeliveredTwiceActsOnce) {
  start_and_serve();
  say("/start");
  press("Monitor Mode");
  press("Add keyword");
  press("Cancel");
  const auto answered = telegram.toasts.size();
  telegram.repeat_press();
  settle();
  EXPECT_THAT(shown(), StartsWith("Cancelled."));
  EXPECT_EQ(telegram.toasts.size(), answered);
}

TEST_F(BotTest, EveryScreenIsReachedAndLeft) {
  panel.add_accounts(3);
  panel.keyword_rows = {{1, "buy", {}}};
  panel.ignored_rows = {{2, 555, "Spammer", {}}};
  start_and_serve();
  say("/start");
  const std::string main = shown();
  press("Account Management");
  press("List accounts");
  EXPECT_THAT(shown(), HasSubstr("Account 3"));
  press("‹ Back");
  press("‹ Back");
  press("Bulk");
  press("Recent jobs");
  EXPECT_THAT(shown(), HasSubstr("There was no job yet."));
  press("‹ Back");
  press("‹ Back");
  press("Report Status");
  EXPECT_THAT(shown(), HasSubstr("active: 3"));
  press("Refresh");
  press("‹ Back");
  EXPECT_EQ(shown(), main);
  EXPECT_EQ(telegram.count("sendMessage"), 1) << "one message, edited";
}

TEST_F(BotTest, TheListOfJobsOpensTheCardOfOneThatWentOnMeanwhile) {
  jobs::Job job;
  job.id = 1;
  job.items.resize(2);
  panel.job_rows[job.id] = job;
  start_and_serve();
  say("/start");
  press("Bulk");
  press("Recent jobs (1)");
  EXPECT_THAT(shown(), HasSubstr("0 of 2 done"));
  panel.job_rows[job.id].items[0].state = jobs::ItemState::done;
  press("Job 1");
  EXPECT_THAT(shown(), HasSubstr("State: running"));
}

TEST_F(BotTest, KeywordsAreRemovedOnceAndOldButtonsRedraw) {
  panel.keyword_rows = {{1, "buy", {}}, {2, "sell", {}}};
  start_and_serve();
  say("/start");
  press("Monitor Mode");
  press("List keywords");
  press("✕ buy");
  const auto* confirm = telegram.find(kAdmin, shown_id());
  const Json old = confirm->markup;
  press("Yes, remove");
  ASSERT_EQ(panel.keyword_rows.size(), 1U);
  EXPECT_THAT(shown(), StartsWith("Removed the keyword: buy\n\nList keywords"));

  // The old button again, as from a phone that had not yet seen the edit.
  telegram.chats[kAdmin][shown_id()].markup = old;
  press("Yes, remove");
  EXPECT_EQ(panel.keyword_rows.size(), 1U);
  EXPECT_THAT(toast(), HasSubstr("out of date"));
  EXPECT_THAT(shown(), StartsWith("That keyword is not there any more."));
}

TEST_F(BotTest, IgnoredUsersAreHeardAgain) {
  panel.ignored_rows = {{2, 555, "Spammer", {}}};
  start_and_serve();
  say("/start");
  press("Monitor Mode");
  press("Ignored users");
  press("✕ \u2068Spammer\u2069 (555)");
  press("Yes, remove");
  EXPECT_TRUE(panel.ignored_rows.empty());
  EXPECT_THAT(shown(), HasSubstr("Nobody is ignored."));
}

TEST_F(BotTest, MenusWorkAfterARestartAndConversationsDoNot) {
  panel.keyword_rows = {{1, "buy", {}}};
  start_and_serve();
  say("/start");
  press("Monitor Mode");
  const auto menu = telegram.last(kAdmin);
  press("Add keyword");
  const auto prompt = telegram.last(kAdmin);
  stop();
  telegram.chats[kAdmin][menu.id] = menu;
  start_and_serve();
  press("List keywords");
  EXPECT_THAT(shown(), StartsWith("List keywords"));
  telegram.chats[kAdmin][prompt.id] = prompt;
  press("Cancel");
  EXPECT_THAT(toast(), HasSubstr("That conversation has ended"));
  EXPECT_THAT(shown(), StartsWith("Telegram Panel"));
}

TEST_F(BotTest, GarbledDataRedrawsTheMainMenu) {
  start_and_serve();
  say("/start");
  press("Bulk");
  for (const char* data : {"garbage", "", "m:m0:zz", "a:5:ignore", "c:aa:1:x", "\xff\xfe"}) {
    telegram.press_data(kAdmin, kAdmin, shown_id(), data);
    settle();
    EXPECT_THAT(shown(), StartsWith("Telegram Panel")) << data;
    EXPECT_NE(toast(), "");
  }
  EXPECT_TRUE(panel.ignored_rows.empty()) << "an alert's button acts in the channel only";
}

TEST_F(BotTest, TextThatNobodyAskedForIsNoOrder) {
  start_and_serve();
  say("buy");
  EXPECT_THAT(shown(), StartsWith("Nothing was asked"));
  sticker();
  EXPECT_THAT(shown(), StartsWith("Nothing was asked"));
  say("/cancel");
  EXPECT_THAT(shown(), StartsWith("There was nothing to cancel."));
  EXPECT_TRUE(panel.keyword_rows.empty());
}

TEST_F(BotTest, TextsFromBeforeTheStartAreNoOrdersAndSaidOnce) {
  start_and_serve();
  telegram.say(kAdmin, "/start", 0, telegram.server_time - 1);
  telegram.say(kAdmin, "buy", 0, telegram.server_time - 1);
  settle();
  EXPECT_THAT(shown(), StartsWith("The panel was not running when you wrote"));
  EXPECT_EQ(telegram.count("sendMessage"), 1);
  EXPECT_TRUE(telegram.deleted.empty());
}

TEST_F(BotTest, TextsFromBeforeTheStartAreDeletedWhenALoginWasUnfinished) {
  panel.unfinished_login = true;
  start_and_serve();
  telegram.say(kAdmin, std::nullopt, 0, telegram.server_time - 1);
  settle();
  EXPECT_THAT(shown(), StartsWith("The panel was not running when you wrote"));
  EXPECT_TRUE(telegram.deleted.empty());
  telegram.say(kAdmin, "the second factor", 0, telegram.server_time - 1);
  telegram.say(kAdmin, "and again", 0, telegram.server_time - 1);
  settle();
  EXPECT_EQ(telegram.deleted.size(), 2U);
  EXPECT_THAT(shown(), StartsWith("The panel was restarted during a login"));
  EXPECT_EQ(telegram.count("sendMessage"), 2);
}

// The question of before the restart is on show until the admin presses or orders something.
TEST_F(BotTest, AnAnswerToALoginThatTheRestartEndedIsDeleted) {
  panel.unfinished_login = true;
  start_and_serve();
  sticker();
  EXPECT_THAT(shown(), StartsWith("Nothing was asked"));
  say("the second factor");
  EXPECT_EQ(telegram.deleted.size(), 1U);
  EXPECT_THAT(shown(), StartsWith("The panel was restarted during a login"));
  press("Bulk");
  say("hello");
  EXPECT_EQ(telegram.deleted.size(), 1U);
  EXPECT_THAT(shown(), StartsWith("Nothing was asked"));
}

TEST_F(BotTest, WhenTelegramAnswersAgainThePanelIsTold) {
  start_and_serve();
  const auto before = panel.retries;
  const auto connection = [&](const char* state) {
    telegram.update({{"@type", "updateConnectionState"}, {"state", {{"@type", state}}}});
    settle();
  };
  connection("connectionStateConnecting");
  EXPECT_EQ(panel.retries, before);
  connection("connectionStateReady");
  EXPECT_EQ(panel.retries, before + 1);
}

TEST_F(BotTest, AMessageThatIsGoneIsSentAnew) {
  start_and_serve();
  say("/start");
  const auto lost = telegram.last(kAdmin);
  telegram.chats[kAdmin].clear();
  telegram.chats[kAdmin][lost.id + 1] = lost;  // what the press is read from
  telegram.chats[kAdmin][lost.id + 1].id = lost.id + 1;
  telegram.refused["getMessage"] = {404, "Not Found"};
  telegram.refused["editMessageText"] = {400, "Message not found"};
  press("Bulk");
  EXPECT_THAT(shown(), StartsWith("Bulk\n"));
  EXPECT_EQ(telegram.count("sendMessage"), 2);
}

TEST_F(BotTest, RecoveryIsToldToAdminsWhoPressedStart) {
  panel.notes = {Sentence::plain("The login of Ali was completed."),
                 Sentence::plain("A login was removed.")};
  start_and_serve();
  for (const auto admin : {kAdmin, kOther}) {
    EXPECT_EQ(shown(admin),
              "After the restart:\n• The login of Ali was completed.\n• A login was removed.\n");
  }
  panel.notes = {Sentence::plain("A third one took longer.")};
  bot->tell_recovery_notes();
  settle();
  EXPECT_EQ(shown(), "After the restart:\n• A third one took longer.\n");
  bot->tell_recovery_notes();
  settle();
  EXPECT_TRUE(panel.notes.empty());
  stop();
  telegram.chats.clear();
  telegram.refused["createPrivateChat"] = {400, "Chat not found"};
  panel.notes = {Sentence::plain("Another.")};
  start_and_serve();
  EXPECT_TRUE(telegram.chats.empty());
}

TEST_F(BotTest, TheEndOfTheSessionByTelegramIsReported) {
  start_and_serve();
  std::string why;
  bot->on_lost([&](const Error& error) { why = error.message; });
  telegram.update({{"@type", "updateAuthorizationState"},
                   {"authorization_state", {{"@type", "authorizationStateClosed"}}}});
  settle();
  EXPECT_THAT(why, HasSubstr("Check BOT_TOKEN"));
}

}  // namespace
}  // namespace tgpanel::bot
