// A keyword is tried on past messages before it is added.

#include "monitor_fixture.hpp"

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
namespace words = support::words;

class KeywordTrial : public MonitorTest {
 protected:
  void begin() {
    stage.add_accounts(2);
    write("a bike, the first");
    write("a car");
    write("a Bike, the second: broken");
    write("دوچرخهٔ قرمز");
    start();
    // The groups are there once the accounts have loaded their chats.
    add_keyword("something");
    write("something is seen");
    wait_alert("something is seen");
    stage.press("Try a keyword");
    stage.wait_bot("Send one keyword");
  }
};

TEST_F(KeywordTrial, ShowsWhatWouldBeReportedAndAddsItOnlyWhenAsked) {
  begin();
  stage.say("-alone");
  stage.press("Market");
  stage.wait_bot("⚠");
  stage.press(words::kBack);
  stage.wait_bot("Send one keyword");
  stage.say("bike -broken");
  stage.wait_bot("In which group");
  stage.press("Market");
  const auto shown = stage.wait_bot("it would report 1 of the last");
  EXPECT_THAT(shown.text, HasSubstr("a bike, the first"));
  EXPECT_THAT(shown.text, HasSubstr("https://t.me/market/"));
  EXPECT_THAT(shown.text, Not(HasSubstr("broken:")));
  write("a bike, not yet reported");
  stage.press("Change it");
  stage.say("دوچرخه");
  stage.say("@market");
  stage.wait_bot("it would report 1 of the last");
  stage.press("Add it");
  stage.wait_bot("Added the keyword");
  write("دوچرخهٔ آبی");
  wait_alert("دوچرخهٔ آبی");
  EXPECT_THAT(stage.alerts(), SizeIs(2));
}

}  // namespace
}  // namespace e2e
