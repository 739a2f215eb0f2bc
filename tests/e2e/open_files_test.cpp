// How many files the system lets the panel open, beside what its accounts need.

#include "e2e_test.hpp"
#include "support/seeded_accounts.hpp"
#include "support/words.hpp"

namespace e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr int kAccounts = 40;

class OpenFiles : public Test {
 protected:
  void expect_all_active() {
    start();
    EXPECT_THAT(stage.panel().out(), HasSubstr("40 accounts (40 active)"));
    stage.say("/start");
    stage.wait_bot(support::words::kMainMenu);
    EXPECT_EQ(stage.stop(), 0);
  }
};

// The accounts need more than twice the soft limit.
TEST_F(OpenFiles, TheSoftLimitIsRaisedToTheHardOne) {
  support::seed_accounts(stage, kAccounts);
  stage.limit_open_files(support::OpenFiles{.soft = 90, .hard = 1'024});
  expect_all_active();
}

TEST_F(OpenFiles, AHardLimitThatIsTooLowIsSaidBeforeAnAccountIsOpenedAndLosesNone) {
  support::seed_accounts(stage, kAccounts);
  stage.world().clear_calls();
  stage.limit_open_files(support::OpenFiles{.soft = 64, .hard = 160});
  const auto panel = stage.tgpanel({"run"});
  EXPECT_EQ(panel->wait(), 78);
  EXPECT_THAT(panel->err(), AllOf(HasSubstr("open only 160 files"), HasSubstr("40 accounts"),
                                  HasSubstr("Raise the hard limit"), HasSubstr("ulimit -Hn")));
  EXPECT_THAT(panel->out(), Not(HasSubstr("ready")));
  EXPECT_TRUE(stage.world().calls().empty());

  stage.limit_open_files({});
  expect_all_active();
}

}  // namespace
}  // namespace e2e
