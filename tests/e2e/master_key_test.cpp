// The master key of a panel that was given none: made at the first start, and said whatever the
// level of the log.

#include "e2e_test.hpp"

#include <sys/stat.h>

namespace e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MasterKey : public Test {
 protected:
  MasterKey() {
    stage.environment().erase("TGPANEL_KEY_FILE");
    stage.environment()["XDG_CONFIG_HOME"] = (stage.folder() / "config").string();
    stage.environment()["TGPANEL_LOG_LEVEL"] = "off";
  }

  [[nodiscard]] std::filesystem::path key() const {
    return stage.folder() / "config" / "tgpanel" / "master.key";
  }
};

TEST_F(MasterKey, TheFirstStartNamesItsFileAndWhatItsLossMeans) {
  start();
  EXPECT_THAT(stage.panel().wait_line("a new master key was created"),
              AllOf(HasSubstr("tgpanel: "), HasSubstr(key().string()),
                    HasSubstr("Whoever loses it loses the sessions")));
  struct stat about{};
  ASSERT_EQ(::stat(key().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 07777U, 0400U);
  EXPECT_EQ(stage.stop(), 0);
  stage.add_account(0);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 account (1 active)"));
  EXPECT_THAT(stage.panel().err(), Not(HasSubstr("master key")));
  EXPECT_EQ(stage.stop(), 0);
}

}  // namespace
}  // namespace e2e
