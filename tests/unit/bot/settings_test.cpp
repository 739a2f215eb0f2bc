#include "bot/settings_menus.hpp"
#include "bot_fixture.hpp"
#include "draw.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::bot {
namespace {

using panel::Preference;
using testing::HasSubstr;
using testing::Not;

class Settings : public BotTest {
 protected:
  void SetUp() override {
    options.language_of = [this](UserId admin) {
      return panel.settings.value(Preference::language, admin) == 1 ? Language::fa : Language::en;
    };
    start_and_serve();
    say("/start");
    press("Settings");
  }

  [[nodiscard]] std::int64_t value(Preference key, UserId admin = kAdmin) const {
    return panel.settings.value(key, admin);
  }
};

TEST_F(Settings, EveryOneIsShownWithItsValueAndHasAPageThatSaysWhatItMeans) {
  EXPECT_THAT(shown(), HasSubstr("Messages to one person: 3"));
  EXPECT_THAT(shown(), HasSubstr("Messages of one account: 20"));
  EXPECT_THAT(shown(), HasSubstr("Stop after PEER_FLOOD: 24 h"));
  EXPECT_THAT(shown(), HasSubstr("Pause between actions: 1 s"));
  EXPECT_THAT(shown(), HasSubstr("Private chats: off"));
  View view;
  view.settings = settings_of(panel.settings, kAdmin);
  for (const auto language : {Language::en, Language::fa}) {
    view.language = language;
    for (const auto& spec : panel::preference_table()) {
      const MenuRef menu{Menu::setting, static_cast<std::int64_t>(spec.key)};
      const auto page = draw(menu_screen(menu, view));
      EXPECT_THAT(page, HasSubstr(Sentence(meaning_of(spec.key)).in(language)));
      EXPECT_THAT(page, HasSubstr("✓ " + bot::shown(spec.key, spec.fallback).in(language)))
          << "the default is offered: " << spec.name;
    }
  }
}

TEST_F(Settings, AButtonChangesOneAndTheDefaultComesBack) {
  press("Messages to one person: 3");
  EXPECT_THAT(shown(), HasSubstr("Allowed: 0 to 100"));
  EXPECT_THAT(shown(), Not(HasSubstr("Back to the default")));
  press("5");
  EXPECT_EQ(value(Preference::per_recipient), 5);
  EXPECT_THAT(shown(), HasSubstr("Saved. Messages to one person: 5"));
  press("Messages to one person: 5");
  press("Back to the default: 3");
  EXPECT_EQ(value(Preference::per_recipient), 3);
  EXPECT_TRUE(panel.settings.values.empty());
}

TEST_F(Settings, ANumberIsTypedInAnyDigitsAndWhatIsNoneIsRefused) {
  press("Messages of one account: 20");
  press("Type a number");
  EXPECT_THAT(shown(), HasSubstr("from 0 to 1000"));
  for (const auto* bad : {"many", "-3", "1.5", "99999999999"}) {
    say(bad);
    EXPECT_THAT(shown(), HasSubstr("A whole number is expected")) << bad;
  }
  sticker();
  EXPECT_THAT(shown(), HasSubstr("A whole number is expected"));
  say("۳۵");
  EXPECT_EQ(value(Preference::per_account), 35);
  EXPECT_THAT(shown(), HasSubstr("Saved. Messages of one account: 35"));
}

TEST_F(Settings, HoursAreTypedAndShownAsHours) {
  press("Stop after PEER_FLOOD: 24 h");
  EXPECT_THAT(shown(), HasSubstr("Allowed: 1 to 720"));
  press("48 h");
  EXPECT_EQ(value(Preference::flood_stop), 48);
  press("Stop after PEER_FLOOD: 48 h");
  press("Type a number");
  EXPECT_THAT(shown(), HasSubstr("from 1 to 720"));
  say("۷۲");
  EXPECT_EQ(value(Preference::flood_stop), 72);
  EXPECT_THAT(shown(), HasSubstr("Saved. Stop after PEER_FLOOD: 72 h"));
  EXPECT_EQ(bot::shown(Preference::flood_stop, 72).in(Language::fa), "۷۲ ساعت");
}

TEST_F(Settings, ARefusalIsToldAndTheQuestionStays) {
  panel.settings.error = fail(Errc::invalid, "This has to be between 0 and 100.").error();
  press("Messages to one person: 3");
  press("Type a number");
  say("5000");
  EXPECT_THAT(shown(), HasSubstr("This has to be between 0 and 100."));
  panel.settings.error.reset();
  say("7");
  EXPECT_EQ(value(Preference::per_recipient), 7);
}

TEST_F(Settings, TheLanguageChangesAtOnceAndForOneAdminAlone) {
  press("Language: English");
  press("فارسی");
  EXPECT_THAT(shown(), HasSubstr("تنظیمات"));
  EXPECT_EQ(value(Preference::language, kOther), 0);
  say("/start", kOther);
  EXPECT_THAT(shown(kOther), HasSubstr("Choose what to do."));
  say("/start");
  EXPECT_THAT(shown(), HasSubstr("انتخاب کنید"));
}

TEST_F(Settings, AnOldPageNeverActs) {
  press("Messages to one person: 3");
  panel.settings.values[{0, Preference::per_recipient}] = 9;  // another admin, meanwhile
  press("10");
  EXPECT_EQ(value(Preference::per_recipient), 9);
  EXPECT_THAT(shown(), HasSubstr("Now: 9"));
}

TEST(SettingPresses, OnlyWhatAPageOffersIsRead) {
  const MenuRef page{Menu::setting, 1};
  EXPECT_EQ(parse_setting(page, "v.5")->value, 5);
  EXPECT_EQ(parse_setting(page, "vd")->value, std::nullopt);
  EXPECT_FALSE(parse_setting(page, "v."));
  EXPECT_FALSE(parse_setting(page, "v.5x"));
  EXPECT_FALSE(parse_setting(page, "yes"));
  EXPECT_FALSE(parse_setting({Menu::setting, 99}, "v.5"));
  EXPECT_FALSE(parse_setting({Menu::settings, 1}, "v.5"));
}

}  // namespace
}  // namespace tgpanel::bot
