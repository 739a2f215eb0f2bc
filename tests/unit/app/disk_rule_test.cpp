#include "app/disk_rule.hpp"

#include "app/disk_look.hpp"
#include "unit/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>

namespace tgpanel::app {
namespace {

constexpr DiskLimits kLimits{.out = 10, .back = 20, .low = 100, .enough = 150};

struct DiskRuleTest : testing::Test {
  DiskRule rule{kLimits};

  Disk free(std::uint64_t bytes) { return rule.look({.free = bytes}); }
};

TEST_F(DiskRuleTest, RoomIsGoodDownToTheBound) {
  EXPECT_EQ(free(1'000), Disk::good);
  EXPECT_EQ(free(100), Disk::good);
  EXPECT_EQ(free(99), Disk::low);
}

TEST_F(DiskRuleTest, ADiskThatHoversIsToldOnce) {
  EXPECT_EQ(free(99), Disk::low);
  EXPECT_EQ(free(101), Disk::low);
  EXPECT_EQ(free(149), Disk::low);
  EXPECT_EQ(free(150), Disk::good);
  EXPECT_EQ(free(149), Disk::good);
}

TEST_F(DiskRuleTest, OutIsLeftAtItsOwnBoundAndIsLowThen) {
  EXPECT_EQ(free(9), Disk::out);
  EXPECT_EQ(free(19), Disk::out);
  EXPECT_EQ(free(20), Disk::low);
  EXPECT_EQ(free(10), Disk::low);
  EXPECT_EQ(free(9), Disk::out);
  EXPECT_EQ(free(1'000), Disk::good);
}

TEST_F(DiskRuleTest, AWriteThatFailsIsOutHoweverMuchIsFree) {
  EXPECT_EQ(rule.look({.free = 1'000, .error = EIO}), Disk::out);
  EXPECT_EQ(rule.state(), Disk::out);
  EXPECT_EQ(free(1'000), Disk::good);
}

TEST(DiskLook, SeesRoomAndLeavesNothing) {
  const test::TempDir dir;
  const auto look = look_at_disk(dir.path());
  EXPECT_EQ(look.error, 0);
  EXPECT_GT(look.free, 0U);
  EXPECT_TRUE(std::filesystem::is_empty(dir.path()));
}

TEST(DiskLook, SaysWhyNothingCanBeWritten) {
  EXPECT_EQ(look_at_disk("/proc").error, ENOENT);  // it refuses new files to everyone
  EXPECT_EQ(look_at_disk("/dev/null/nowhere").error, ENOTDIR);
}

}  // namespace
}  // namespace tgpanel::app
