#pragma once
// A data folder with two accounts and a bot, and its backup.

#include "backup/create.hpp"
#include "backup/reading.hpp"
#include "storage/database.hpp"
#include "storage/keyring.hpp"
#include "unit/support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace tgpanel::backup {

class BackupTest : public ::testing::Test {
 protected:
  BackupTest() {
    namespace fs = std::filesystem;
    fs::create_directories(data() / "sessions/aa");
    fs::create_directories(data() / "sessions/bb");
    fs::create_directories(data() / "sessions/stray");
    fs::create_directories(data() / "bot/7000001/session");
    test::write(dir / "key", std::string(64, 'a'), 0400);
    sources.data_dir = data();
    sources.key_file = dir / "key";
    keyring = std::make_unique<storage::Keyring>(storage::Keyring::open(sources).value());
    exec(
        "INSERT INTO account (user_id, name, username, masked_phone, folder, wrapped_key, state,"
        " since_ms, added_ms) VALUES (11, 'Nightingale', '', '', 'aa', x'00', 'active', 1, 1),"
        " (12, 'Bob', '', '', 'bb', x'00', 'active', 1, 1)");
    test::write(data() / "sessions/aa/td.binlog", std::string(200'000, 'A'));
    test::write(data() / "sessions/aa/other", "not needed");
    test::write(data() / "sessions/bb/td_test.binlog", "session of Bob");
    test::write(data() / "sessions/stray/td.binlog", "of no account");
    test::write(data() / "bot/7000001/key", "wrapped");
    test::write(data() / "bot/7000001/session/td.binlog", "session of the bot");
  }

  [[nodiscard]] std::filesystem::path data() const { return dir / "data"; }

  [[nodiscard]] std::filesystem::path file() const { return dir / "backup"; }

  void exec(const std::string& sql) {
    auto work = [sql](SQLite::Database& db) { db.exec(sql); };
    const auto done = test::run(context, database->run(std::move(work)));
    ASSERT_TRUE(done) << done.error().message;
  }

  Result<Report> make(NewFile::Present present = NewFile::Present::kept) {
    return create({.data_dir = data(),
                   .file = file(),
                   .present = present,
                   .version = "0.1.0",
                   .now = from_unix_ms(1'700'000'000'000)},
                  *keyring);
  }

  /// All members but the manifest.
  std::map<std::string, std::string> members;

  Result<Report> read() {
    members.clear();
    auto sealed = SealedReader::open(file());
    if (!sealed) return std::unexpected(sealed.error());
    return read_all(*sealed, *keyring, [this](const Member& member) -> Result<void> {
      members[member.name] = member.content;
      return {};
    });
  }

  std::string trouble() {
    const auto got = read();
    return got ? "none" : got.error().message;
  }

  test::TempDir dir;
  asio::io_context context;
  storage::KeySources sources;
  std::unique_ptr<storage::Keyring> keyring;
  std::unique_ptr<storage::Database> database = [this] {
    std::filesystem::create_directories(dir / "data");
    return std::move(
        storage::Database::open(dir / "data/panel.db", context.get_executor()).value());
  }();
};

}  // namespace tgpanel::backup
