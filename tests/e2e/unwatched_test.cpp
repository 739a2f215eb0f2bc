// What is found though nobody watched when it happened, and what is never reported.

#include "monitor_fixture.hpp"

namespace e2e {
namespace {

using testing::SizeIs;

// The head of a PNG file of 16 × 16 pixels; nobody looks further.
constexpr auto kPicture = "89504e470d0a1a0a0000000d4948445200000010000000100806000000";

class Unwatched : public MonitorTest {};

TEST_F(Unwatched, AnEditWhileThePanelIsOffAlertsOnce) {
  stage.add_accounts(2);
  start();
  // Not in the same seconds as the keyword: clocks differ, and rather one too many than one lost.
  const auto early = stage.world().send(stage.town().writer, "Market",
                                        {{"text", "a tricycle, before the keyword"}, {"ago", 60}});
  stage.world().edit(stage.town().writer, "Market", early, "a bicycle before the keyword", 30);
  add_keyword("bicycle");
  const auto later = write("a car for sale");
  const auto before = write("a bicycle, number one");
  wait_alert("number one");
  EXPECT_EQ(stage.stop(), 0);

  stage.world().edit(stage.town().writer, "Market", later, "a bicycle after all");
  stage.world().edit(stage.town().writer, "Market", before, "a bicycle, number one, cheap");
  start();
  wait_alert("after all");
  EXPECT_EQ(stage.stop(), 0);
  start();
  // It was loaded when it was read again, so that the next edit is pushed.
  stage.world().edit(stage.town().writer, "Market", later, "a bicycle after all, cheap");
  write("bicycle, the end");
  wait_alert("the end");
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

TEST_F(Unwatched, TheDiscussionOfTheAlertsDoesNotEcho) {
  auto members = stage.town().accounts;
  members.insert(members.begin(), stage.town().writer);
  stage.world().add_chat("supergroup", "Talk", "", members);
  stage.world().link_discussion("Alerts", "Talk");
  stage.add_accounts(3);
  start();
  add_keyword("bicycle");
  write("bicycle one");
  wait_alert("bicycle one");
  write("bicycle, says somebody about the alert", "Talk");
  write("bicycle two");
  wait_alert("bicycle two");
  write("bicycle three");
  wait_alert("bicycle three");
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

TEST_F(Unwatched, ACaptionAlertsOnceAndAPictureWithoutOneNever) {
  stage.add_accounts(2);
  start();
  add_keyword("bicycle");
  stage.world().send(stage.town().writer, "Market",
                     {{"photo_hex", kPicture}, {"text", "a bicycle in a picture"}});
  stage.world().send(stage.town().writer, "Market", {{"photo_hex", kPicture}});
  stage.world().send(stage.town().writer, "Market",
                     {{"media", "video"}, {"text", "می‌رود: a bicycle in a film"}});
  wait_alert("می‌رود: a bicycle in a film");
  EXPECT_EQ(alerts_with("in a picture"), 1U);
  EXPECT_THAT(stage.alerts(), SizeIs(2));
}

}  // namespace
}  // namespace e2e
