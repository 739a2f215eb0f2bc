// Report Status → Show stats: numbers against what the data centre saw.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace e2e {
namespace {

using testing::HasSubstr;
namespace words = support::words;

/// A number of a PNG's header, at this byte.
std::uint32_t number_at(const std::string& png, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8U | static_cast<std::uint8_t>(png.at(at + i));
  return value;
}

class Statistics : public Test {
 protected:
  void open() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kReportStatus);
    stage.wait_bot("Report Status");
    stage.press("Show stats");
  }
};

TEST_F(Statistics, TheNumbersAreThoseOfTheDataCentreAlsoAfterARestartAndThePictureArrives) {
  stage.add_accounts(2);
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kMonitorMode);
  stage.press(words::kAddKeyword);
  stage.say("needle");
  stage.wait_bot("needle");
  for (int i = 0; i < 3; ++i) {
    stage.world().write(stage.town().writer, "market", "a needle " + std::to_string(i));
  }
  stage.world().write(stage.town().writer, "market", "nothing of the kind");
  stage.world().wait_until("three alerts", [&] { return stage.alerts().size() == 3; });
  open();
  auto text = stage.wait_bot("Alerts waiting: 0").text;
  for (int round = 0; round < 2; ++round) {
    EXPECT_THAT(text, HasSubstr("Accounts: 2"));
    EXPECT_THAT(text, HasSubstr("active: 2"));
    EXPECT_THAT(text, HasSubstr("1 keyword"));
    EXPECT_THAT(text, HasSubstr("· all: 3")) << "each once, though two accounts saw them";
    EXPECT_EQ(stage.alerts().size(), 3U);
    if (round == 1) break;
    EXPECT_EQ(stage.stop(), 0);
    start();
    open();
    text = stage.wait_bot("Alerts waiting: 0").text;
  }
  stage.press("As a picture");
  const auto picture = stage.world().wait_message(
      std::string(words::kBotName), stage.town().admin,
      [](const testdc::SeenMessage& message) { return message.media == "photo"; }, "a picture");
  const auto png =
      stage.world().photo(std::string(words::kBotName), picture.id, stage.town().admin);
  ASSERT_GT(png.size(), 5'000U);
  ASSERT_LT(png.size(), 1'000'000U);
  EXPECT_EQ(png.substr(1, 3), "PNG");
  EXPECT_EQ(number_at(png, 16), 1'200U);
  EXPECT_EQ(number_at(png, 20), 900U);
}

}  // namespace
}  // namespace e2e
