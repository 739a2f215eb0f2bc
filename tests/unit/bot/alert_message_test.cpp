#include "bot/alert_message.hpp"

#include "bot/bytes.hpp"
#include "draw.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tgpanel::bot {
namespace {

monitor::Alert alert() {
  monitor::Alert alert;
  alert.id = 77;
  alert.account_name = "Ali";
  alert.chat_title = "Market";
  alert.sender_id = 555;
  alert.sender_name = "Walter";
  alert.keyword = "buy";
  alert.text = "  I  buy\n\ta 👍  bike";
  alert.marks = {{5, 3}};
  alert.link = "https://t.me/market/9";
  return alert;
}

Json as_message(const Screen& screen) {
  return {{"@type", "message"}, {"id", 1}, {"reply_markup", to_td_markup(screen.rows)}};
}

TEST(AlertMessage, SaysWhoWhereAndWhatWithItsSpacing) {
  const auto screen = alert_message(Language::en, alert());
  EXPECT_EQ(draw(screen),
            "🔔 Keyword: buy\nAccount: Ali\nSender: Walter\nSender id: 555\nChat: Market\n\n"
            "  I  buy\n\ta 👍  bike\n"
            "[View message → https://t.me/market/9][Ignore user]\n");
  const auto& mark = screen.text.entities().back();
  EXPECT_STREQ(mark.type, "textEntityTypeBold");
  const std::string header =
      "🔔 Keyword: buy\nAccount: Ali\nSender: Walter\nSender id: 555\nChat: Market\n\n";
  EXPECT_EQ(mark.offset, RichText(header).length() + 5);
  EXPECT_EQ(mark.length, 3);
}

TEST(AlertMessage, WithoutSenderOrLinkThereIsStillAButtonThatCarriesTheId) {
  auto anonymous = alert();
  anonymous.sender_id = 0;
  anonymous.sender_name.clear();
  anonymous.link.clear();
  const auto screen = alert_message(Language::en, anonymous);
  EXPECT_EQ(draw(screen),
            "🔔 Keyword: buy\nAccount: Ali\nChat: Market\n\n  I  buy\n\ta 👍  bike\n[Alert 77]\n");
  EXPECT_EQ(alert_id_of(as_message(screen)), 77);
}

TEST(AlertMessage, WhoWritesAsTheChatItselfCannotBeIgnored) {
  auto post = alert();
  post.sender_id = 0;
  post.chat_id = post.sender_chat_id = -1001;
  EXPECT_THAT(draw(alert_message(Language::en, post)), testing::EndsWith("[Alert 77]\n"));
  post.sender_chat_id = -1002;
  EXPECT_THAT(draw(alert_message(Language::en, post)), testing::EndsWith("[Ignore user]\n"));
}

TEST(AlertMessage, OfALongMessageThePartWithTheMatchStays) {
  auto late = alert();
  late.text = std::string(4'080, 'x') + "\nI buy a bike";
  late.marks = {{4'083, 3}};
  const auto screen = alert_message(Language::en, late);
  EXPECT_LE(screen.text.length(), kMaxText);
  EXPECT_GE(screen.text.length(), kMaxText - 64);
  EXPECT_THAT(screen.text.text(), testing::EndsWith("x\nI buy a bike"));
  EXPECT_THAT(screen.text.text(), testing::HasSubstr("Chat: Market\n\n…xxx"));
  const auto& mark = screen.text.entities().back();
  EXPECT_STREQ(mark.type, "textEntityTypeBold");
  EXPECT_EQ(mark.offset + mark.length, screen.text.length() - 7);
}

TEST(AlertMessage, ANameThatNobodyKnowsIsSaidSo) {
  auto nameless = alert();
  nameless.account_name.clear();
  nameless.sender_name.clear();
  nameless.chat_title.clear();
  nameless.chat_id = -1001;
  EXPECT_THAT(draw(alert_message(Language::en, nameless)),
              testing::StartsWith("🔔 Keyword: buy\nAccount: Unknown account\nSender: User 555\n"
                                  "Sender id: 555\nChat: Chat -1001\n\n"));
  EXPECT_THAT(draw(alert_message(Language::fa, nameless)), testing::HasSubstr("حساب ناشناخته"));
  nameless.sender_id = 0;
  nameless.sender_chat_id = -1002;
  EXPECT_EQ(shown_sender(Language::en, nameless), "Chat -1002");
}

TEST(AlertMessage, IsRecognisedByItsButtons) {
  EXPECT_EQ(alert_id_of(as_message(alert_message(Language::en, alert()))), 77);
  EXPECT_EQ(alert_id_of(Json{{"@type", "message"}}), 0);
  EXPECT_EQ(alert_id_of(Json()), 0);
  const Screen other{RichText("x"), {{{"b", "j:77:cancel"}}}};
  EXPECT_EQ(alert_id_of(as_message(other)), 0);
}

TEST(AlertMessage, TheMarkOfAnIgnoredSenderKeepsTheLinkAndTheId) {
  const auto markup = to_td_markup(alert_message(Language::en, alert()).rows);
  const auto marked = mark_ignored(Language::en, markup, 77);
  ASSERT_TRUE(marked.is_object());
  EXPECT_EQ(marked["rows"][0][0], markup["rows"][0][0]);
  EXPECT_EQ(marked["rows"][0][1]["text"], "✓ Ignored");
  EXPECT_EQ(alert_id_of(Json{{"reply_markup", marked}}), 77);
  EXPECT_TRUE(mark_ignored(Language::en, marked, 77).is_null()) << "only once";
  EXPECT_TRUE(mark_ignored(Language::en, markup, 78).is_null()) << "only this alert";
}

TEST(AlertMessage, AnythingFits) {
  rc::check([] {
    monitor::Alert big = alert();
    auto text = [](std::size_t most) {
      const std::string unit = *rc::gen::elementOf(
          std::vector<std::string>{"a", "سلام ", "👍", "👩‍👩‍👧 ", "e\u0301", "\n"});
      std::string out;
      const auto n = *rc::gen::inRange<std::size_t>(0, most);
      for (std::size_t i = 0; i < n; ++i) out += unit;
      return out;
    };
    big.text = text(5'000);
    big.keyword = text(400);
    big.sender_name = text(400);
    big.chat_title = text(400);
    big.marks = {{*rc::gen::inRange(0, 6'000), *rc::gen::inRange(0, 6'000)}};
    const auto screen = alert_message(Language::en, big);
    RC_ASSERT(within_limits(screen));
    for (const auto& entity : screen.text.entities()) {
      RC_ASSERT(entity.offset >= 0);
      RC_ASSERT(entity.length > 0);
      RC_ASSERT(entity.offset + entity.length <= screen.text.length());
    }
  });
}

TEST(Bytes, ReadBack) {
  rc::check([](const std::string& raw) { RC_ASSERT(from_bytes(to_bytes(raw)) == raw); });
  EXPECT_EQ(from_bytes("not base64!"), std::nullopt);
}

}  // namespace
}  // namespace tgpanel::bot
