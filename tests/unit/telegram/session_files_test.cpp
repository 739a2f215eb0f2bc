#include "telegram/session_files.hpp"

#include "unit/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

namespace tgpanel::telegram {
namespace {

namespace fs = std::filesystem;

TEST(SessionFiles, OnlyWhatALoginLivesIn) {
  const test::TempDir dir;
  EXPECT_TRUE(read_session(dir.path())->empty());
  EXPECT_TRUE(read_session(dir / "none")->empty());
  test::write(dir / "td_test.binlog", "test");
  test::write(dir / "other", "other");
  const auto test_only = read_session(dir.path());
  ASSERT_TRUE(test_only);
  ASSERT_EQ(test_only->size(), 1U);
  EXPECT_EQ(test_only->front().name, "td_test.binlog");
  EXPECT_EQ(test_only->front().content, "test");
  test::write(dir / "td.binlog", "real");
  EXPECT_EQ(read_session(dir.path())->size(), 2U);
}

TEST(SessionFiles, TheNewOneCountsWhereACrashLeftItAlone) {
  const test::TempDir dir;
  test::write(dir / "td.binlog.new", "rewritten");
  const auto files = read_session(dir.path());
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 1U);
  EXPECT_EQ(files->front().name, "td.binlog");
  EXPECT_EQ(files->front().content, "rewritten");
  test::write(dir / "td.binlog", "old");
  EXPECT_EQ(read_session(dir.path())->front().content, "old") << "a new one that is not complete";
}

TEST(SessionFiles, WhatCannotBeReadIsAFailure) {
  const test::TempDir dir;
  fs::create_directory(dir / "td.binlog");
  EXPECT_FALSE(read_session(dir.path()));
}

// As TDLib does it: written beside, the old one unlinked, the new one renamed.
TEST(SessionFiles, AreWholeWhileTheyAreWrittenAnew) {
  const test::TempDir dir;
  const std::string whole(100'000, 'w');
  test::write(dir / "td.binlog", whole);
  std::atomic<bool> stop = false;
  std::atomic<int> rewritten = 0;
  std::thread writer([&] {
    while (!stop) {
      test::write(dir / "td.binlog.new", whole);
      fs::remove(dir / "td.binlog");
      fs::rename(dir / "td.binlog.new", dir / "td.binlog");
      ++rewritten;
    }
  });
  int missing = 0;
  int cut = 0;
  for (int i = 0; i < 1'000 || rewritten < 200; ++i) {
    const auto files = read_session(dir.path());
    if (!files || files->empty()) {
      ++missing;
    } else if (files->front().content != whole) {
      ++cut;
    }
  }
  stop = true;
  writer.join();
  EXPECT_EQ(missing, 0);
  EXPECT_EQ(cut, 0);
}

}  // namespace
}  // namespace tgpanel::telegram
