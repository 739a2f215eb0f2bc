// Keywords and reactions: every step, forwards and backwards, with bad input.

#include "actions/reaction.hpp"
#include "bot_fixture.hpp"

#include <gmock/gmock.h>

namespace tgpanel::bot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class KeywordConversationTest : public BotTest {
 protected:
  void SetUp() override {
    start_and_serve();
    say("/start");
    press("Monitor Mode");
    press("Add keyword");
  }
};

TEST_F(KeywordConversationTest, TakesTheTextAsItIs) {
  say("/buy  now");
  ASSERT_EQ(panel.keyword_rows.size(), 1U);
  EXPECT_EQ(panel.keyword_rows[0].text, "/buy  now");
  EXPECT_THAT(shown(), StartsWith("Added the keyword: \u2068/buy  now\u2069\n\nMonitor Mode"));
  say("something else");
  EXPECT_EQ(panel.keyword_rows.size(), 1U) << "the conversation is over";
  for (const std::string text : {"/help", "/buy@market", "/starter", "/cancelled"}) {
    press("Add keyword");
    say(text);
    EXPECT_EQ(panel.keyword_rows.back().text, text) << "none of the bot's own commands";
  }
}

TEST_F(KeywordConversationTest, BadInputIsExplainedAndTheStepGoesOn) {
  sticker();
  EXPECT_THAT(shown(), HasSubstr("Send the keyword as a text"));
  say(std::string(4096, 'x'));
  EXPECT_THAT(shown(), HasSubstr("The keyword has 4096 characters; at most 200 are possible."));
  say("👍");
  EXPECT_THAT(shown(), HasSubstr("The keyword has no letter and no digit"));
  say("buy 👍");
  EXPECT_EQ(panel.keyword_rows.size(), 1U);
}

TEST_F(KeywordConversationTest, SeveralAtOnceAreAnsweredOneByOne) {
  panel.keyword_rows = {{1, "there", {}}};
  say("buy\n\n there\nthere\n" + std::string(201, 'x') + "\r\n-scam");
  ASSERT_EQ(panel.keyword_rows.size(), 4U);
  EXPECT_THAT(shown(), StartsWith("⚠ Not added: 1\n• "));
  EXPECT_THAT(shown(), HasSubstr("\n    The keyword has 201 characters; at most 200 are possible. "
                                 "Send a shorter one.\n\nAdded: 3\n• "));
  EXPECT_THAT(shown(), HasSubstr("(exclusion for all keywords)"));
  EXPECT_THAT(shown(), HasSubstr("In the list already: 1\n• "));
  EXPECT_THAT(shown(), HasSubstr("\n\nMonitor Mode"));
}

TEST_F(KeywordConversationTest, WhenNoneIsAddedTheStepGoesOn) {
  panel.keyword_rows = {{1, "there", {}}};
  say("there");
  EXPECT_THAT(shown(), HasSubstr("This keyword is in the list already"));
  say("there\nthere");
  EXPECT_THAT(shown(), HasSubstr("In the list already: 2"));
  panel.keyword_error = Error{Errc::storage, "The disk is full."};
  say("buy\nsell");
  EXPECT_THAT(shown(), HasSubstr("The disk is full."));
  panel.keyword_error.reset();
  std::string many;
  for (int i = 0; i < 400; ++i) many += "word" + std::to_string(i) + "\n";
  say(many);
  EXPECT_EQ(panel.keyword_rows.size(), 401U);
  EXPECT_THAT(shown(), HasSubstr("Added: 400"));
  EXPECT_THAT(shown(), HasSubstr("… and 392 more"));
}

TEST_F(KeywordConversationTest, AFileIsTakenLikeLines) {
  panel.keyword_rows = {{1, "there", {}}};
  send_file("\xef\xbb\xbf# ours\r\nbuy\r\nthere\r\n" + std::string(201, 'x') + "\r\n-scam\r\n");
  ASSERT_EQ(panel.keyword_rows.size(), 3U);
  EXPECT_EQ(panel.keyword_rows[1].text, "buy");
  EXPECT_EQ(panel.keyword_rows[2].text, "-scam");
  EXPECT_THAT(shown(), StartsWith("⚠ Not added: 1\n• "));
  EXPECT_THAT(shown(), HasSubstr("\n    The keyword has 201 characters; at most 200 are possible. "
                                 "Send a shorter one.\n\nAdded: 2\n• "));
  EXPECT_THAT(shown(), HasSubstr("In the list already: 1\n• "));
  EXPECT_EQ(telegram.count("deleteFile"), 1) << "no copy is left";
}

TEST_F(KeywordConversationTest, AFileThatIsTooLargeIsNotRead) {
  send_file("buy", 256 * 1024 + 1);
  EXPECT_THAT(shown(), HasSubstr("The file is too large: it has 257 KiB, and at most 256 KiB"));
  EXPECT_EQ(telegram.count("downloadFile"), 0);
  send_file(std::string(256 * 1024 + 1, 'x'), 1);
  EXPECT_THAT(shown(), HasSubstr("could not be read")) << "whatever Telegram says of its size";
  EXPECT_TRUE(panel.keyword_rows.empty());
  send_file(std::string(256 * 1024 - 4, '\n') + "buy\n");
  EXPECT_EQ(panel.keyword_rows.size(), 1U);
}

TEST_F(KeywordConversationTest, AFileWithoutKeywordsIsRefusedAndTheStepGoesOn) {
  send_file("good\nb\xff\n");
  EXPECT_THAT(shown(), HasSubstr("Line 2 is no UTF-8 text, so nothing was imported."));
  send_file(std::string("\x89PNG\0", 5));
  EXPECT_THAT(shown(), HasSubstr("Line 1 is no UTF-8 text"));
  send_file("# only a comment\n\n  \n");
  EXPECT_THAT(shown(), HasSubstr("There is no keyword in the file."));
  telegram.refused["downloadFile"] = {400, "FILE_REFERENCE_EXPIRED"};
  send_file("buy");
  EXPECT_THAT(shown(), HasSubstr("The file could not be read from Telegram."));
  EXPECT_TRUE(panel.keyword_rows.empty());
  telegram.refused.clear();
  send_file("buy");
  EXPECT_EQ(panel.keyword_rows.size(), 1U);
}

TEST_F(KeywordConversationTest, TheListIsExportedOnlyWhenThereIsOne) {
  say("/cancel");
  press("Monitor Mode");
  press("List keywords");
  press("Export as a file");
  EXPECT_EQ(toast(), "There is no keyword to export.");
  const auto sent = telegram.count("sendMessage");
  panel.keyword_rows = {{1, "buy", {}}};
  say("/start");
  press("Monitor Mode");
  press("List keywords");
  const auto before = telegram.count("sendMessage");
  EXPECT_EQ(before, sent + 1);
  press("Export as a file");
  EXPECT_EQ(toast(), "The file is on its way.");
  EXPECT_EQ(telegram.count("sendMessage"), before + 1);
}

class IgnoreConversationTest : public BotTest {
 protected:
  void SetUp() override {
    start_and_serve();
    say("/start");
    press("Monitor Mode");
    press("Ignored users");
    press("Ignore somebody");
  }
};

TEST_F(IgnoreConversationTest, TakesANameAndReturnsToTheList) {
  for (const std::string& bad :
       {std::string("nobody"), std::string("👍"), std::string("/help"), std::string(4096, 'x')}) {
    say(bad);
    EXPECT_THAT(shown(), HasSubstr("That names nobody."));
  }
  sticker();
  EXPECT_THAT(shown(), HasSubstr("Send a @name, an id or a link as a text"));
  EXPECT_TRUE(panel.ignored_rows.empty());
  say("@spam");
  ASSERT_EQ(panel.ignored_rows.size(), 1U);
  EXPECT_THAT(shown(), StartsWith("Ignored from now on: "));
  EXPECT_THAT(shown(), HasSubstr("(4711)"));
  EXPECT_THAT(shown(), HasSubstr("Ignored users"));
}

TEST_F(IgnoreConversationTest, BackReturnsToTheList) {
  press("‹ Back");
  EXPECT_THAT(shown(), StartsWith("Ignored users"));
}

TEST_F(KeywordConversationTest, BackCancelAndCommandsLeave) {
  press("‹ Back");
  EXPECT_THAT(shown(), StartsWith("Monitor Mode"));
  press("Add keyword");
  press("Cancel");
  EXPECT_THAT(shown(), StartsWith("Cancelled.\n\nTelegram Panel"));
  for (const char* command : {"/cancel", "/start", "/start payload", "/start@panel_bot"}) {
    say("/start");
    press("Monitor Mode");
    press("Add keyword");
    say(command);
    EXPECT_THAT(shown(), HasSubstr("Telegram Panel")) << command;
  }
  EXPECT_TRUE(panel.keyword_rows.empty());
}

TEST_F(KeywordConversationTest, MenusAboveDoNotActMeanwhile) {
  const auto prompt = telegram.last(kAdmin);
  telegram.press_data(kAdmin, kAdmin, prompt.id, "m:m0:00000000:g.b0");
  settle();
  EXPECT_EQ(toast(), "First finish or cancel what is open.");
  EXPECT_EQ(shown(), FakeTelegram::draw(prompt));
  say("buy");
  EXPECT_EQ(panel.keyword_rows.size(), 1U);
}

TEST_F(KeywordConversationTest, TwoAdminsDoNotMixTheirWishes) {
  say("/start", kOther);
  press("Monitor Mode", kOther);
  press("Add keyword", kOther);
  press("Cancel");
  say("of the other", kOther);
  ASSERT_EQ(panel.keyword_rows.size(), 1U);
  EXPECT_EQ(panel.keyword_rows[0].text, "of the other");
}

class ReactionConversationTest : public BotTest {
 protected:
  void SetUp() override {
    panel.add_accounts(150);
    start_and_serve();
    say("/start");
    press("Bulk");
    press("Reaction");
  }
};

TEST_F(ReactionConversationTest, GoesFromCountToCard) {
  EXPECT_EQ(shown(),
            "Bulk › Reaction\n\n"
            "How many accounts shall act? 150 can act now. Choose, or send a number.\n"
            "[1][2][3][5]\n[10][20][50][100]\n[All (150)][Pick accounts]\n[‹ Back][Cancel]\n");
  press("2");
  say("https://t.me/news/5");
  EXPECT_THAT(shown(), HasSubstr("Choose the reaction."));
  press("🔥");
  EXPECT_EQ(shown(),
            "Bulk › Reaction\n\nReaction 🔥 by accounts: 2\nNews\nHello\nhttps://t.me/news/5\n\n"
            "• \u2068Account 1\u2069\n• \u2068Account 2\u2069\n\n"
            "Left out:\n• Dora: login needed\n\nThis takes about 1 min.\n"
            "[Start]\n[‹ Back][Cancel]\n");
  press("Start");
  ASSERT_EQ(panel.job_rows.size(), 1U);
  const auto& job = panel.job_rows.begin()->second;
  EXPECT_EQ(job.started_by, kAdmin);
  EXPECT_EQ(std::get<jobs::ReactionSpec>(job.action).emoji, "🔥");
  EXPECT_EQ(job.items.size(), 2U);
  EXPECT_THAT(shown(), HasSubstr("State: running"));
}

TEST_F(ReactionConversationTest, ATypedNumberInAnyDigitsAndATypedReaction) {
  say("۱۲");
  say("https://t.me/news/5");
  say(" 👍 ");
  EXPECT_THAT(shown(), HasSubstr("👍 by accounts: 12"));
}

TEST_F(ReactionConversationTest, BadInputIsExplainedAtEveryStep) {
  const std::string longest(4096, 'x');
  for (const std::string& bad : {std::string("0"), std::string("151"), std::string("-1"),
                                 std::string("/many"), std::string("👍"), longest}) {
    say(bad);
    EXPECT_THAT(shown(), HasSubstr("whole number from 1 to 150")) << bad.substr(0, 10);
  }
  sticker();
  EXPECT_THAT(shown(), HasSubstr("whole number from 1 to 150"));
  say("3");
  for (const std::string& bad : {std::string("hello"), std::string("/link"), longest}) {
    say(bad);
    EXPECT_THAT(shown(), HasSubstr("That is no message link")) << bad.substr(0, 10);
  }
  sticker();
  EXPECT_THAT(shown(), HasSubstr("as a text"));
  say("https://t.me/news/5");
  say("🦄");
  EXPECT_THAT(shown(), HasSubstr("Choose one of the reactions"));
  sticker();
  EXPECT_THAT(shown(), HasSubstr("Choose one of the reactions"));
  press("👍");
  say("go");
  EXPECT_THAT(shown(), HasSubstr("Use the buttons of this step."));
  press("Start");
  EXPECT_EQ(panel.job_rows.size(), 1U);
}

TEST_F(ReactionConversationTest, BackGoesStepByStep) {
  press("3");
  say("https://t.me/news/5");
  press("👍");
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("Choose the reaction."));
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("Send the link"));
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("How many accounts"));
  press("‹ Back");
  EXPECT_THAT(shown(), StartsWith("Bulk\n"));
  EXPECT_TRUE(panel.job_rows.empty());
}

TEST_F(ReactionConversationTest, AMessageThatIsNotFoundAsksForTheLinkAgain) {
  press("3");
  say("https://t.me/news/5");
  panel.preview_error = Error{Errc::not_found, "There is no such message."};
  press("👍");
  EXPECT_THAT(shown(), HasSubstr("⚠ There is no such message.\n\nSend the link"));
  panel.preview_error.reset();
  say("https://t.me/news/6");
  press("👍");
  EXPECT_THAT(shown(), HasSubstr("https://t.me/news/6"));
}

TEST_F(ReactionConversationTest, AButtonOfAnEarlierStepRedrawsAndNeverActs) {
  const auto count = telegram.last(kAdmin);
  press("3");
  say("https://t.me/news/5");
  press("👍");
  const auto confirm = telegram.last(kAdmin);
  telegram.chats[kAdmin][count.id] = count;
  EXPECT_TRUE(telegram.press(kAdmin, kAdmin, count.id, "All (150)"));
  settle();
  EXPECT_THAT(toast(), HasSubstr("out of date"));
  EXPECT_EQ(FakeTelegram::draw(*telegram.find(kAdmin, count.id)), FakeTelegram::draw(confirm));
  press("Start");
  EXPECT_EQ(panel.job_rows.begin()->second.items.size(), 3U);

  telegram.chats[kAdmin][confirm.id] = confirm;
  EXPECT_TRUE(telegram.press(kAdmin, kAdmin, confirm.id, "Start"));
  settle();
  EXPECT_EQ(panel.job_rows.size(), 1U) << "Start acts once";
}

TEST_F(ReactionConversationTest, WhatIsCalledCancelledWhileItStartsIsCancelled) {
  say("1");
  say("https://t.me/news/5");
  press("👍");
  panel.before_start = [&] { telegram.say(kAdmin, "/cancel"); };
  press("Start");
  EXPECT_THAT(shown(), StartsWith("Cancelled."));
  EXPECT_THAT(panel.cancelled, ElementsAre(1));
}

TEST_F(ReactionConversationTest, WithoutAnActiveAccountThereIsNothingToChoose) {
  press("Cancel");
  panel.account_rows.clear();
  say("/start");
  press("Bulk");
  press("Reaction");
  EXPECT_THAT(shown(), Not(HasSubstr("[1]")));
  say("1");
  EXPECT_THAT(shown(), HasSubstr("No account can act now."));
}

TEST_F(ReactionConversationTest, AccountsArePickedFromPages) {
  press("Pick accounts");
  EXPECT_THAT(
      shown(),
      HasSubstr("Picked: 0\nPage 1 of 8\n[1. \u2068Account 1\u2069][2. \u2068Account 2\u2069]"));
  EXPECT_THAT(shown(), Not(HasSubstr("[Go on"))) << "nobody is picked yet";
  press("10. \u2068Account 10\u2069");
  EXPECT_THAT(shown(), HasSubstr("Picked: 1"));
  EXPECT_THAT(shown(), HasSubstr("[✓ 10. \u2068Account 10\u2069]"));
  press("Next ›");
  EXPECT_THAT(shown(), HasSubstr("Page 2 of 8"));
  press("21. \u2068Account 21\u2069");
  press("✓ 21. \u2068Account 21\u2069");
  press("22. \u2068Account 22\u2069");
  press("Go on with 2");
  say("https://t.me/news/5");
  press("👍");
  EXPECT_THAT(shown(), HasSubstr("• \u2068Account 10\u2069\n• \u2068Account 22\u2069\n\n"));
  press("Start");
  EXPECT_EQ(panel.job_rows.begin()->second.items.size(), 2U);
}

TEST_F(ReactionConversationTest, AccountsArePickedByTheirTypedNumbers) {
  press("Pick accounts");
  say("all of them");
  EXPECT_THAT(shown(), HasSubstr("Send numbers of this list, such as 1, 4, 7-9"));
  say("3, 999");
  EXPECT_THAT(shown(), HasSubstr("No account that can act now has the number 999."));
  EXPECT_THAT(shown(), HasSubstr("Picked: 0")) << "all that was named or nothing";
  say("3, 10-12");
  EXPECT_THAT(shown(), HasSubstr("Picked: 4"));
  EXPECT_THAT(shown(), HasSubstr("[✓ 3. \u2068Account 3\u2069]"));
  say("۱۲، ۱۴");
  EXPECT_THAT(shown(), HasSubstr("Picked: 5")) << "12 stays picked";
  press("Go on with 5");
  say("https://t.me/news/5");
  press("👍");
  press("Start");
  EXPECT_EQ(panel.job_rows.begin()->second.items.size(), 5U);
}

TEST_F(ReactionConversationTest, AccountsOfOneNameAreToldApartByTheirNumbers) {
  panel.account_rows[10].name = "Account 10";
  press("Pick accounts");
  EXPECT_THAT(shown(), HasSubstr("[10. \u2068Account 10\u2069]"));
  EXPECT_THAT(shown(), HasSubstr("[11. \u2068Account 10\u2069]"));
}

TEST_F(ReactionConversationTest, BackFromTheListAsksForTheNumberAgain) {
  press("Pick accounts");
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("How many accounts"));
}

TEST_F(ReactionConversationTest, AllAreAllThatAreThereAtTheStart) {
  press("All (150)");
  say("https://t.me/news/5");
  panel.account_rows.pop_back();
  press("👍");
  EXPECT_TRUE(std::holds_alternative<panel::All>(panel.choices.back()));
  EXPECT_THAT(shown(), HasSubstr("by accounts: 149"));
}

TEST_F(ReactionConversationTest, WhereOthersAreAllowedThoseAreOffered) {
  panel.allowed_reactions = {"🐳", "🍌"};
  press("2");
  say("https://t.me/news/5");
  EXPECT_THAT(shown(), HasSubstr("Choose the reaction.\n[🐳][🍌]\n[‹ Back][Cancel]"));
  say("👍");
  EXPECT_THAT(shown(), HasSubstr("Choose one of the reactions"));
  press("🍌");
  press("Start");
  EXPECT_EQ(panel.job_rows.begin()->second.action,
            jobs::ActionSpec(jobs::ReactionSpec{"https://t.me/news/5", "🍌"}));
}

TEST_F(ReactionConversationTest, WhereAllAreAllowedAnyIsTakenAndTheSixAreOffered) {
  panel.allowed_reactions = {"🐳"};
  for (const auto emoji : actions::kReactions) panel.allowed_reactions.emplace_back(emoji);
  press("2");
  say("https://t.me/news/5");
  EXPECT_THAT(shown(), Not(HasSubstr("🐳")));
  say("🐳");
  EXPECT_THAT(shown(), HasSubstr("Reaction 🐳 by accounts: 2"));
}

TEST_F(ReactionConversationTest, AMessageThatIsNotThereIsSaidBeforeTheReaction) {
  press("2");
  panel.details_error = Error{Errc::not_found, "There is no such message."};
  say("https://t.me/news/5");
  EXPECT_THAT(shown(), HasSubstr("⚠ There is no such message.\n\nSend the link"));
}

TEST_F(ReactionConversationTest, CardsFollowTheirJobAndKeepWorkingAfterARestart) {
  press("2");
  say("https://t.me/news/5");
  press("👍");
  press("Start");
  const auto card = telegram.last(kAdmin);
  auto job = panel.job_rows.begin()->second;
  job.items[0].state = jobs::ItemState::done;
  panel.change(job);
  settle();
  EXPECT_THAT(shown(), HasSubstr("done 1 · queued 1\nRemaining: 1 of 2"));
  EXPECT_EQ(shown_id(), card.id);
  press("Cancel");
  EXPECT_EQ(panel.cancelled, std::vector<JobId>{job.id});
  EXPECT_EQ(toast(), "The job is being cancelled.");

  stop();
  telegram.chats[kAdmin].erase(telegram.chats[kAdmin].begin(),
                               telegram.chats[kAdmin].find(card.id));
  start_and_serve();
  EXPECT_THAT(shown(), HasSubstr("State: running")) << "a new card of the job that goes on";
  EXPECT_NE(shown_id(), card.id);
  EXPECT_TRUE(telegram.press(kAdmin, kAdmin, card.id, "Cancel"));
  settle();
  EXPECT_EQ(panel.cancelled.size(), 2U);

  job.state = jobs::JobState::cancelled;
  job.items[1].state = jobs::ItemState::handed;
  panel.change(job);
  settle();
  EXPECT_THAT(shown(), HasSubstr("done 1 · working 1"));
  job.items[1].state = jobs::ItemState::failed;
  panel.change(job);
  settle();
  EXPECT_THAT(shown(), HasSubstr("done 1 · failed 1"))
      << "what was under way is followed to its end";
  for (const auto id : {card.id, shown_id()}) {
    EXPECT_THAT(FakeTelegram::draw(*telegram.find(kAdmin, id)), HasSubstr("State: cancelled"));
  }
  telegram.press_data(kAdmin, kAdmin, card.id, "j:" + std::to_string(job.id) + ":cancel");
  settle();
  EXPECT_EQ(toast(), "That job has ended already.");
  EXPECT_EQ(panel.cancelled.size(), 2U);
  telegram.press_data(kAdmin, kAdmin, card.id, "j:999:cancel");
  settle();
  EXPECT_EQ(toast(), "That job is not on record any more.");
}

}  // namespace
}  // namespace tgpanel::bot
