// Files of every earlier schema, with rows in every table: upgraded by Database::open, the copy
// from before kept.

#include "storage/database.hpp"
#include "storage/migrations.hpp"
#include "unit/support/temp_dir.hpp"
#include "upgrade_rows.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

std::vector<Migration> schema_of(std::size_t steps) {
  std::vector<Migration> chosen;
  for (const auto& step : migrations()) {
    const auto* const end = kHistory.begin() + steps;
    if (std::find(kHistory.begin(), end, step.name) != end) chosen.push_back(step);
  }
  return chosen;
}

int number(SQLite::Database& db, const std::string& sql) {
  return db.execAndGet(sql).getInt();
}

/// Every value of a table, in the columns that it had.
std::vector<std::string> values(SQLite::Database& db, const std::string& table,
                                const std::vector<std::string>& columns) {
  std::string list;
  for (const auto& column : columns)
    list += (list.empty() ? "quote(" : " || quote(") + column + ")";
  std::vector<std::string> all;
  SQLite::Statement query(db, "SELECT " + list + " FROM " + table + " ORDER BY 1");
  while (query.executeStep()) all.push_back(query.getColumn(0).getString());
  return all;
}

std::vector<std::string> columns_of(SQLite::Database& db, const std::string& table) {
  std::vector<std::string> names;
  SQLite::Statement query(db, "SELECT name FROM pragma_table_info(?)");
  query.bind(1, table);
  while (query.executeStep()) names.push_back(query.getColumn(0).getString());
  return names;
}

using Content = std::map<std::string, std::vector<std::string>>;
using Columns = std::map<std::string, std::vector<std::string>>;

class Upgrade : public testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] fs::path file() const { return dir_ / "panel.db"; }

  [[nodiscard]] fs::path copy() const {
    return dir_ / ("panel.db.before-v" + std::to_string(GetParam()));
  }

  /// What an earlier version leaves, and what is in it.
  Content make_old() {
    SQLite::Database db(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("PRAGMA journal_mode = WAL");
    EXPECT_TRUE(migrate(db, schema_of(GetParam())));
    Content content;
    for (const auto& row : kRows) {
      if (!db.tableExists(row.table)) continue;
      db.exec(row.insert);
      columns_[row.table] = columns_of(db, row.table);
    }
    for (const auto& [table, columns] : columns_) content[table] = values(db, table, columns);
    return content;
  }

  /// Of the same tables and columns.
  Content read(const fs::path& from) {
    SQLite::Database db(from.string(), SQLite::OPEN_READONLY);
    Content content;
    for (const auto& [table, columns] : columns_) {
      auto kept = columns;
      const auto now = columns_of(db, table);
      std::erase_if(kept, [&](auto& name) { return std::ranges::find(now, name) == now.end(); });
      content[table] = kept == columns ? values(db, table, columns) : std::vector<std::string>{};
    }
    return content;
  }

  Result<std::unique_ptr<Database>> open() { return Database::open(file(), loop_.get_executor()); }

  test::TempDir dir_;
  asio::io_context loop_;
  Columns columns_;
};

TEST_P(Upgrade, KeepsEveryRowAndACopyFromBefore) {
  auto before = make_old();
  {
    const auto opened = open();
    ASSERT_TRUE(opened) << opened.error().message;
  }
  EXPECT_EQ(read(copy()), before);
  {
    SQLite::Database kept(copy().string(), SQLite::OPEN_READONLY);
    EXPECT_EQ(number(kept, "SELECT count(*) FROM schema_migration"), static_cast<int>(GetParam()));
    struct stat info{};
    ASSERT_EQ(::stat(copy().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
  }
  auto after = read(file());
  before.erase("contact_stop");  // 041 drops a column: looked at below
  after.erase("contact_stop");
  EXPECT_EQ(after, before);

  SQLite::Database db(file().string(), SQLite::OPEN_READONLY);
  EXPECT_EQ(number(db, "SELECT count(*) FROM schema_migration"),
            static_cast<int>(migrations().size()));
  SQLite::Statement broken(db, "PRAGMA foreign_key_check");
  EXPECT_FALSE(broken.executeStep());
  EXPECT_EQ(db.execAndGet("PRAGMA integrity_check").getString(), "ok");
  const auto has = [&](const char* table) { return before.contains(table); };
  if (columns_.contains("contact_stop")) {
    EXPECT_EQ(number(db, "SELECT until_ms FROM contact_stop WHERE account_id = 7"), 2);
  }
  if (has("keyword") && GetParam() < 6) {
    EXPECT_EQ(number(db, "SELECT count(*) FROM keyword WHERE form = 'plain'"), 1)
        << "what was written before there were rules stays plain words";
  }
  if (has("alert")) {
    EXPECT_EQ(number(db, "SELECT newest_message_id FROM alert_channel WHERE channel_id = -1002"),
              4'096);
  }
  if (has("job") && GetParam() < 8) {
    EXPECT_EQ(number(db, "SELECT begun_ms FROM job WHERE id = 11"), 12);
  }
}

TEST_P(Upgrade, ASecondStartMakesNoFurtherCopy) {
  make_old();
  ASSERT_TRUE(open());
  ASSERT_TRUE(fs::remove(copy()));
  ASSERT_TRUE(open());
  EXPECT_FALSE(fs::exists(copy()));
}

INSTANTIATE_TEST_SUITE_P(Upgrade, Upgrade, testing::Range(std::size_t{1}, kHistory.size()),
                         [](const auto& steps) { return "From" + std::to_string(steps.param); });

class UpgradeOnce : public testing::Test {
 protected:
  [[nodiscard]] fs::path file() const { return dir_ / "panel.db"; }

  void make_old(std::size_t steps) {
    SQLite::Database db(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    ASSERT_TRUE(migrate(db, schema_of(steps)));
  }

  [[nodiscard]] std::vector<std::string> beside() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(dir_.path())) {
      const auto name = entry.path().filename().string();
      if (name.find("before") != std::string::npos) names.push_back(name);
    }
    return names;
  }

  test::TempDir dir_;
  asio::io_context loop_;
};

TEST_F(UpgradeOnce, TheHistoryKnowsEveryStep) {
  std::vector<std::string_view> known(kHistory.begin(), kHistory.end());
  std::ranges::sort(known);
  std::vector<std::string_view> steps;
  for (const auto& step : migrations()) steps.push_back(step.name);
  EXPECT_EQ(known, steps) << "add the new step at the end of kHistory";
}

TEST_F(UpgradeOnce, EveryTableHasARow) {
  auto db = SQLite::Database(":memory:", SQLite::OPEN_READWRITE);
  ASSERT_TRUE(migrate(db, migrations()));
  SQLite::Statement query(db,
                          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                          "'sqlite_%' AND name NOT IN ('schema_migration', 'job_owner')");
  std::vector<std::string> without;
  while (query.executeStep()) {
    const auto name = query.getColumn(0).getString();
    if (std::ranges::none_of(kRows, [&](const Row& row) { return row.table == name; })) {
      without.push_back(name);
    }
  }
  EXPECT_THAT(without, IsEmpty()) << "give it a row in kRows";
}

TEST_F(UpgradeOnce, ANewFileNeedsNoCopy) {
  ASSERT_TRUE(Database::open(file(), loop_.get_executor()));
  EXPECT_THAT(beside(), IsEmpty());
}

TEST_F(UpgradeOnce, WithoutACopyNothingIsUpgraded) {
  make_old(3);
  fs::create_directories(dir_ / "panel.db.before-v3/in the way");
  const auto opened = Database::open(file(), loop_.get_executor());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::storage);
  SQLite::Database db(file().string(), SQLite::OPEN_READONLY);
  EXPECT_EQ(number(db, "SELECT count(*) FROM schema_migration"), 3);
  EXPECT_EQ(beside().size(), 1U) << "half a copy is left";
}

TEST_F(UpgradeOnce, ARefusedFileIsLeftAsItIs) {
  ASSERT_TRUE(Database::open(file(), loop_.get_executor()));
  {
    SQLite::Database db(file().string(), SQLite::OPEN_READWRITE);
    db.exec("INSERT INTO schema_migration VALUES ('999_future.sql', 0)");
  }
  const auto bytes = test::read(file());
  EXPECT_FALSE(Database::open(file(), loop_.get_executor()));
  EXPECT_EQ(test::read(file()), bytes);
  EXPECT_THAT(beside(), IsEmpty());
}

}  // namespace
}  // namespace tgpanel::storage
