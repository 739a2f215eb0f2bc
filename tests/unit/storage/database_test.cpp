#include "storage/database.hpp"

#include "unit/support/temp_dir.hpp"
#include "words/errors_common.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

namespace tgpanel::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DatabaseTest : public ::testing::Test {
 protected:
  void open() {
    auto opened = Database::open(file(), loop_.get_executor());
    ASSERT_TRUE(opened) << opened.error().message;
    db_ = std::move(*opened);
  }

  // Runs one piece of work to its end and gives what the awaiting coroutine saw.
  template <class F>
  auto run(F work) {
    using R = Result<std::invoke_result_t<F&, SQLite::Database&>>;
    std::optional<R> seen;
    asio::co_spawn(loop_, db_->run(std::move(work)), [&](const std::exception_ptr& bug, R result) {
      if (bug) std::rethrow_exception(bug);
      seen = std::move(result);
    });
    loop_.restart();
    loop_.run();
    return std::move(*seen);
  }

  [[nodiscard]] std::filesystem::path file() const { return dir_ / "panel.db"; }

  test::TempDir dir_;
  asio::io_context loop_;
  std::unique_ptr<Database> db_;
};

int count(SQLite::Database& db) {
  return db.execAndGet("SELECT count(*) FROM t").getInt();
}

void create(SQLite::Database& db) {
  db.exec("CREATE TABLE t (a INTEGER NOT NULL) STRICT");
}

TEST_F(DatabaseTest, IsDurableStrictAndPrivate) {
  open();
  auto settings = run([](SQLite::Database& db) {
    return std::vector<std::string>{db.execAndGet("PRAGMA journal_mode").getString(),
                                    db.execAndGet("PRAGMA synchronous").getString(),
                                    db.execAndGet("PRAGMA foreign_keys").getString()};
  });
  ASSERT_TRUE(settings);
  EXPECT_THAT(*settings, ElementsAre("wal", "2", "1"));
  ASSERT_TRUE(run(create));
  for (const auto* name : {"panel.db", "panel.db-wal", "panel.db-shm"}) {
    const auto rights = std::filesystem::status(dir_ / name).permissions();
    EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << name;
  }
}

TEST_F(DatabaseTest, WorkRunsOffTheExecutorAndResumesOnIt) {
  open();
  std::thread::id resumed;
  std::thread::id worked;
  auto spy = [&]() -> Awaitable<> {  // NOLINT(cppcoreguidelines-avoid-capturing-lambda-coroutines):
                                     // outlives run()
    auto work = [](SQLite::Database&) { return std::this_thread::get_id(); };
    auto id = co_await db_->run(work);
    worked = *id;
    resumed = std::this_thread::get_id();
  };
  asio::co_spawn(loop_, spy(), asio::detached);
  loop_.run();
  EXPECT_EQ(resumed, std::this_thread::get_id());
  EXPECT_NE(worked, std::this_thread::get_id());
}

TEST_F(DatabaseTest, WhatRunsBesideWaitsItsTurnOffTheExecutorEvenWhereNothingCanBeWritten) {
  open();
  ASSERT_TRUE(run([](SQLite::Database& db) { db.exec("PRAGMA query_only = ON"); }));
  std::vector<std::thread::id> seen;
  asio::co_spawn(loop_, db_->run_beside([] { return std::this_thread::get_id(); }),
                 [&](const std::exception_ptr& bug, std::thread::id id) {
                   EXPECT_FALSE(bug);
                   seen.push_back(id);
                 });
  loop_.restart();
  loop_.run();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_NE(seen[0], std::this_thread::get_id());
}

TEST_F(DatabaseTest, ACommitSurvivesReopening) {
  open();
  ASSERT_TRUE(run([](SQLite::Database& db) {
    create(db);
    db.exec("INSERT INTO t VALUES (7)");
  }));
  db_.reset();
  open();
  EXPECT_EQ(run(count).value(), 1);
}

TEST_F(DatabaseTest, AFailedStatementRollsEverythingBack) {
  open();
  ASSERT_TRUE(run(create));
  const auto result = run([](SQLite::Database& db) {
    db.exec("INSERT INTO t VALUES (1)");
    db.exec("INSERT INTO t VALUES (NULL)");
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::storage);
  EXPECT_EQ(run(count).value(), 0);
}

TEST_F(DatabaseTest, ABugRollsBackAndReachesTheCaller) {
  open();
  ASSERT_TRUE(run(create));
  const auto insert_and_throw = [](SQLite::Database& db) {
    db.exec("INSERT INTO t VALUES (1)");
    throw std::logic_error("bug");
  };
  EXPECT_THROW(static_cast<void>(run(insert_and_throw)), std::logic_error);
  EXPECT_EQ(run(count).value(), 0);
}

TEST_F(DatabaseTest, WorkRunsInTheOrderItWasGiven) {
  open();
  std::vector<int> order;
  for (int i = 0; i < 50; ++i) {
    auto work = [&order, i](SQLite::Database&) { order.push_back(i); };
    asio::co_spawn(loop_, db_->run(work), asio::detached);
  }
  loop_.run();
  EXPECT_EQ(order.size(), 50U);
  EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST_F(DatabaseTest, DestructionFinishesQueuedWork) {
  open();
  ASSERT_TRUE(run(create));
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  auto held = [opened](SQLite::Database& db) {
    opened.wait();
    db.exec("INSERT INTO t VALUES (1)");
  };
  int answered = 0;
  auto count_answer = [&](const std::exception_ptr&, const Result<void>& r) {
    answered += r ? 1 : 100;
  };
  asio::co_spawn(loop_, db_->run(held), count_answer);
  asio::co_spawn(loop_, db_->run([](SQLite::Database& db) { db.exec("INSERT INTO t VALUES (2)"); }),
                 count_answer);
  loop_.restart();
  loop_.poll();  // both are handed to the database thread; the first waits at the gate
  EXPECT_EQ(answered, 0);
  std::thread opener([&] { gate.set_value(); });
  db_.reset();
  opener.join();
  loop_.run();
  EXPECT_EQ(answered, 2);
  open();
  EXPECT_EQ(run(count).value(), 2);
}

TEST_F(DatabaseTest, ADamagedFileIsSaidPlainly) {
  test::write(file(), std::string(8192, 'x'));
  const auto opened = Database::open(file(), loop_.get_executor());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::storage);
  EXPECT_THAT(opened.error().message, HasSubstr("is damaged"));
  EXPECT_THAT(opened.error().message, HasSubstr("backup"));
  EXPECT_EQ(opened.error().sentence, Sentence(words::storage_damaged));
}

TEST_F(DatabaseTest, ADamagedPageIsFoundAtOpening) {
  open();
  ASSERT_TRUE(run([](SQLite::Database& db) {
    db.exec("CREATE TABLE big (a TEXT) STRICT");
    db.exec(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
        "INSERT INTO big SELECT hex(randomblob(50)) FROM n");
  }));
  db_.reset();
  auto bytes = test::read(file());
  ASSERT_GT(bytes.size(), 100'000U);
  bytes.replace(bytes.size() - 60'000, 20'000, 20'000, '\xee');
  test::write(file(), bytes);
  const auto opened = Database::open(file(), loop_.get_executor());
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("is damaged"));
}

TEST_F(DatabaseTest, PeopleReadFailuresInTheirLanguageAndWithoutPaths) {
  open();
  ASSERT_TRUE(
      run([](SQLite::Database& db) { db.exec("CREATE TABLE t (a TEXT NOT NULL) STRICT"); }));
  const auto fails = [&](const char* before, const char* sql, const Phrase& phrase) {
    const auto result = run([=](SQLite::Database& db) {
      db.exec(before);
      db.exec(sql);
    });
    ASSERT_FALSE(result) << sql;
    const auto& error = result.error();
    EXPECT_EQ(error.code, Errc::storage);
    EXPECT_EQ(error.sentence, Sentence(phrase));
    EXPECT_THAT(error.message, HasSubstr(file().string())) << "for the log and the terminal";
    EXPECT_EQ(sentence_of(error).in(Language::fa), phrase.fa);
  };
  fails("PRAGMA max_page_count = 1", "INSERT INTO t SELECT hex(randomblob(100000))",
        words::storage_full);
  fails("SELECT 1", "INSERT INTO t VALUES (NULL)", words::storage_failed);
  fails("PRAGMA query_only = ON", "INSERT INTO t VALUES ('x')", words::storage_read_only);
}

TEST_F(DatabaseTest, ANewerSchemaIsRefused) {
  open();
  ASSERT_TRUE(run([](SQLite::Database& db) {
    db.exec("INSERT INTO schema_migration VALUES ('999_future.sql', 0)");
  }));
  db_.reset();
  const auto opened = Database::open(file(), loop_.get_executor());
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("newer version"));
}

TEST_F(DatabaseTest, AFolderThatTakesNoFilesIsSaidPlainly) {
  // /proc refuses new files to everyone, root included.
  const auto opened = Database::open("/proc/panel.db", loop_.get_executor());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::storage);
  EXPECT_THAT(opened.error().message, HasSubstr("cannot be opened for writing"));
}

TEST_F(DatabaseTest, ASymbolicLinkIsNotFollowed) {
  test::write(dir_ / "elsewhere", "");
  std::filesystem::create_symlink(dir_ / "elsewhere", file());
  EXPECT_FALSE(Database::open(file(), loop_.get_executor()));
}

}  // namespace
}  // namespace tgpanel::storage
