#include "storage/database_copy.hpp"

#include "storage/database.hpp"
#include "unit/support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class DatabaseCopyTest : public ::testing::Test {
 protected:
  void exec(const std::string& sql) {
    auto work = [sql](SQLite::Database& db) { db.exec(sql); };
    const auto done = test::run(context, database->run(std::move(work)));
    ASSERT_TRUE(done) << done.error().message;
  }

  void add_keywords(int from, int to) {
    for (int i = from; i < to; ++i) {
      exec("INSERT INTO keyword (text, folded, added_ms) VALUES ('k', 'k" + std::to_string(i) +
           "', 1)");
    }
  }

  [[nodiscard]] DatabaseCopy take() const {
    auto copy = DatabaseCopy::take(dir / "panel.db");
    if (!copy) throw std::runtime_error(copy.error().message);
    return std::move(*copy);
  }

  test::TempDir dir;
  asio::io_context context;
  std::unique_ptr<Database> database =
      std::move(Database::open(dir / "panel.db", context.get_executor()).value());
};

TEST_F(DatabaseCopyTest, IsOfOneInstantWhileTheOtherGoesOn) {
  add_keywords(0, 3);
  auto copy = take();
  add_keywords(3, 5);
  EXPECT_EQ(copy.contents()->keywords, 3);
  EXPECT_TRUE(copy.check());
  EXPECT_EQ(take().contents()->keywords, 5);
}

TEST_F(DatabaseCopyTest, IsTheSameFromItsBytes) {
  add_keywords(0, 3);
  auto again = DatabaseCopy::of(take().bytes());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(again->check());
  EXPECT_EQ(again->contents()->keywords, 3);
  // And as a file.
  test::write(dir / "other.db", again->bytes());
  const auto opened = Database::open(dir / "other.db", context.get_executor());
  EXPECT_TRUE(opened) << opened.error().message;
}

TEST_F(DatabaseCopyTest, WhileATransactionIsOpen) {
  add_keywords(0, 1);
  SQLite::Database other((dir / "panel.db").string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE; INSERT INTO keyword (text, folded, added_ms) VALUES ('x', 'x', 1)");
  EXPECT_EQ(take().contents()->keywords, 1) << "what is not committed is not there";
}

TEST_F(DatabaseCopyTest, WhatWasErasedIsNotInIt) {
  exec("INSERT INTO keyword (text, folded, added_ms) VALUES ('nightingale', 'nightingale', 1)");
  EXPECT_THAT(take().bytes(), HasSubstr("nightingale"));
  exec("DELETE FROM keyword");
  EXPECT_THAT(take().bytes(), ::testing::Not(HasSubstr("nightingale")));
}

TEST_F(DatabaseCopyTest, SaysWhoseSessionsThereAre) {
  exec(
      "INSERT INTO account (user_id, name, username, masked_phone, folder, wrapped_key, state,"
      " since_ms, added_ms) VALUES (11, 'Ann', '', '', 'a1', x'00', 'active', 1, 1),"
      " (12, 'Bob', '', '', 'b2', x'00', 'banned', 1, 1);"
      "INSERT INTO login (folder, wrapped_key, begun_ms) VALUES ('c3', x'00', 1)");
  auto copy = take();
  const auto rows = copy.sessions();
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ(rows->at(0).folder, "a1");
  EXPECT_TRUE(rows->at(0).is_usable);
  EXPECT_FALSE(rows->at(1).is_usable);
  EXPECT_EQ(rows->at(2).account, 0);
  const auto contents = copy.contents();
  ASSERT_TRUE(contents);
  EXPECT_THAT(contents->accounts, ElementsAre(Pair("active", 1), Pair("banned", 1)));
  EXPECT_EQ(contents->logins, 1);
}

TEST_F(DatabaseCopyTest, DamageIsFound) {
  exec("INSERT INTO keyword (text, folded, added_ms) VALUES ('a', 'a', 1)");
  auto bytes = take().bytes();
  for (std::size_t at = 8'192; at < bytes.size(); at += 64) bytes[at] = '\x7f';
  auto broken = DatabaseCopy::of(bytes);
  EXPECT_FALSE(broken && broken->check());
  EXPECT_FALSE(DatabaseCopy::of("no database at all, but text"));
  EXPECT_EQ(DatabaseCopy::take(dir / "none.db").error().code, Errc::not_found);
  test::write(dir / "text.db", std::string(5'000, 'x'));
  EXPECT_EQ(DatabaseCopy::take(dir / "text.db").error().code, Errc::storage);
}

TEST_F(DatabaseCopyTest, AnIndexThatSaysSomethingElseIsFound) {
  exec("INSERT INTO keyword (text, folded, added_ms) VALUES ('k', 'nightingale', 1)");
  auto bytes = take().bytes();
  const auto last = bytes.rfind("nightingale");
  ASSERT_NE(last, bytes.find("nightingale")) << "the row and its index";
  bytes[last] = 'm';
  auto broken = DatabaseCopy::of(bytes);
  ASSERT_TRUE(broken);
  EXPECT_EQ(broken->contents()->keywords, 1);
  EXPECT_FALSE(broken->check());
}

TEST_F(DatabaseCopyTest, ARowThatBelongsToNothingIsFound) {
  SQLite::Database other((dir / "panel.db").string(), SQLite::OPEN_READWRITE);
  other.exec("PRAGMA foreign_keys = OFF; INSERT INTO account_label VALUES (7, 'x', 'x')");
  const auto checked = take().check();
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("account_label"));
}

}  // namespace
}  // namespace tgpanel::storage
