// Edits that the account which was told of them cannot read.
#include "monitor_fixture.hpp"

#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

class EditTest : public MonitorTest {
 protected:
  EditTest() {
    limits.tick = Millis{1};
    limits.sweep_calls = 1'000'000;
  }

  Client& with_message(AccountId account) {
    auto& client = accounts.activate(account);
    client.history[kGroup][from_server_message_id(5)] = message(after);
    return client;
  }

  void edit(AccountId account) {
    for (const AccountId each : {1, 2}) {
      push(each, {.chat = kGroup, .id = 5, .text = "no", .date = now});
    }
    monitor->feed(account, edited(after));
  }

  std::int64_t now = to_unix_ms(SystemClock().now()) / 1'000;
  Text after{.chat = kGroup, .id = 5, .text = "hit", .date = now, .edited = now + 60};
};

TEST_F(EditTest, IsReadByAnotherMember) {
  auto& other = with_message(2);
  start();
  add("hit");
  edit(1);
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  EXPECT_EQ(other.count("getMessage"), 1U);
}

// Each account's TDLib is told by itself, and answers from what it has.
TEST_F(EditTest, IsReadAgainWhenTheOtherMemberWasNotToldOfItYet) {
  auto& other = with_message(2);
  auto before = after;
  before.text = "no";
  before.edited = 0;
  other.history[kGroup][from_server_message_id(5)] = message(before);
  start();
  add("hit");
  edit(1);
  ASSERT_TRUE(run_until(io, [&] { return other.count("getMessage") == 1; }));
  io.restart();
  io.poll();
  EXPECT_EQ(monitor->stats().matches, 0U);
  other.history[kGroup][from_server_message_id(5)] = message(after);
  monitor->feed(2, edited(after));
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
}

TEST_F(EditTest, IsReadOnceThoughItWasEditedAgainMeanwhile) {
  auto& client = with_message(1);
  const auto& other = with_message(2);
  auto again = after;
  again.text = "hit, and again";
  client.history[kGroup][from_server_message_id(5)] = message(again);
  start();
  add("hit");
  edit(1);
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  monitor->feed(2, edited(after));
  io.restart();
  io.poll();
  EXPECT_EQ(client.count("getMessage"), 1U);
  EXPECT_EQ(other.count("getMessage"), 0U);
}

TEST_F(EditTest, IsFoundAgainInTheHistoryWhenItCouldNotBeRead) {
  auto& client = with_message(1);
  client.errors["getMessage"] = {500, "Internal"};
  start();
  add("hit");
  edit(1);
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  EXPECT_GE(client.count("getChatHistory"), 1U);
}

TEST_F(EditTest, IsFoundWhenSomebodyIsThereToRead) {
  start();
  add("hit");
  edit(1);
  io.restart();
  io.poll();  // nobody can read it
  EXPECT_EQ(monitor->stats().matches, 0U);
  with_message(2);
  monitor->account_ready(2);
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
