#include "storage/restored_rows.hpp"

#include "storage/database.hpp"
#include "unit/support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

namespace tgpanel::storage {
namespace {

class RestoredRowsTest : public ::testing::Test {
 protected:
  void exec(const std::string& sql) {
    auto work = [sql](SQLite::Database& db) { db.exec(sql); };
    const auto done = test::run(context, database->run(std::move(work)));
    ASSERT_TRUE(done) << done.error().message;
  }

  std::string ask(const std::string& query) {
    auto work = [query](SQLite::Database& db) { return db.execAndGet(query).getString(); };
    const auto answer = test::run(context, database->run(std::move(work)));
    return answer ? *answer : answer.error().message;
  }

  void add_alert(const std::string& state, const std::string& rest = "0, 0, 0, 0") {
    exec(
        "INSERT INTO alert (state, sender_id, sender_chat_id, sender_name, chat_id, body,"
        " created_ms, attempt_ms, channel_id, after_message_id, digest_id)"
        " VALUES ('" +
        state + "', 5, 0, 'W', -1001, '{}', 1, " + rest + ")");
  }

  RestoredRows settle() { return test::run(context, settle_restored(database.get())).value(); }

  test::TempDir dir;
  asio::io_context context;
  std::unique_ptr<Database> database =
      std::move(Database::open(dir / "panel.db", context.get_executor()).value());
};

TEST_F(RestoredRowsTest, AlertsAreLookedForInTheChannelBeforeTheyAreSent) {
  exec("INSERT INTO alert_channel VALUES (-1007, 70), (-1008, 80)");
  add_alert("done", "10, -1007, 0, 0");
  add_alert("done", "20, -1008, 0, 0");
  add_alert("sending", "30, -1008, 77, 0");
  add_alert("pending");
  add_alert("refused");
  const auto told = settle();
  EXPECT_EQ(told.alerts_looked_for, 1);
  EXPECT_EQ(told.alerts_sent_again, 0);
  EXPECT_EQ(ask("SELECT group_concat(state) FROM alert"), "done,done,sending,sending,refused");
  EXPECT_EQ(ask("SELECT after_message_id FROM alert WHERE id = 3"), "77") << "as it was";
  EXPECT_EQ(ask("SELECT channel_id || ' ' || after_message_id FROM alert WHERE id = 4"),
            "-1008 80");
}

TEST_F(RestoredRowsTest, WithoutAKnownChannelTheyStayToBeSent) {
  add_alert("pending");
  const auto told = settle();
  EXPECT_EQ(told.alerts_looked_for, 0);
  EXPECT_EQ(told.alerts_sent_again, 1);
  EXPECT_EQ(ask("SELECT state FROM alert"), "pending");
}

TEST_F(RestoredRowsTest, NoticesAreLookedForInTheAdminsChats) {
  exec(
      "INSERT INTO notice_chat VALUES (501, 50);"
      "INSERT INTO account_notice (admin_id, account_id, account_name, what, reason, at_ms,"
      " after_message_id) VALUES (501, 1, 'A', 'banned', '', 1, 0),"
      " (501, 1, 'A', 'banned', '', 1, 44), (502, 1, 'A', 'banned', '', 1, 0)");
  EXPECT_EQ(settle().notices_looked_for, 1);
  EXPECT_EQ(ask("SELECT group_concat(after_message_id) FROM account_notice"), "50,44,0");
}

TEST_F(RestoredRowsTest, NoNumberIsGivenTwice) {
  add_alert("done");
  exec(
      "INSERT INTO job (id, state, kind, spec, started_by, created_ms) VALUES"
      " (1999, 'done', 'join', '{}', 1, 1)");
  settle();
  add_alert("done");
  EXPECT_EQ(ask("SELECT max(id) FROM alert"), "1000000002");
  exec(
      "INSERT INTO job (state, kind, spec, started_by, created_ms) VALUES"
      " ('done', 'join', '{}', 1, 1)");
  EXPECT_EQ(ask("SELECT max(id) FROM job"), "3001");
  exec(
      "INSERT INTO account_notice (admin_id, account_id, account_name, what, reason, at_ms)"
      " VALUES (1, 1, 'A', 'banned', '', 1)");
  EXPECT_EQ(ask("SELECT max(id) FROM account_notice"), "1000000001") << "there was none before";
}

}  // namespace
}  // namespace tgpanel::storage
