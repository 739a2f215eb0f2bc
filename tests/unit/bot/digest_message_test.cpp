#include "bot/digest_message.hpp"

#include "base/text.hpp"
#include "bot/alert_message.hpp"
#include "bot/match_excerpt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;

std::vector<monitor::Alert> alerts(std::size_t count, const std::string& filler) {
  std::vector<monitor::Alert> all;
  for (std::size_t i = 1; i <= count; ++i) {
    monitor::Alert alert;
    alert.id = static_cast<AlertId>(i + 1'000'000'000'000);
    alert.account_name = "Ali" + filler;
    alert.chat_title = "Market" + filler;
    alert.sender_id = 555;
    alert.sender_name = "Walter" + filler;
    alert.keyword = "buy" + filler;
    alert.text = "I buy a bike, no. " + std::to_string(i) + filler;
    alert.marks = {{.offset = 2, .length = 3}};
    alert.link = "https://t.me/market/" + std::to_string(i);
    all.push_back(std::move(alert));
  }
  return all;
}

TEST(DigestMessage, SaysOfEachWhoWhereAndWhat) {
  const auto screen = digest_message(Language::en, alerts(3, ""));
  EXPECT_THAT(screen.text.text(), HasSubstr("3 matches"));
  EXPECT_THAT(screen.text.text(), HasSubstr("2. buy\n"));
  EXPECT_THAT(screen.text.text(), HasSubstr("I buy a bike, no. 3\nhttps://t.me/market/3"));
  EXPECT_THAT(screen.text.text(), HasSubstr("Walter"));
  ASSERT_EQ(screen.rows.size(), 1U);
  EXPECT_EQ(screen.rows.front().size(), 3U);
}

TEST(DigestMessage, AnythingFitsAndNothingIsLeftOut) {
  std::string filler;
  for (int i = 0; i < 3'000; ++i) filler += "👨‍👩‍👧 می‌خواهم ";
  const auto screen = digest_message(Language::en, alerts(8, filler));
  EXPECT_LE(screen.text.length(), kMaxText);
  EXPECT_TRUE(valid_utf8(screen.text.text()));
  EXPECT_THAT(screen.text.text(), HasSubstr("https://t.me/market/8"));
  for (const auto& button : screen.rows.front()) EXPECT_LE(button.data.size(), kMaxCallbackData);
}

TEST(DigestMessage, EveryAlertInItIsFound) {
  const auto all = alerts(3, "");
  const Json message{{"reply_markup", to_td_markup(digest_message(Language::en, all).rows)}};
  for (const auto& alert : all) EXPECT_TRUE(has_alert(message, alert.id)) << alert.id;
  EXPECT_FALSE(has_alert(message, all.back().id + 1));
}

TEST(DigestMessage, ItsFirstButtonCarriesTheFirstIdAlsoOnceItWasPressed) {
  const auto all = alerts(3, "");
  const Json markup = to_td_markup(digest_message(Language::en, all).rows);
  EXPECT_EQ(alert_id_of({{"reply_markup", markup}}), all.front().id);
  const Json marked = mark_ignored(Language::en, markup, all.front().id);
  EXPECT_EQ(alert_id_of({{"reply_markup", marked}}), all.front().id);
  EXPECT_EQ(marked["rows"][0][0]["text"], "✓ 1");
  EXPECT_EQ(marked["rows"][0][1]["text"], "🚫 2");
}

TEST(DigestMessage, WithoutASenderThereIsNobodyToIgnore) {
  auto all = alerts(2, "");
  all.front().sender_id = 0;
  const auto screen = digest_message(Language::en, all);
  EXPECT_THAT(screen.rows.front().front().data, HasSubstr(kNoSender));
  EXPECT_THAT(screen.rows.front().back().data, HasSubstr(kIgnoreSender));
}

TEST(MatchExcerpt, ShowsThePlaceThatWasFound) {
  const std::string text = std::string(500, 'x') + "\nmore bikes here " + std::string(500, 'y');
  const std::vector<monitor::Alert::Span> marks{{.offset = 506, .length = 5}};
  const auto shown = match_excerpt(text, marks, 60);
  EXPECT_LE(shown.length(), 60);
  EXPECT_THAT(shown.text(), HasSubstr("more bikes here"));
  EXPECT_TRUE(shown.text().starts_with("…"));
  ASSERT_EQ(shown.entities().size(), 1U);
  const auto& entity = shown.entities().front();
  EXPECT_EQ(utf16_length(cut_utf16(shown.text(), static_cast<std::size_t>(entity.offset))),
            20U + 1U);
  EXPECT_EQ(entity.length, 5);
}

TEST(MatchExcerpt, AShortTextIsShownWholeInOneLine) {
  const auto shown = match_excerpt("two\nlines", {}, 60);
  EXPECT_EQ(shown.text(), "two lines");
}

}  // namespace
}  // namespace tgpanel::bot
