#include "testdc/auth/qr_logins.hpp"

#include "testdc/rpc/call.hpp"

#include <gtest/gtest.h>

namespace testdc {
namespace {

class QrLoginsTest : public testing::Test {
 protected:
  std::string refusal(const QrLogins::Token& token, std::int64_t user, int now) {
    try {
      qr.accept(token, user, now);
      return "";
    } catch (const RpcError& error) {
      return error.text;
    }
  }

  std::uint64_t drawn = 0;
  QrLogins qr{[this] { return ++drawn; }};
};

TEST_F(QrLoginsTest, TheKeyThatShowsWaitsForWhoScans) {
  const auto shown = qr.show(7, 1000);
  EXPECT_EQ(shown.token.size(), 32U);
  EXPECT_EQ(shown.expires, 1000 + login_token_lifetime);
  EXPECT_EQ(qr.take_accepted(7), std::nullopt);
  EXPECT_EQ(qr.accept(shown.token, 5, 1001), 7U);
  EXPECT_EQ(qr.take_accepted(8), std::nullopt);
  EXPECT_EQ(qr.take_accepted(7), 5);
  EXPECT_EQ(qr.take_accepted(7), std::nullopt);
}

TEST_F(QrLoginsTest, TokensEndAndServeOnce) {
  const auto first = qr.show(7, 1000);
  const auto second = qr.show(7, 1010);
  EXPECT_EQ(refusal(first.token, 5, 1030), "AUTH_TOKEN_EXPIRED");
  EXPECT_EQ(refusal(second.token, 5, 1030), "");
  EXPECT_EQ(refusal(second.token, 5, 1030), "AUTH_TOKEN_ALREADY_ACCEPTED");
  EXPECT_EQ(refusal({1, 2, 3}, 5, 1030), "AUTH_TOKEN_INVALIDX");
}

TEST_F(QrLoginsTest, ALifetimeHoldsForWhatIsShownFromThenOn) {
  const auto usual = qr.show(7, 1000);
  qr.set_lifetime(5);
  const auto brief = qr.show(7, 1000);
  EXPECT_EQ(brief.expires, 1005);
  EXPECT_EQ(refusal(brief.token, 5, 1005), "AUTH_TOKEN_EXPIRED");
  EXPECT_EQ(refusal(usual.token, 5, 1005), "");
}

TEST_F(QrLoginsTest, UsersMayBeExcepted) {
  const auto shown = qr.show(7, 1000, {5});
  EXPECT_EQ(refusal(shown.token, 5, 1000), "AUTH_TOKEN_EXCEPTION");
  EXPECT_EQ(refusal(shown.token, 6, 1000), "");
}

TEST(TokenOfLink, ReadsUrlSafeBase64) {
  EXPECT_EQ(token_of_link("tg://login?token=-_8A"), (QrLogins::Token{0xfb, 0xff, 0x00}));
  EXPECT_EQ(token_of_link("tg://login?token=AQI"), (QrLogins::Token{1, 2}));
  EXPECT_EQ(token_of_link("tg://login?token=AQI="), (QrLogins::Token{1, 2}));
  EXPECT_EQ(token_of_link("tg://login?token="), std::nullopt);
  EXPECT_EQ(token_of_link("tg://login?token=+/8A"), std::nullopt);
  EXPECT_EQ(token_of_link("https://t.me/x"), std::nullopt);
}

}  // namespace
}  // namespace testdc
