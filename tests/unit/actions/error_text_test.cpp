#include "actions/error_text.hpp"

#include "words/errors_actions.hpp"

#include <gtest/gtest.h>

namespace tgpanel::actions {
namespace {

TEST(ErrorText, KnowsWholeStringsOnly) {
  EXPECT_EQ(phrase_of("CHANNEL_PRIVATE"), &words::chat_private);
  EXPECT_EQ(phrase_of("Message not found"), &words::message_not_found);
  EXPECT_EQ(phrase_of(""), nullptr);
  EXPECT_EQ(phrase_of("CHANNEL_PRIVAT"), nullptr);
  EXPECT_EQ(phrase_of("CHANNEL_PRIVATE "), nullptr);
  EXPECT_EQ(phrase_of("No user has \"session_bot\" as username"), nullptr);
}

TEST(ErrorText, QuotesWhatItDoesNotKnow) {
  EXPECT_EQ(explain({Errc::telegram, "SOMETHING_NEW"}).english(),
            "Telegram refused: “SOMETHING_NEW”.");
}

TEST(ErrorText, SaysHowLongToWait) {
  EXPECT_EQ(explain({Errc::flood_wait, "", 45}).english(),
            "Telegram asks this account to wait 45 seconds.");
  EXPECT_EQ(explain({Errc::flood_wait, "", 301}).english(),
            "Telegram asks this account to wait 6 minutes.");
  EXPECT_EQ(explain({Errc::flood_wait, "", 7'201}).english(),
            "Telegram asks this account to wait 3 hours.");
}

TEST(ErrorText, HasASentenceForEveryKindOfFailure) {
  for (const auto code : {Errc::timeout, Errc::login_needed, Errc::cancelled, Errc::failed}) {
    const auto text = explain({code, ""}).english();
    EXPECT_TRUE(text.ends_with('.')) << text;
  }
  EXPECT_EQ(explain({Errc::not_found, "Our own sentence."}).english(), "Our own sentence.");
  EXPECT_EQ(explain({Errc::login_needed, "USER_DEACTIVATED_BAN"}).english(),
            "Telegram has banned this account.");
}

TEST(ErrorText, IsSaidInTheLanguageOfTheReader) {
  EXPECT_EQ(explain({Errc::flood_wait, "", 301}).in(Language::fa),
            "تلگرام از این حساب می‌خواهد ۶ دقیقه صبر کند.");
  // The words of our own sentence, not of its English copy.
  const auto own = fail(Errc::invalid, Sentence(words::text_too_long, 5'000, 4'096)).error();
  EXPECT_EQ(explain(own), own.sentence);
}

}  // namespace
}  // namespace tgpanel::actions
