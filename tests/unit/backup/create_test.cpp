#include "backup/create.hpp"

#include "backup_fixture.hpp"

namespace tgpanel::backup {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> names(const std::map<std::string, std::string>& members) {
  std::vector<std::string> all;
  for (const auto& [name, content] : members) all.push_back(name);
  return all;
}

TEST_F(BackupTest, HoldsTheDatabaseAndTheSessionsItNames) {
  const auto made = make();
  ASSERT_TRUE(made) << made.error().message;
  const auto got = read();
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_THAT(names(members),
              ElementsAre("bot/7000001/key", "bot/7000001/session/td.binlog", "panel.db",
                          "sessions/aa/td.binlog", "sessions/bb/td_test.binlog"));
  EXPECT_EQ(members.at("sessions/aa/td.binlog"), std::string(200'000, 'A'));
  EXPECT_EQ(members.at("bot/7000001/key"), "wrapped");
  for (const auto* report : {&*made, &*got}) {
    EXPECT_EQ(report->sessions, 2U);
    EXPECT_EQ(report->bots, 1U);
    EXPECT_THAT(report->missing, IsEmpty());
    EXPECT_EQ(report->contents.accounts.at("active"), 2);
    EXPECT_EQ(report->manifest.panel, "0.1.0");
    EXPECT_EQ(report->manifest.data_dir, data().string());
  }
  EXPECT_EQ(made->bytes, got->bytes);
}

TEST_F(BackupTest, NothingIsReadableInIt) {
  ASSERT_TRUE(make());
  const auto bytes = test::read(file());
  for (const std::string secret :
       {"Nightingale", "session of", "wrapped", "panel.db", "AAAAAAAA"}) {
    EXPECT_THAT(bytes, Not(HasSubstr(secret)));
  }
  EXPECT_EQ(static_cast<int>(std::filesystem::status(file()).permissions()), 0600);
}

TEST_F(BackupTest, AnAccountThatIsDeletedMeanwhileIsReported) {
  std::filesystem::remove_all(data() / "sessions/aa");
  const auto made = make();
  ASSERT_TRUE(made);
  EXPECT_THAT(made->missing, ElementsAre(1));
  EXPECT_EQ(made->sessions, 1U);
  EXPECT_THAT(read()->missing, ElementsAre(1));
  exec("UPDATE account SET state = 'banned' WHERE id = 1");
  EXPECT_THAT(make(NewFile::Present::replaced)->missing, IsEmpty()) << "it has none to lose";
}

TEST_F(BackupTest, NeverReplacesAFileUnasked) {
  test::write(file(), "mine");
  EXPECT_EQ(make().error().code, Errc::exists);
  EXPECT_EQ(test::read(file()), "mine");
  EXPECT_TRUE(make(NewFile::Present::replaced));
  EXPECT_EQ(trouble(), "none");
}

TEST_F(BackupTest, AFailureLeavesNoFile) {
  std::filesystem::remove(data() / "sessions/aa/td.binlog");
  std::filesystem::create_directory(data() / "sessions/aa/td.binlog");
  EXPECT_FALSE(make());
  for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
    EXPECT_FALSE(entry.path().filename().string().starts_with("backup")) << entry.path();
  }
}

}  // namespace
}  // namespace tgpanel::backup
