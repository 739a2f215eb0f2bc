#include "app/open_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace tgpanel::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// The soft limit, for as long as this lives.
class SoftLimit {
 public:
  explicit SoftLimit(rlim_t files) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit now{.rlim_cur = files, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &now);
  }

  SoftLimit(const SoftLimit&) = delete;
  SoftLimit& operator=(const SoftLimit&) = delete;

  ~SoftLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

// As measured: 46 with the bot and one account, 216 with 40 of them.
TEST(OpenFiles, WhatIsNeededIsMoreThanWhatWasSeen) {
  EXPECT_GT(files_needed(1, 2), 46U + 32U);
  EXPECT_GT(files_needed(40, 2), 216U + 40U);
  EXPECT_LT(files_needed(200, 2), 1'024U) << "the usual limit where there is one";
  EXPECT_GT(files_needed(500, 2), 1'024U);
  EXPECT_LT(files_needed(500, 2), files_needed(500, 64)) << "more processors, more threads";
}

TEST(OpenFiles, TooFewAreSaidWithTheWayToMendIt) {
  EXPECT_TRUE(check_open_files(1));
  const SoftLimit few(90);
  const auto checked = check_open_files(40);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, Errc::configuration);
  EXPECT_THAT(checked.error().message,
              AllOf(HasSubstr("only 90 files"), HasSubstr("40 accounts"), HasSubstr("LimitNOFILE"),
                    HasSubstr("ulimit -Hn"), HasSubstr("start again")));
}

}  // namespace
}  // namespace tgpanel::app
