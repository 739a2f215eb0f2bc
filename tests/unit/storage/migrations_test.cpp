#include "storage/migrations.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace tgpanel::storage {
namespace {

using ::testing::HasSubstr;

SQLite::Database memory() {
  return {":memory:", SQLite::OPEN_READWRITE};
}

constexpr Migration kPeople{"001_people.sql",
                            "CREATE TABLE person (id INTEGER PRIMARY KEY) STRICT;"};
constexpr Migration kNames{"010_names.sql",
                           "ALTER TABLE person ADD COLUMN name TEXT;"
                           "INSERT INTO person (name) VALUES ('a;b');"};
constexpr Migration kBroken{"020_broken.sql",
                            "CREATE TABLE half (id INTEGER) STRICT; CREATE NONSENSE;"};

TEST(Migrations, EmbeddedStepsAreOrderedAndApplyToAnEmptyFile) {
  const auto steps = migrations();
  EXPECT_TRUE(std::ranges::is_sorted(steps, {}, &Migration::name));
  auto db = memory();
  const auto result = migrate(db, steps);
  EXPECT_TRUE(result) << result.error().message;
}

TEST(Migrations, EveryTableIsStrict) {
  auto db = memory();
  ASSERT_TRUE(migrate(db, migrations()));
  SQLite::Statement query(
      db,
      "SELECT name FROM pragma_table_list "
      "WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'");
  std::vector<std::string> loose;
  while (query.executeStep()) loose.push_back(query.getColumn(0).getString());
  EXPECT_THAT(loose, ::testing::IsEmpty());
}

TEST(Migrations, AreAppliedOnce) {
  auto db = memory();
  const std::vector first{kPeople};
  const std::vector both{kPeople, kNames};
  ASSERT_TRUE(migrate(db, first));
  ASSERT_TRUE(migrate(db, both));
  ASSERT_TRUE(migrate(db, both));
  EXPECT_EQ(db.execAndGet("SELECT count(*) FROM person").getInt(), 1);
  EXPECT_EQ(db.execAndGet("SELECT count(*) FROM schema_migration").getInt(), 2);
}

TEST(Migrations, AStepWithALowerNumberThatCameLaterIsApplied) {
  auto db = memory();
  constexpr Migration kLater{"005_other.sql", "CREATE TABLE other (id INTEGER) STRICT;"};
  ASSERT_TRUE(migrate(db, std::vector{kPeople, kNames}));
  ASSERT_TRUE(migrate(db, std::vector{kPeople, kLater, kNames}));
  EXPECT_TRUE(db.tableExists("other"));
}

TEST(Migrations, AFailedStepLeavesNothingBehind) {
  auto db = memory();
  const auto result = migrate(db, std::vector{kPeople, kBroken});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::storage);
  EXPECT_THAT(result.error().message, HasSubstr("020_broken.sql"));
  EXPECT_TRUE(db.tableExists("person"));
  EXPECT_FALSE(db.tableExists("half"));
  EXPECT_EQ(db.execAndGet("SELECT count(*) FROM schema_migration").getInt(), 1);
}

TEST(Migrations, ANewerSchemaIsRefused) {
  auto db = memory();
  ASSERT_TRUE(migrate(db, std::vector{kPeople, kNames}));
  const auto result = migrate(db, std::vector{kPeople});
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().message, HasSubstr("newer version"));
  EXPECT_THAT(result.error().message, HasSubstr("010_names.sql"));
}

TEST(Migrations, AnotherProgramsFileIsRefused) {
  auto db = memory();
  db.exec("CREATE TABLE moz_places (id INTEGER)");
  const auto result = migrate(db, std::vector{kPeople});
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().message, HasSubstr("another program"));
  EXPECT_FALSE(db.tableExists("person"));
}

}  // namespace
}  // namespace tgpanel::storage
