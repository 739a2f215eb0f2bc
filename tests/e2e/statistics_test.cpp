// Report Status → Show stats: numbers against what the data centre saw.

#include "monitor_fixture.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace e2e {
namespace {

using testing::HasSubstr;

/// A number of a PNG's header, at this byte.
std::uint32_t number_at(const std::string& png, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8U | static_cast<std::uint8_t>(png.at(at + i));
  return value;
}

/// How long ago an alert was found, and how long ago it was sent.
struct Ages {
  std::chrono::milliseconds found;
  std::chrono::milliseconds sent;
};

/// A zone in which it is noon now, so that no day begins during the test, and "today" is not that
/// of UTC at most hours.
std::string zone_of_noon() {
  const auto since_midnight = std::chrono::system_clock::now().time_since_epoch() % 24h;
  const auto ahead = 12 - std::chrono::floor<std::chrono::hours>(since_midnight).count();
  if (ahead == 0) return "Etc/GMT";
  return fmt::format("Etc/GMT{}{}", ahead > 0 ? '-' : '+', std::abs(ahead));  // POSIX's signs
}

class Statistics : public MonitorTest {
 protected:
  void open() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kReportStatus);
    stage.wait_bot("Report Status");
    stage.press("Show stats");
  }

  void write_needles(int count) {
    for (int i = 0; i < count; ++i) write(fmt::format("a needle, {}", i));
  }

  /// Show stats, once this many alerts are in the channel and nothing waits.
  std::string shown(std::size_t alerts) {
    std::string text;
    stage.world().wait_until("all alerts to be sent", [&] {
      if (stage.alerts().size() < alerts) return false;
      open();
      text = stage.wait_bot("Alerts waiting: ").text;
      return text.find("Alerts waiting: 0") != std::string::npos;
    });
    return text;
  }

  /// Nobody can wait for a day: makes the oldest alerts so much older, in their order.
  void age(std::span<const Ages> ages) {
    SQLite::Database db((stage.data() / "panel.db").string(), SQLite::OPEN_READWRITE);
    for (std::size_t i = 0; i < ages.size(); ++i) {
      SQLite::Statement update(
          db,
          "UPDATE alert SET created_ms = created_ms - ?, attempt_ms = attempt_ms - ?"
          " WHERE id = (SELECT id FROM alert ORDER BY id LIMIT 1 OFFSET ?)");
      update.bind(1, std::int64_t{ages[i].found.count()});
      update.bind(2, std::int64_t{ages[i].sent.count()});
      update.bind(3, static_cast<std::int64_t>(i));
      ASSERT_EQ(update.exec(), 1);
    }
  }
};

TEST_F(Statistics, EachSpanCountsWhatWasFoundAndSentInIt) {
  stage.environment()["TGPANEL_TZ"] = zone_of_noon();
  stage.add_accounts(1);
  start();
  add_keyword("needle");
  write_needles(4);
  const auto before = shown(4);
  EXPECT_THAT(before, HasSubstr("Matches\n    5 min: 4 · 1 h: 4 · today: 4 · all: 4\n"));
  EXPECT_THAT(before, HasSubstr("Alerts sent\n    5 min: 4 · 1 h: 4 · today: 4 · all: 4\n"));
  EXPECT_EQ(stage.stop(), 0);
  age(std::array{Ages{.found = 30h, .sent = 30h}, Ages{.found = 13h + 30min, .sent = 2h},
                 Ages{.found = 2h, .sent = 10min}, Ages{.found = 10min, .sent = 10min}});
  start();
  write_needles(2);
  const auto after = shown(6);
  EXPECT_THAT(after, HasSubstr("Matches\n    5 min: 2 · 1 h: 3 · today: 4 · all: 6\n"));
  EXPECT_THAT(after, HasSubstr("Alerts sent\n    5 min: 2 · 1 h: 4 · today: 5 · all: 6\n"));
}

TEST_F(Statistics, TheNumbersAreThoseOfTheDataCentreAlsoAfterARestartAndThePictureArrives) {
  stage.add_accounts(2);
  start();
  add_keyword("needle");
  write_needles(3);
  write("nothing of the kind");
  auto text = shown(3);
  for (int round = 0; round < 2; ++round) {
    EXPECT_THAT(text, HasSubstr("Accounts: 2"));
    EXPECT_THAT(text, HasSubstr("active: 2"));
    EXPECT_THAT(text, HasSubstr("1 keyword"));
    EXPECT_THAT(text, HasSubstr("· all: 3")) << "each once, though two accounts saw them";
    EXPECT_EQ(stage.alerts().size(), 3U);
    if (round == 1) break;
    EXPECT_EQ(stage.stop(), 0);
    start();
    text = shown(3);
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
