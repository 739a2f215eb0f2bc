// The lock on the data folder, the bot's session, the library's place, the process's limits, and
// the line that says ready.

#include "app/bot_session.hpp"
#include "app/data_lock.hpp"
#include "app/doctor.hpp"
#include "app/library_place.hpp"
#include "app/ready_line.hpp"
#include "cli/exit_codes.hpp"
#include "storage/keyring.hpp"
#include "telegram/library.hpp"
#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace tgpanel::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(DataLock, ASecondOwnerIsRefusedAtOnceWithThePid) {
  const test::TempDir dir;
  auto first = DataLock::acquire(dir.path());
  ASSERT_TRUE(first) << first.error().message;
  const auto second = DataLock::acquire(dir.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::busy);
  EXPECT_EQ(cli::exit_code(second.error().code), 75);
  EXPECT_THAT(second.error().message, HasSubstr("pid " + std::to_string(::getpid())));
}

TEST(DataLock, IsFreeAgainOnceItsOwnerIsGone) {
  const test::TempDir dir;
  {
    auto first = DataLock::acquire(dir.path());
    ASSERT_TRUE(first);
    const DataLock moved = std::move(*first);
    EXPECT_FALSE(DataLock::acquire(dir.path()));
  }
  EXPECT_TRUE(DataLock::acquire(dir.path()));
}

TEST(DataLock, AFolderThatTakesNoFilesIsSaid) {
  const auto lock = DataLock::acquire("/proc");
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, Errc::storage);
}

class BotSessionTest : public ::testing::Test {
 protected:
  storage::Keyring keyring(const std::string& name, char fill) {
    test::write(dir_ / name, std::string(64, fill), 0400);
    storage::KeySources sources;
    sources.data_dir = dir_ / ("data-" + name);
    sources.key_file = dir_ / name;
    std::filesystem::create_directory(sources.data_dir);
    return storage::Keyring::open(sources).value();
  }

  test::TempDir dir_;
};

TEST_F(BotSessionTest, KeepsItsKeyWrapped) {
  const auto ring = keyring("a", 'a');
  const auto first = open_bot_session(dir_.path(), Secret("42:token"), ring).value();
  const auto second = open_bot_session(dir_.path(), Secret("42:other"), ring).value();
  EXPECT_EQ(first.folder, dir_ / "bot/42/session");
  EXPECT_EQ(first.database_key.reveal().size(), 32U);
  EXPECT_EQ(first.database_key.reveal(), second.database_key.reveal());
  EXPECT_THAT(test::read(dir_ / "bot/42/key"), Not(HasSubstr(first.database_key.reveal())));
}

TEST_F(BotSessionTest, AnotherBotHasAnotherSession) {
  const auto ring = keyring("a", 'a');
  const auto first = open_bot_session(dir_.path(), Secret("42:token"), ring).value();
  const auto second = open_bot_session(dir_.path(), Secret("43:token"), ring).value();
  EXPECT_NE(first.folder, second.folder);
  EXPECT_NE(first.database_key.reveal(), second.database_key.reveal());
}

TEST_F(BotSessionTest, AnotherMasterKeyIsRefused) {
  ASSERT_TRUE(open_bot_session(dir_.path(), Secret("42:token"), keyring("a", 'a')));
  const auto refused = open_bot_session(dir_.path(), Secret("42:token"), keyring("b", 'b'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::configuration);
}

TEST(LibraryPlace, TheSettingWinsAndIsNotChecked) {
  const auto place = find_library("/some/lib.so", {});
  ASSERT_TRUE(place);
  EXPECT_EQ(place->file, "/some/lib.so");
  EXPECT_TRUE(place->expected_sha256.empty());
}

TEST(LibraryPlace, TheFirstDefaultPlaceThatIsThereIsUsedAndChecked) {
  const test::TempDir dir;
  test::write(dir / "b.so", "");
  test::write(dir / "c.so", "");
  const std::vector<std::filesystem::path> places{dir / "a.so", dir / "b.so", dir / "c.so"};
  const auto place = find_library(std::nullopt, places);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->file, dir / "b.so");
  EXPECT_EQ(place->expected_sha256, telegram::kPinnedLibrarySha256);
}

TEST(LibraryPlace, WithoutALibraryTheSentenceNamesThePlaces) {
  const auto places = default_library_places();
  EXPECT_THAT(places, ::testing::Contains("/usr/lib/tgpanel/libtdjson.so"));
  const std::vector<std::filesystem::path> none{"/nowhere/libtdjson.so"};
  const auto place = find_library(std::nullopt, none);
  ASSERT_FALSE(place);
  EXPECT_THAT(place.error().message, HasSubstr("TGPANEL_TDJSON"));
  EXPECT_THAT(place.error().message, HasSubstr("/nowhere/libtdjson.so"));
}

TEST(ReadyLine, CountsAccountsByState) {
  using accounts::AccountState;
  const auto with = [](std::initializer_list<AccountState> states) {
    std::vector<accounts::Account> all;
    for (const auto state : states) all.emplace_back().state = state;
    return ready_line("panel_bot", all);
  };
  EXPECT_EQ(with({}), "bot @panel_bot, 0 accounts");
  EXPECT_EQ(with({AccountState::active}), "bot @panel_bot, 1 account (1 active)");
  EXPECT_EQ(with({AccountState::login_needed, AccountState::active, AccountState::active,
                  AccountState::connecting}),
            "bot @panel_bot, 4 accounts (2 active, 1 connecting, 1 login needed)");
}

TEST(Doctor, LooksAndChangesNothing) {
  const test::TempDir dir;
  SettingSources sources;
  sources.dotenv = dir / ".env";
  const auto bare = examine(sources);
  EXPECT_THAT(bare.back().what, "settings");
  EXPECT_FALSE(bare.back().good);

  test::write(dir / "library", "no TDLib");
  sources.environment = {{"API_ID", "12345"},
                         {"API_HASH", "0123456789abcdef0123456789abcdef"},
                         {"BOT_TOKEN", "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"},
                         {"ADMIN_ID", "777"},
                         {"CHANNEL_ID", "none"},
                         {"TGPANEL_TDJSON", (dir / "library").string()},
                         {"TGPANEL_DATA_DIR", (dir / "data").string()}};
  for (const auto& finding : examine(sources)) {
    EXPECT_TRUE(finding.good) << finding.what << ": " << finding.says;
  }
  EXPECT_FALSE(std::filesystem::exists(dir / "data"));
}

TEST(ExitCodes, FollowTheError) {
  EXPECT_EQ(cli::exit_code(Errc::configuration), 78);
  EXPECT_EQ(cli::exit_code(Errc::login_needed), 77);
  EXPECT_EQ(cli::exit_code(Errc::flood_wait), 6);
  EXPECT_EQ(cli::exit_code(Errc::cancelled), 130);
  EXPECT_EQ(cli::exit_code(Errc::storage), 1);
}

}  // namespace
}  // namespace tgpanel::app
