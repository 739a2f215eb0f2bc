// A database that is refused is not written to, also where a crash left its newest writes beside
// it.

#include "storage/database.hpp"
#include "unit/support/temp_dir.hpp"

#include <SQLiteCpp/Database.h>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <filesystem>

namespace tgpanel::storage {
namespace {

namespace fs = std::filesystem;

struct RefusedTest : testing::Test {
  test::TempDir dir;
  asio::io_context loop;
  fs::path file = dir / "panel.db";

  /// As after a kill: what `sql` wrote is in the -wal file alone.
  void write_and_die(const char* sql) {
    const auto live = dir / "live.db";
    ASSERT_TRUE(Database::open(live, loop.get_executor()));
    SQLite::Database db(live.string(), SQLite::OPEN_READWRITE);
    db.exec(sql);
    fs::copy_file(live, file);
    fs::copy_file(dir / "live.db-wal", dir / "panel.db-wal");
  }
};

TEST_F(RefusedTest, ANewerSchemaInTheLogOfACrash) {
  write_and_die("INSERT INTO schema_migration VALUES ('999_future.sql', 0)");
  const auto bytes = test::read(file);
  const auto log = test::read(dir / "panel.db-wal");
  ASSERT_FALSE(log.empty());
  EXPECT_FALSE(Database::open(file, loop.get_executor()));
  EXPECT_TRUE(test::read(file) == bytes);
  EXPECT_TRUE(test::read(dir / "panel.db-wal") == log);
}

TEST_F(RefusedTest, ADamagedFileBesideTheLogOfACrash) {
  write_and_die("INSERT INTO rotation VALUES ('bulk', 7)");
  auto bytes = test::read(file);
  constexpr std::size_t kPage = 4'096;
  ASSERT_GT(bytes.size(), 10 * kPage);
  bytes.replace(bytes.size() / kPage / 2 * kPage, kPage, kPage, '\xee');
  test::write(file, bytes);
  EXPECT_FALSE(Database::open(file, loop.get_executor()));
  EXPECT_TRUE(test::read(file) == bytes);
}

TEST_F(RefusedTest, WhatIsSoundTakesTheLogIn) {
  write_and_die("INSERT INTO rotation VALUES ('bulk', 7)");
  ASSERT_TRUE(Database::open(file, loop.get_executor()));
  EXPECT_FALSE(fs::exists(dir / "panel.db-wal"));
  SQLite::Database db(file.string(), SQLite::OPEN_READONLY);
  EXPECT_EQ(db.execAndGet("SELECT last_account_id FROM rotation").getInt(), 7);
}

}  // namespace
}  // namespace tgpanel::storage
