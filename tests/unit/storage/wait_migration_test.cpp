#include "storage/migrations.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace tgpanel::storage {
namespace {

TEST(WaitMigration, AWaitThatWasStoredBeforeHoldsForAnyChat) {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE);
  const auto steps = migrations();
  const auto chats = std::ranges::find(steps, "042_wait_chat.sql", &Migration::name);
  ASSERT_NE(chats, steps.end());
  ASSERT_TRUE(migrate(db, steps.first(static_cast<std::size_t>(chats - steps.begin()))));
  db.exec("INSERT INTO wait (account_id, method, until_ms) VALUES (7, 'sendMessage', 1000)");
  ASSERT_TRUE(migrate(db, steps));
  SQLite::Statement rows(db, "SELECT account_id, method, chat_id, until_ms FROM wait");
  ASSERT_TRUE(rows.executeStep());
  EXPECT_EQ(rows.getColumn(0).getInt64(), 7);
  EXPECT_EQ(rows.getColumn(1).getString(), "sendMessage");
  EXPECT_EQ(rows.getColumn(2).getInt64(), 0);
  EXPECT_EQ(rows.getColumn(3).getInt64(), 1000);
  EXPECT_FALSE(rows.executeStep());
}

}  // namespace
}  // namespace tgpanel::storage
