#include "base/new_file.hpp"

#include "unit/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace tgpanel {
namespace {

namespace fs = std::filesystem;

TEST(NewFile, HasItsNameOnceItIsComplete) {
  const test::TempDir dir;
  auto file = NewFile::beside(dir / "a");
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write("one "));
  ASSERT_TRUE(file->write("two"));
  EXPECT_FALSE(fs::exists(dir / "a"));
  ASSERT_TRUE(file->publish(NewFile::Present::kept));
  EXPECT_EQ(test::read(dir / "a"), "one two");
  EXPECT_EQ(static_cast<int>(fs::status(dir / "a").permissions()), 0600);
  EXPECT_EQ(test::entries(dir.path()), 1);
}

TEST(NewFile, GivenUpLeavesNothing) {
  const test::TempDir dir;
  {
    auto file = NewFile::beside(dir / "a");
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("one"));
    auto moved = std::move(*file);
    EXPECT_EQ(test::entries(dir.path()), 1);
  }
  EXPECT_EQ(test::entries(dir.path()), 0);
}

TEST(NewFile, KeepsOrReplacesWhatIsThere) {
  const test::TempDir dir;
  test::write(dir / "a", "old");
  {
    auto kept = NewFile::beside(dir / "a");
    ASSERT_TRUE(kept && kept->write("new"));
    EXPECT_EQ(kept->publish(NewFile::Present::kept).error().code, Errc::exists);
  }
  EXPECT_EQ(test::read(dir / "a"), "old");
  auto replaced = NewFile::beside(dir / "a");
  ASSERT_TRUE(replaced && replaced->write("new"));
  ASSERT_TRUE(replaced->publish(NewFile::Present::replaced));
  EXPECT_EQ(test::read(dir / "a"), "new");
  EXPECT_EQ(test::entries(dir.path()), 1);
}

TEST(NewFile, AMissingFolderIsSaid) {
  const test::TempDir dir;
  EXPECT_EQ(NewFile::beside(dir / "none/a").error().code, Errc::not_found);
}

}  // namespace
}  // namespace tgpanel
