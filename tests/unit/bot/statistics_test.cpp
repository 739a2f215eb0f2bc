#include "bot/statistics_screen.hpp"
#include "bot_fixture.hpp"
#include "draw.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::bot {
namespace {

using accounts::AccountState;
using testing::HasSubstr;

panel::Statistics some() {
  panel::Statistics s;
  s.at = from_unix_ms(1'795'520'700'000);  // 2026-11-24 11:45 UTC
  s.accounts = {{AccountState::active, 2}, {AccountState::banned, 1}};
  s.limited = 1;
  s.keywords = 4;
  s.ignored = 2;
  s.matches = {1, 2, 3, 50};
  s.alerts = {0, 1, 2, 49};
  s.alerts_waiting = 1;
  for (std::size_t i = 0; i < panel::kHoursShown; ++i) {
    s.hours.push_back({s.at - std::chrono::minutes(45) - std::chrono::hours(23 - i), i});
  }
  s.jobs = {{"running", 1}, {"done", 7}};
  s.actions = {40, 15, 2};
  s.recent_actions = {4, 1, 0};
  s.waits = {{5, "Ann", s.at + std::chrono::minutes(138)},
             {6, "Ben", s.at + std::chrono::hours(30)}};
  return s;
}

TEST(Statistics, EveryNumberIsSaid) {
  const auto text = draw(statistics_screen(Language::en, some(), "UTC"));
  for (const auto* part :
       {"2026-11-24 11:45", "Accounts: 3", "active: 2", "banned by Telegram: 1",
        "limited by Telegram: 1", "4 keywords", "2 ignored users",
        "5 min: 1 · 1 h: 2 · today: 3 · all: 50", "5 min: 0 · 1 h: 1 · today: 2 · all: 49",
        "Alerts waiting: 1", "running: 1 · paused: 0 · finished: 7 · cancelled: 0",
        "24 h: done 4 · failed 1 · unknown 0", "all: done 40 · failed 15 · unknown 2",
        "may act again at 14:03", "may act again at 2026-11-25 17:45"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(Statistics, TimesAreThoseOfTheZoneAndOfTheLanguage) {
  EXPECT_THAT(draw(statistics_screen(Language::en, some(), "Asia/Tehran")),
              HasSubstr("may act again at 17:33"));
  const auto text = draw(statistics_screen(Language::fa, some(), "Asia/Tehran"));
  EXPECT_THAT(text, HasSubstr("۱۷:۳۳"));
  EXPECT_THAT(text, HasSubstr("۵ دقیقه"));
}

TEST(Statistics, ManyWaitsAreCutAndCounted) {
  auto s = some();
  s.waits.assign(500, {1, std::string(300, 'x'), s.at + std::chrono::minutes(1)});
  const auto screen = statistics_screen(Language::en, s, "UTC");
  EXPECT_THAT(screen.text.text(), HasSubstr("and 480 more"));
  EXPECT_LE(screen.text.length(), kMaxText);
}

TEST(Statistics, ThePictureHoldsTheHoursAndTheOutcomesOfTheLastDay) {
  const auto chart = statistics_chart(Language::en, some(), "Asia/Tehran");
  ASSERT_EQ(chart.columns.size(), panel::kHoursShown);
  EXPECT_EQ(chart.columns.back().value, 23U);
  EXPECT_EQ(chart.columns.back().label, "14");
  EXPECT_EQ(chart.columns.front().label, "15");
  ASSERT_EQ(chart.bars.size(), 3U);
  EXPECT_EQ(chart.bars[0].value, 4U);
  EXPECT_EQ(chart.bars[1].value, 1U);
  EXPECT_FALSE(chart.right_to_left);
  const auto persian = statistics_chart(Language::fa, some(), "UTC");
  EXPECT_TRUE(persian.right_to_left);
  EXPECT_EQ(persian.bars[0].shown, "۴");
}

class ShowStats : public BotTest {
 protected:
  void SetUp() override {
    panel.statistics_now = some();
    start_and_serve();
    say("/start");
    press("Report Status");
  }
};

TEST_F(ShowStats, TheMenuShowsThemAndRefreshesThem) {
  press("Show stats");
  EXPECT_THAT(shown(), HasSubstr("today: 3"));
  panel.statistics_now.matches.today = 99;
  press("Refresh");
  EXPECT_THAT(shown(), HasSubstr("today: 99"));
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("Report Status"));
}

TEST_F(ShowStats, AFailingDiskIsSaid) {
  panel.statistics_error = fail(Errc::storage, "The disk is full.").error();
  press("Show stats");
  EXPECT_THAT(shown(), HasSubstr("The disk is full."));
}

class ExportAudit : public BotTest {
 protected:
  void SetUp() override {
    start_and_serve();
    say("/start");
    press("Report Status");
  }

  /// The message with the file; a null value: there is none.
  Json sent() const {
    for (const auto& function : telegram.log) {
      if (!function.contains("input_message_content")) continue;
      const auto& content = function["input_message_content"];
      if (content["@type"] == "inputMessageDocument") return content;
    }
    return nullptr;
  }
};

TEST_F(ExportAudit, ArrivesAsAFile) {
  panel.audit = {.csv = "time\r\nnow\r\n", .acts = 1, .whole = true};
  press("Audit as a file");
  const auto file = sent();
  ASSERT_TRUE(file.is_object());
  EXPECT_THAT(file["document"]["path"].get<std::string>(), testing::EndsWith("/audit.csv"));
  EXPECT_FALSE(file.contains("caption"));
}

TEST_F(ExportAudit, ItsCaptionSaysWhenOlderActsAreLeftOut) {
  panel.audit = {.csv = "time\r\n", .acts = 20'000, .whole = false};
  press("Audit as a file");
  const auto file = sent();
  ASSERT_TRUE(file.is_object());
  EXPECT_THAT(file["caption"]["text"].get<std::string>(), HasSubstr("newest 20000 acts"));
}

TEST_F(ExportAudit, NothingYetAndAFailingDiskAreSaid) {
  press("Audit as a file");
  EXPECT_THAT(shown(), HasSubstr("The audit is empty"));
  say("/start");
  press("Report Status");
  panel.audit_error = fail(Errc::storage, "The disk is full.").error();
  press("Audit as a file");
  EXPECT_THAT(shown(), HasSubstr("The disk is full."));
  EXPECT_TRUE(sent().is_null());
}

}  // namespace
}  // namespace tgpanel::bot
