// What a start makes of a disk that takes nothing, and of a database that it cannot use: it never
// writes into that, and says how to mend it.

#include "storage_fixture.hpp"

#include <SQLiteCpp/Database.h>

#include <algorithm>

namespace e2e {
namespace {

class StorageStart : public StorageTest {
 protected:
  /// Starts the panel, which has to refuse; what it said.
  std::string refused(int code = 1) {
    const auto process = stage.tgpanel({"run"});
    EXPECT_EQ(process->wait(), code);
    return process->err();
  }
};

TEST_F(StorageStart, WithoutRoomItWaitsAndGoesOnByItself) {
  stage.add_accounts(1);
  break_disk("ENOSPC /data/");
  const auto panel = stage.tgpanel({"run"});
  panel->wait_line("The panel waits");
  EXPECT_THAT(refused(75), HasSubstr("is in use by another process"));
  EXPECT_THAT(panel->out(), IsEmpty());
  mend_disk();
  EXPECT_THAT(panel->wait_line("tgpanel: ready"), HasSubstr("1 account (1 active)"));
  EXPECT_EQ(panel->terminate(), 0);
}

TEST_F(StorageStart, AWaitForRoomEndsOnSigterm) {
  stage.add_accounts(1);
  break_disk("FREE 0");
  const auto panel = stage.tgpanel({"run"});
  panel->wait_line("The panel waits");
  EXPECT_EQ(panel->terminate(), 0);
}

TEST_F(StorageStart, AReadOnlyFolderIsSaid) {
  stage.add_accounts(1);
  break_disk("EROFS /data/");
  EXPECT_THAT(refused(), AllOf(HasSubstr("Read-only file system"),
                               HasSubstr((stage.data() / "lock").string())));
  break_disk("EROFS /data/panel.db");
  EXPECT_THAT(refused(),
              AllOf(HasSubstr("cannot be opened for writing"), HasSubstr(database().string())));
  mend_disk();
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 active"));
}

TEST_F(StorageStart, ADamagedDatabaseIsRefusedAndLeftAsItIs) {
  stage.add_accounts(1);
  const auto good = bytes_of(database());
  constexpr std::size_t kPage = 4'096;
  ASSERT_GT(good.size(), 10 * kPage);
  overwrite(database(), good.size() / kPage / 2 * kPage, kPage);
  const auto damaged = bytes_of(database());
  EXPECT_THAT(refused(), AllOf(HasSubstr("is damaged"), HasSubstr(database().string()),
                               HasSubstr("restore it from a backup, or move it away")));
  EXPECT_TRUE(bytes_of(database()) == damaged) << "it was written to";
  // As it was told to mend it.
  fs::rename(database(), stage.data() / "panel.db.damaged");
  std::ofstream(database(), std::ios::binary) << good;
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 account (1 active)"));
}

TEST_F(StorageStart, ADatabaseThatIsNoneIsRefusedAndLeftAsItIs) {
  stage.add_accounts(1);
  overwrite(database(), 0, 100);
  const auto damaged = bytes_of(database());
  EXPECT_THAT(refused(), HasSubstr("is damaged"));
  EXPECT_TRUE(bytes_of(database()) == damaged) << "it was written to";
}

TEST_F(StorageStart, ANewerSchemaIsRefusedAndLeftAsItIs) {
  stage.add_accounts(1);
  {
    SQLite::Database db(database().string(), SQLite::OPEN_READWRITE);
    db.exec("INSERT INTO schema_migration VALUES ('999_future.sql', 0)");
  }
  const auto newer = bytes_of(database());
  EXPECT_THAT(refused(), AllOf(HasSubstr("newer version"), HasSubstr("999_future.sql")));
  EXPECT_TRUE(bytes_of(database()) == newer) << "it was written to";
}

// No upgrade without the copy, and no copy on a disk that is full.
TEST_F(StorageStart, AnUpgradeKeepsTheDatabaseFromBefore) {
  stage.add_accounts(1);
  {
    SQLite::Database db(database().string(), SQLite::OPEN_READWRITE);
    db.exec("DROP TABLE history_wait; DELETE FROM schema_migration WHERE name LIKE '014_%'");
  }
  break_disk("ENOSPC /data/panel.db.before");
  EXPECT_THAT(refused(), HasSubstr("is full"));
  mend_disk();
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 account (1 active)"));
  const auto kept = std::ranges::count_if(fs::directory_iterator(stage.data()), [](auto& entry) {
    return entry.path().filename().string().starts_with("panel.db.before-v");
  });
  EXPECT_EQ(kept, 1);
}

}  // namespace
}  // namespace e2e
