#include "actions/error_text.hpp"

#include <gtest/gtest.h>

namespace tgpanel::actions {
namespace {

TEST(ErrorText, KnowsWholeStringsOnly) {
  EXPECT_NE(sentence("CHANNEL_PRIVATE").find("private"), std::string_view::npos);
  EXPECT_NE(sentence("Message not found").find("not found"), std::string_view::npos);
  EXPECT_TRUE(sentence("").empty());
  EXPECT_TRUE(sentence("CHANNEL_PRIVAT").empty());
  EXPECT_TRUE(sentence("CHANNEL_PRIVATE ").empty());
  EXPECT_TRUE(sentence("No user has \"session_bot\" as username").empty());
}

TEST(ErrorText, QuotesWhatItDoesNotKnow) {
  EXPECT_EQ(explain({Errc::telegram, "SOMETHING_NEW"}), "Telegram refused: “SOMETHING_NEW”.");
}

TEST(ErrorText, SaysHowLongToWait) {
  EXPECT_EQ(explain({Errc::flood_wait, "", 45}), "Telegram asks this account to wait 45 seconds.");
  EXPECT_EQ(explain({Errc::flood_wait, "", 301}), "Telegram asks this account to wait 6 minutes.");
  EXPECT_EQ(explain({Errc::flood_wait, "", 7'201}), "Telegram asks this account to wait 3 hours.");
}

TEST(ErrorText, HasASentenceForEveryKindOfFailure) {
  for (const auto code : {Errc::timeout, Errc::login_needed, Errc::cancelled, Errc::failed}) {
    const auto text = explain({code, ""});
    EXPECT_TRUE(text.ends_with('.')) << text;
  }
  EXPECT_EQ(explain({Errc::not_found, "Our own sentence."}), "Our own sentence.");
  EXPECT_EQ(explain({Errc::login_needed, "USER_DEACTIVATED_BAN"}),
            "Telegram has banned this account.");
}

}  // namespace
}  // namespace tgpanel::actions
