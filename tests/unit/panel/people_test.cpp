// People who are written to: what admins are told of stopped accounts.

#include "panel_fixture.hpp"

#include <gmock/gmock.h>

namespace tgpanel::panel {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;

struct Warnings : PanelTest {
  /// What is told of a stop of so many hours, some time after Telegram's refusal.
  std::string told(hours stop, Millis later) {
    auto& contacts = runner->contacts();
    EXPECT_TRUE(contacts.set_limits(3, 20, stop));
    static_cast<void>(contacts.stop(1));
    clock.advance(later);
    const auto warnings = english(test::run(context, panel->take_warnings()));
    EXPECT_THAT(warnings, ElementsAre(HasSubstr("Account 1")));
    clock.advance(stop);
    return warnings.empty() ? std::string() : warnings.front();
  }
};

TEST_F(Warnings, TheHoursAreThoseOfTheSettingAndWhatIsLeftWhenItIsToldLate) {
  accounts.add(1);
  EXPECT_THAT(told(hours{24}, Millis{5}), HasSubstr("unasked for 24 hours, unless"));
  EXPECT_THAT(told(hours{48}, Millis{0}), HasSubstr("unasked for 48 hours, unless"));
  EXPECT_THAT(told(hours{1}, Millis{5}), HasSubstr("unasked for 1 hour, unless"));
  EXPECT_THAT(told(hours{48}, hours{30}), HasSubstr("unasked for 18 hours, unless"));
  EXPECT_THAT(told(hours{1}, minutes{50}), HasSubstr("unasked for 10 minutes, unless"));
  EXPECT_THAT(told(hours{1}, minutes{59}), HasSubstr("unasked for 1 minute, unless"));
}

}  // namespace
}  // namespace tgpanel::panel
