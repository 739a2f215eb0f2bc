// How many people are written to unasked: by one account, and one of them by all accounts.

#include "message_fixture.hpp"
#include "setting_change.hpp"

namespace e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ContactLimits : public MessageTest {
 protected:
  ContactLimits() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }

  std::string limits_in_preview(std::string_view count, std::string_view to) {
    preview(count, to, "hello");
    return stage.wait_bot("This takes about").text;
  }

  /// From the preview.
  std::string run() {
    stage.press(words::kStartJob);
    return stage.wait_bot("State: finished").text;
  }

  /// How often the people of the town got "hello" from our accounts.
  std::size_t arrived(std::int64_t person) {
    std::size_t all = 0;
    for (std::size_t i = 0; i < stage.town().accounts.size(); ++i) {
      all += received(person, i, "hello");
    }
    return all;
  }
};

TEST_F(ContactLimits, AnAccountWritesToAsManyPeopleADayAsItsLimitAllows) {
  stage.add_accounts(1);
  start();
  EXPECT_THAT(limits_in_preview("1", "@walter"), HasSubstr("at most 20 such people in 24 hours"));
  stage.say("/cancel");
  stage.wait_bot(words::kMainMenu);
  change_setting(stage, "Messages of one account: 20", "2");
  for (const std::string_view person : {"@walter", "@mallory"}) {
    EXPECT_THAT(limits_in_preview("1", person), HasSubstr("at most 2 such people in 24 hours"));
    EXPECT_THAT(run(), HasSubstr("done 1"));
  }
  const auto refusal = AllOf(HasSubstr("sent 2 unsolicited messages in 24 hours"),
                             HasSubstr("the limit is 2"), HasSubstr("the next may go in 24 h"));
  EXPECT_THAT(limits_in_preview("1", "@dana"), refusal) << "named before the start";
  EXPECT_THAT(run(), AllOf(HasSubstr("failed 1"), refusal));
  EXPECT_EQ(stage.stop(), 0);
  start();  // the setting and the count outlive the run
  EXPECT_THAT(limits_in_preview("1", "@dana"), refusal);
  EXPECT_THAT(run(), AllOf(HasSubstr("failed 1"), refusal));
  EXPECT_EQ(arrived(stage.town().writer), 1U);
  EXPECT_EQ(arrived(stage.town().stranger), 1U);
  EXPECT_EQ(arrived(stage.town().admin), 0U);
  EXPECT_EQ(sends_of(0), 2U) << "Telegram was not asked";

  change_setting(stage, "Messages of one account: 2", "3");
  limits_in_preview("1", "@dana");
  EXPECT_THAT(run(), HasSubstr("done 1")) << "it was the limit that held it";
  EXPECT_EQ(arrived(stage.town().admin), 1U);
}

TEST_F(ContactLimits, APersonGetsAsManyMessagesADayOfAllAccountsAsTheLimitAllows) {
  stage.add_accounts(3);
  start();
  change_setting(stage, "Messages to one person: 3", "2");
  EXPECT_THAT(limits_in_preview("3", "@walter"),
              AllOf(HasSubstr("at most 2 messages in 24 hours from all accounts together"),
                    HasSubstr("2 are left for this one")));
  const auto refusal = AllOf(HasSubstr("was sent 2 unsolicited messages by your accounts"),
                             HasSubstr("the limit is 2"));
  EXPECT_THAT(run(), AllOf(HasSubstr("done 2 · failed 1"), refusal));
  EXPECT_EQ(stage.stop(), 0);
  start();
  EXPECT_THAT(limits_in_preview("3", "@walter"), HasSubstr("0 are left for this one"));
  EXPECT_THAT(run(), AllOf(HasSubstr("failed 3"), refusal));
  EXPECT_EQ(arrived(stage.town().writer), 2U);
  EXPECT_EQ(sends_of(0) + sends_of(1) + sends_of(2), 2U) << "Telegram was not asked";
}

}  // namespace
}  // namespace e2e
