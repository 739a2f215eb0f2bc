// What users of such panels were hurt by, done again here: it must not happen.

#include "account_fixture.hpp"

namespace e2e {
namespace {

using testing::SizeIs;

class OldWeakness : public AccountTest {
 protected:
  void begin(std::string_view action, std::string_view count) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.press(action);
    stage.wait_bot("How many accounts");
    stage.say(count);
  }

  std::string ask_in_market() {
    const auto id = stage.world().write(stage.town().writer, "Market", "Who sells bikes?");
    return fmt::format("https://t.me/market/{}", id);
  }

  void give_comment(std::string_view link, std::string_view text) {
    stage.wait_bot("link of the message");
    stage.say(link);
    stage.wait_bot("text of the comment");
    stage.say(text);
    stage.wait_bot("This takes about");
  }

  std::vector<testdc::SeenMessage> written(std::string_view text) {
    auto all = stage.world().messages("Market");
    std::erase_if(all, [&](const auto& message) { return message.text != text; });
    return all;
  }

  /// The second account's reaction waits as long as nobody lets it go on.
  void hold_second_account() {
    stage.world().fault({{"method", "messages.sendReaction"},
                         {"user_id", stage.town().accounts[1]},
                         {"times", 1},
                         {"code", 420},
                         {"text", "FLOOD_WAIT_3600"}});
  }

  std::int64_t card_of_job() {
    for (const auto& message :
         stage.world().messages(std::string(words::kBotName), stage.town().admin)) {
      if (!message.deleted && message.text.find("State: ") != std::string::npos) return message.id;
    }
    return 0;
  }

  void react_with_two(std::string_view link) {
    begin(words::kReaction, "2");
    stage.wait_bot("link of the message");
    stage.say(link);
    stage.wait_bot("Choose the reaction");
    stage.press("🔥");
    stage.wait_bot("Who sells bikes?");
    stage.press(words::kStartJob);
  }
};

TEST_F(OldWeakness, NoWordInAnErrorTextEndsAnAccount) {
  stage.add_accounts(2);
  start();
  // Telegram's error names what was asked for, with every word that once meant "revoked".
  stage.world().fault({{"method", "contacts.resolveUsername"},
                       {"times", -1},
                       {"code", 400},
                       {"text", "SESSION_REVOKED_AUTH_KEY_UNREGISTERED_INVALIDATED"}});
  begin(words::kBlock, "2");
  stage.say("@session_bot");
  stage.wait_bot("SESSION_REVOKED_AUTH_KEY_UNREGISTERED_INVALIDATED");
  stage.say("/cancel");
  stage.wait_bot("Cancelled.");
  stage.world().clear_faults();
  const auto link = ask_in_market();
  react_with_two(link);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 2"));
  for (std::size_t who : {0U, 1U}) EXPECT_EQ(sessions(who), 1U);
  management();
  EXPECT_THAT(stage.wait_bot("account").text, HasSubstr("2 accounts"));
}

TEST_F(OldWeakness, AnIndividualWishIsNotThatOfTheCancelledBulkOneBefore) {
  stage.add_accounts(2);
  start();
  const auto link = ask_in_market();
  begin("Comment", "2");
  give_comment(link, "from both");
  stage.press(words::kCancel);
  stage.wait_bot("Cancelled.");
  stage.press(words::kIndividual);
  stage.wait_bot("Which account shall act");
  stage.press("\u2068Alice\u2069 · +1 ••• ••01");
  stage.press("Comment");
  give_comment(link, "from one");
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 1"));
  EXPECT_THAT(written("from one"), SizeIs(1));
  EXPECT_THAT(written("from both"), IsEmpty());
}

TEST_F(OldWeakness, TextDuringAJobIsNoSecondOrderAndAStepBegunMeanwhileOutlivesIt) {
  stage.add_accounts(2);
  start();
  const auto link = ask_in_market();
  hold_second_account();
  react_with_two(link);
  stage.wait_bot("done 1 · waiting 1");
  stage.say("thanks");
  stage.wait_bot("nothing was done with your message");
  stage.press(words::kMonitorMode);
  stage.press(words::kAddKeyword);
  stage.wait_bot("Send the keyword");
  // The job ends while the question is open.
  stage.world().press(stage.town().admin, std::string(words::kBotName), words::kCancel,
                      card_of_job());
  stage.wait_bot("State: cancelled");
  stage.say("bicycle");
  stage.wait_bot("Added the keyword");
  EXPECT_THAT(stage.world().calls("messages.sendReaction"), SizeIs(2));
}

TEST_F(OldWeakness, TheBotWorksOnAfterAnyNumberOfDisconnects) {
  start();
  for (int times = 0; times < 8; ++times) {
    stage.world().drop_connections(stage.town().bot);
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
  }
  EXPECT_EQ(stage.stop(), 0);
}

TEST_F(OldWeakness, WhatIsSentIsWhatWasTyped) {
  stage.add_accounts(1);
  start();
  const auto link = ask_in_market();
  const std::string text = "__init__ *bold* [a](https://example.com) `x` می\u200cخواهم";
  begin("Comment", "1");
  give_comment(link, text);
  stage.press(words::kStartJob);
  EXPECT_THAT(stage.wait_bot("State: finished").text, HasSubstr("done 1"));
  const auto sent = written(text);
  ASSERT_THAT(sent, SizeIs(1));
  for (const auto& entity : sent[0].entities) EXPECT_EQ(entity.at("_"), "messageEntityUrl");
}

}  // namespace
}  // namespace e2e
