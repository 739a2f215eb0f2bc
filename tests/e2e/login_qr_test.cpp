// The QR code of a login as its picture in the chat: renewed before it is of no use.

#include "login_fixture.hpp"
#include "support/qr_reader.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace e2e {
namespace {

using testing::HasSubstr;

class LoginQr : public LoginTest {
 protected:
  /// The pictures that are there to be scanned.
  std::vector<testdc::SeenMessage> shown() {
    auto chat = stage.world().messages(std::string(words::kBotName), stage.town().admin);
    std::erase_if(chat,
                  [](const auto& message) { return message.media != "photo" || message.deleted; });
    return chat;
  }

  std::string link_in(const testdc::SeenMessage& picture) {
    return support::read_qr(
        stage.world().photo(std::string(words::kBotName), picture.id, stage.town().admin));
  }

  /// What Telegram says to who scans this.
  std::string refusal(const std::string& link) {
    try {
      stage.world().scan_qr(stage.town().accounts[2], link);
    } catch (const std::runtime_error& refused) {
      return refused.what();
    }
    return "";
  }
};

TEST_F(LoginQr, ARenewedCodeTakesThePlaceOfTheOldOne) {
  stage.world().set_qr_lifetime(5);
  start();
  begin(words::kByQr);
  stage.world().wait_until("the first code",
                           [&] { return !stage.world().calls("auth.exportLoginToken").empty(); });
  stage.world().set_qr_lifetime(120);  // of the second one
  stage.world().wait_until("its picture", [&] { return shown().size() == 1; });
  const auto first = shown().front();
  const auto old = link_in(first);
  stage.world().wait_until("a second picture in the place of the first", [&] {
    const auto now = shown();
    return now.size() == 1 && now.front().id != first.id;
  });
  const auto renewed = link_in(shown().front());
  EXPECT_NE(renewed, old);
  EXPECT_THAT(refusal(old), HasSubstr("AUTH_TOKEN_EXPIRED"));
  EXPECT_EQ(sessions(2), 0U);

  EXPECT_EQ(refusal(renewed), "");
  stage.wait_bot("Account added");
  EXPECT_EQ(sessions(2), 1U);
  stage.world().wait_until("the last picture to be deleted", [&] { return shown().empty(); });
}

}  // namespace
}  // namespace e2e
