// An account's client is closed and opened again while the monitor works.

#include "monitor_fixture.hpp"

#include <gmock/gmock.h>

namespace tgpanel::monitor::fakes {
namespace {

using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

class ReopeningTest : public MonitorTest {
 protected:
  ReopeningTest() {
    limits.tick = Millis{1};
    limits.sweep_calls = 1'000'000;
    limits.sweep_period = Millis{1};
  }

  void start_with(const std::vector<AccountId>& ids, ChatId chat = kGroup) {
    start();
    add("hit");
    for (const auto id : ids) {
      accounts.activate(id);
      tell_chat(id, chat);
      monitor->account_ready(id);
    }
    // The table of who watches what is up to date.
    const auto asked = [this] { return monitor->stats().sweep_calls > 0; };
    if (chat != kBasic) {
      ASSERT_TRUE(run_until(io, asked));
    }
  }

  void tell_chat(AccountId id, ChatId chat) {
    if (chat != kBasic) {
      monitor->feed(id, membership(chat));
      return;
    }
    monitor->feed(id, {{"@type", "updateBasicGroup"},
                       {"basic_group",
                        {{"@type", "basicGroup"},
                         {"id", -kBasic},
                         {"is_active", true},
                         {"status", {{"@type", "chatMemberStatusMember"}}}}}});
  }

  void close(AccountId id) {
    closed = accounts.active.extract(id);
    accounts.reopening.insert(id);
    monitor->account_reopens(id);
  }

  void open() {
    const auto id = closed.key();
    accounts.reopening.erase(id);
    accounts.active.insert(std::move(closed));
    monitor->account_ready(id);
  }

  Client& on_disk(AccountId id, const Text& text) {
    auto& client =
        closed.empty() || closed.key() != id ? *accounts.active.at(id) : *closed.mapped();
    client.history[text.chat][from_server_message_id(text.id)] = message(text);
    return client;
  }

  void expect_alerts(const std::vector<std::string>& texts) {
    push(1, {.chat = kOther, .id = ++ends, .text = "hit, the end"});
    EXPECT_TRUE(run_until(io, [&] { return channel.texts().size() > texts.size(); }));
    auto found = channel.texts();
    EXPECT_EQ(std::erase(found, "hit, the end"), 1U);
    EXPECT_THAT(found, UnorderedElementsAreArray(texts));
  }

  std::map<AccountId, std::shared_ptr<Client>>::node_type closed;
  std::int64_t now = to_unix_ms(SystemClock().now()) / 1'000;
  std::int64_t ends = 0;
};

TEST_F(ReopeningTest, WhatIsWrittenMeanwhileAlertsOnce) {
  start_with({1});
  push(1, {.chat = kGroup, .id = 3, .text = "hit, before", .date = now});
  close(1);
  for (std::int64_t id = 3; id <= 5; ++id) {
    const auto text = id == 3 ? "hit, before" : "hit no. " + std::to_string(id);
    on_disk(1, {.chat = kGroup, .id = id, .text = text, .date = now});
  }
  tell_chat(1, kGroup);
  monitor->feed(1, last_message({.chat = kGroup, .id = 5, .text = "hit no. 5", .date = now}));
  open();
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 3; }));
  expect_alerts({"hit, before", "hit no. 4", "hit no. 5"});
}

TEST_F(ReopeningTest, TheSameInAMailbox) {
  start_with({1}, kBasic);
  push(1, {.chat = kBasic, .id = 3, .text = "hit, before", .date = now});
  close(1);
  on_disk(1, {.chat = kBasic, .id = 3, .text = "hit, before", .date = now});
  on_disk(1, {.chat = kBasic, .id = 8, .text = "hit, meanwhile", .date = now});
  on_disk(1, {.chat = kBasic, .id = 9, .text = "hit, the last", .date = now});
  tell_chat(1, kBasic);
  // While it opens, a push is no proof that nothing is missing before it.
  push(1, {.chat = kBasic, .id = 9, .text = "hit, the last", .date = now});
  open();
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 3; }));
  expect_alerts({"hit, before", "hit, meanwhile", "hit, the last"});
}

TEST_F(ReopeningTest, AnotherMemberAlertsMeanwhile) {
  start_with({1, 2});
  close(1);
  push(2, {.chat = kGroup, .id = 1, .text = "hit", .date = now});
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 1; }));
  tell_chat(1, kGroup);
  monitor->feed(1, last_message({.chat = kGroup, .id = 1, .text = "hit", .date = now}));
  open();
  expect_alerts({"hit"});
}

TEST_F(ReopeningTest, AnEditMeanwhileIsFoundWhenNobodyElseWatches) {
  start_with({1});
  push(1, {.chat = kGroup, .id = 1, .text = "no", .date = now});
  close(1);
  on_disk(1, {.chat = kGroup, .id = 1, .text = "hit", .date = now, .edited = now + 60});
  tell_chat(1, kGroup);
  open();
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 1; }));
  expect_alerts({"hit"});
}

// TDLib says nothing of the edit of a message that it has not loaded.
TEST_F(ReopeningTest, TheNewestMessagesAreLoadedAgainBySomebodyWhoeverElseWatches) {
  start_with({1, 2});
  push(1, {.chat = kGroup, .id = 1, .text = "no", .date = now});
  auto& other =
      on_disk(2, {.chat = kGroup, .id = 1, .text = "hit", .date = now, .edited = now + 60});
  EXPECT_EQ(other.count("getChatHistory"), 0U);
  close(1);
  ASSERT_TRUE(run_until(io, [&] { return channel.texts().size() == 1; }));
  const auto calls = other.count("getChatHistory");
  EXPECT_GT(calls, 0U);
  tell_chat(1, kGroup);
  open();
  expect_alerts({"hit"});
  EXPECT_EQ(other.count("getChatHistory"), calls) << "once is enough";
}

TEST_F(ReopeningTest, AChatThatItIsNotToldOfAgainWasLeftMeanwhile) {
  start_with({1, 2});
  monitor->feed(1, membership(kOther));
  ASSERT_THAT(monitor->groups_of(1), SizeIs(2));
  close(1);
  EXPECT_THAT(monitor->groups_of(1), SizeIs(2)) << "nothing is known yet";
  tell_chat(1, kOther);
  EXPECT_THAT(monitor->groups_of(1), SizeIs(2));
  open();
  ASSERT_THAT(monitor->groups_of(1), SizeIs(1));
  EXPECT_EQ(monitor->groups_of(1).front().id, kOther);
  EXPECT_THAT(monitor->groups_of(2), SizeIs(1)) << "another's chats";
  monitor->account_ready(1);
  EXPECT_THAT(monitor->groups_of(1), SizeIs(1));
}

TEST_F(ReopeningTest, WhoTriesARuleWaitsForTheOnlyMember) {
  start_with({1});
  close(1);
  on_disk(1, {.chat = kGroup, .id = 1, .text = "hit", .date = now});
  std::optional<Result<Trial>> trial;
  asio::co_spawn(io, monitor->try_rule("hit", std::to_string(kGroup)),
                 [&](const std::exception_ptr& bug, Result<Trial> result) {
                   if (bug) std::rethrow_exception(bug);
                   trial.emplace(std::move(result));
                 });
  io.restart();
  io.poll();
  EXPECT_FALSE(trial);
  tell_chat(1, kGroup);
  open();
  ASSERT_TRUE(run_until(io, [&] { return trial.has_value(); }));
  ASSERT_TRUE(*trial) << trial->error().message;
  EXPECT_THAT((*trial)->matches, SizeIs(1));
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
