#include "base/files.hpp"

#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace tgpanel {
namespace {

namespace fs = std::filesystem;

int rights(const fs::path& path) {
  return static_cast<int>(fs::status(path).permissions());
}

TEST(Files, PrivateFoldersAreMadeWithTheirParents) {
  const test::TempDir dir;
  ASSERT_TRUE(make_private_folder(dir / "a/b/c"));
  EXPECT_EQ(rights(dir / "a"), 0700);
  EXPECT_EQ(rights(dir / "a/b/c"), 0700);
  ASSERT_TRUE(make_private_folder(dir / "a/b/c/"));
}

TEST(Files, AnOpenFolderIsClosed) {
  const test::TempDir dir;
  fs::create_directory(dir / "a");
  fs::permissions(dir / "a", fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                                 fs::perms::others_read | fs::perms::others_exec);
  ASSERT_TRUE(make_private_folder(dir / "a"));
  EXPECT_EQ(rights(dir / "a"), 0700);
}

TEST(Files, AFileInTheWayOfAFolderIsSaid) {
  const test::TempDir dir;
  test::write(dir / "a", "");
  EXPECT_FALSE(make_private_folder(dir / "a"));
  EXPECT_FALSE(make_private_folder(dir / "a/b"));
}

TEST(Files, ReadsWholeFilesUpToALimit) {
  const test::TempDir dir;
  const std::string content(200'000, 'x');
  test::write(dir / "a", content);
  EXPECT_EQ(read_file(dir / "a").value(), content);
  EXPECT_EQ(read_file(dir / "a", content.size()).value(), content);
  EXPECT_EQ(read_file(dir / "a", content.size() - 1).error().code, Errc::invalid);
  EXPECT_EQ(read_file(dir / "none").error().code, Errc::not_found);
  EXPECT_EQ(read_file(dir.path()).error().code, Errc::invalid);
  ASSERT_EQ(::mkfifo((dir / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_file(dir / "pipe").error().code, Errc::invalid);
}

TEST(Files, AtomicWritingReplacesAndLeavesNothingBeside) {
  const test::TempDir dir;
  ASSERT_TRUE(write_file_atomically(dir / "a", "one"));
  ASSERT_TRUE(write_file_atomically(dir / "a", "two"));
  EXPECT_EQ(test::read(dir / "a"), "two");
  EXPECT_EQ(rights(dir / "a"), 0600);
  EXPECT_EQ(test::entries(dir.path()), 1);
}

TEST(Files, AtomicWritingReplacesALinkNotWhatItNames) {
  const test::TempDir dir;
  test::write(dir / "target", "kept");
  fs::create_symlink(dir / "target", dir / "link");
  ASSERT_TRUE(write_file_atomically(dir / "link", "new"));
  EXPECT_EQ(test::read(dir / "target"), "kept");
  EXPECT_EQ(test::read(dir / "link"), "new");
}

TEST(Files, CreatingNeverReplaces) {
  const test::TempDir dir;
  ASSERT_TRUE(create_file(dir / "a", "one", 0400));
  EXPECT_EQ(rights(dir / "a"), 0400);
  EXPECT_EQ(create_file(dir / "a", "two").error().code, Errc::exists);
  EXPECT_EQ(test::read(dir / "a"), "one");
  EXPECT_EQ(test::entries(dir.path()), 1);
}

TEST(Files, FailuresNameTheFileAndLeaveNothing) {
  const test::TempDir dir;
  const auto lost = write_file_atomically(dir / "no/such/file", "x");
  ASSERT_FALSE(lost);
  EXPECT_THAT(lost.error().message, ::testing::HasSubstr("no/such/file"));
  fs::create_directories(dir / "folder/inner");
  EXPECT_FALSE(write_file_atomically(dir / "folder", "x"));
  EXPECT_EQ(test::entries(dir.path()), 1);
  EXPECT_FALSE(write_file_atomically("/proc/tgpanel", "x"));
}

TEST(Files, KnowsWhatOthersMayRead) {
  const test::TempDir dir;
  test::write(dir / "a", "", 0600);
  EXPECT_FALSE(open_to_others(dir / "a"));
  test::write(dir / "b", "", 0604);
  EXPECT_TRUE(open_to_others(dir / "b"));
  EXPECT_FALSE(open_to_others(dir / "none"));
}

TEST(Files, KnowsWhatLiesWithinAFolder) {
  const test::TempDir dir;
  fs::create_directory(dir / "data");
  EXPECT_TRUE(lies_within(dir / "data/key", dir / "data"));
  EXPECT_TRUE(lies_within(dir / "data/x/../key", dir / "data/"));
  EXPECT_TRUE(lies_within(dir / "data", dir / "data"));
  EXPECT_FALSE(lies_within(dir / "data/../key", dir / "data"));
  EXPECT_FALSE(lies_within(dir / "data2/key", dir / "data"));
  fs::create_symlink(dir / "data", dir / "alias");
  EXPECT_TRUE(lies_within(dir / "alias/key", dir / "data"));
  EXPECT_TRUE(lies_within(dir / "data/key", dir / "alias"));
}

TEST(Files, TheUmaskHidesNewFiles) {
  const auto before = ::umask(022);
  restrict_umask();
  const auto after = ::umask(before);
  EXPECT_EQ(after, 077U);
}

}  // namespace
}  // namespace tgpanel
