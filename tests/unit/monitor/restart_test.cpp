#include "monitor_fixture.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

using Texts = std::vector<std::string>;

// A restart in each state of an alert on disk.
class RestartTest : public MonitorTest {
 protected:
  RestartTest() { accounts.activate(1); }

  void match(std::int64_t id = 1) { push(1, {.chat = kGroup, .id = id, .text = "hit"}); }

  std::string state() {
    auto work = [](SQLite::Database& db) {
      SQLite::Statement query(db, "SELECT state FROM alert ORDER BY id LIMIT 1");
      return query.executeStep() ? query.getColumn(0).getString() : std::string();
    };
    auto result = await(io, database->run(std::move(work)));
    return result ? *result : result.error().message;
  }

  void execute(const std::string& sql) {
    auto work = [sql](SQLite::Database& db) { db.exec(sql); };
    auto result = await(io, database->run(std::move(work)));
    ASSERT_TRUE(result) << result.error().message;
  }

  // Ends while the channel owes its answer.
  void stop_while_sending() {
    channel.hang = true;
    match();
    ASSERT_TRUE(run_until(io, [&] { return channel.sends == 1; }));
    ASSERT_EQ(state(), "sending");
    stop(Millis{1});
    channel.hang = false;
  }
};

TEST_F(RestartTest, Pending) {
  start(false);
  add("hit");
  match();
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_waiting == 1; }));
  EXPECT_EQ(state(), "pending");
  restart();
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_sent == 1; }));
  EXPECT_EQ(channel.finds, 0);
  EXPECT_EQ(channel.texts(), (Texts{"hit"}));
}

TEST_F(RestartTest, SendingAndNotArrived) {
  start();
  add("hit");
  stop_while_sending();
  start();
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_sent == 1; }));
  EXPECT_EQ(channel.finds, 1);
  EXPECT_EQ(channel.sends, 2);
  EXPECT_EQ(channel.texts(), (Texts{"hit"}));
}

TEST_F(RestartTest, SendingAndArrived) {
  start();
  add("hit");
  channel.arrives_despite_failure = true;
  stop_while_sending();
  start();
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_sent == 1; }));
  EXPECT_EQ(channel.finds, 1);
  EXPECT_EQ(channel.sends, 1);
  EXPECT_EQ(channel.texts(), (Texts{"hit"}));
}

// What was not confirmed may have arrived below what the channel shows by now.
TEST_F(RestartTest, ASecondAttemptIsLookedForWhereTheFirstWas) {
  start();
  add("hit");
  channel.failures = {{Errc::timeout, "no answer"}};
  channel.on_find = [this] {
    Alert other;
    other.id = 900;
    channel.store(other);
  };
  match();
  settle();
  EXPECT_EQ(channel.sends, 2);
  std::int64_t after = 0;
  auto work = [&after](SQLite::Database& db) {
    SQLite::Statement query(db, "SELECT after_message_id FROM alert");
    if (query.executeStep()) after = query.getColumn(0).getInt64();
  };
  ASSERT_TRUE(await(io, database->run(std::move(work))));
  EXPECT_EQ(after, from_server_message_id(1));
}

TEST_F(RestartTest, Done) {
  start();
  add("hit");
  match();
  settle();
  EXPECT_EQ(state(), "done");
  restart();
  match();  // another account sees it only now
  match(2);
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_sent == 1; }));
  EXPECT_EQ(channel.sends, 2);
  EXPECT_EQ(channel.finds, 0);
}

TEST_F(RestartTest, RefusedStaysRefused) {
  channel.failures = {{Errc::invalid, "cannot be shown"}};
  start();
  add("hit");
  match();
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_refused == 1; }));
  EXPECT_EQ(state(), "refused");
  restart();
  match(2);
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_sent == 1; }));
  EXPECT_EQ(channel.messages.size(), 1U);
}

TEST_F(RestartTest, AnAnswerAfterTheEndTouchesNothing) {
  start();
  add("hit");
  channel.failures = {{Errc::timeout, ""}};
  match();
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_waiting == 1; }));
  stop(Millis{0});
  io.restart();
  io.run_for(std::chrono::milliseconds(20));  // what still runs ends without its database
}

TEST_F(RestartTest, AFailingDiskDelaysAndLosesNothing) {
  start();
  add("hit");
  execute("ALTER TABLE alert RENAME TO away");
  match(1);
  match(2);
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().storage_failures > 0; }));
  EXPECT_EQ(channel.sends, 0);
  execute("ALTER TABLE away RENAME TO alert");
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_sent == 2; }));
}

TEST_F(RestartTest, WhatTheDiskRefusedToTheEndIsReadAgain) {
  start();
  add("hit");
  push(1, {.chat = kGroup, .id = 1, .text = "no"});
  restart();
  execute("ALTER TABLE alert RENAME TO away");
  match(2);
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().storage_failures > 0; }));
  await(io, monitor->stop());
  execute("ALTER TABLE away RENAME TO alert");
  stop();
  start();
  // The mark was not stored without its match: the last message shows the hole.
  monitor->feed(1, last_message({.chat = kGroup, .id = 2, .text = "hit"}));
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_sent == 1; }));
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
