// Messages: at most once, whatever happens between the panel and Telegram.

#include "actions/outgoing.hpp"
#include "mailboxes.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

TEST_F(Once, EachAccountSendsOnceAndTheAuditSaysSo) {
  PanelRun run(file, server, clock, 3);
  run.resume();
  for (AccountId id = 1; id <= 3; ++id) open_chat(run, id);
  const auto id = start(run, {1, 2, 3});
  run.until_over(id);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(run.state(id, i), ItemState::done) << i;
  EXPECT_EQ(letters.sent, (std::map<AccountId, int>{{1, 1}, {2, 1}, {3, 1}}));
  const auto rows = audit(run);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].action, "message");
  EXPECT_EQ(rows[0].target, "@walter");
  EXPECT_EQ(rows[0].outcome, "done");
  EXPECT_EQ(rows[0].admin_id, 42);
}

TEST_F(Once, TheMarkAndTheCountAreOnDiskBeforeTheHandingOver) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  letters.chats[1] = {{true, "old"}, {true, "older"}};
  open_chat(run, 1);
  bool looked = false;
  run.client(1).answer("sendMessage", [&](const Json&) {
    looked = true;
    return std::optional<telegram::Response>();  // never answered
  });
  const auto id = start(run, {1});
  run.until([&] { return looked; });
  const auto rows = test::run(run.context, run.repository->load(1));
  ASSERT_TRUE(rows);
  const auto& item = rows->front().items.front();
  EXPECT_EQ(item.state, "handed");
  EXPECT_EQ(actions::read_mark(item.mark),
            (actions::Mark{.chat_id = kWalter, .newest = from_server_message_id(2)}));
  storage::ContactRepository contacts(*run.database);
  EXPECT_EQ(test::run(run.context, contacts.load_contacts(0))->size(), 1U);
  EXPECT_EQ(run.state(id, 0), ItemState::handed);
}

TEST_F(Once, AfterAKillWhatArrivedIsFoundAndWhatDidNotIsUnknown) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 2);
    run.resume();
    open_chat(run, 1, Answers::is_silent, true);
    open_chat(run, 2, Answers::is_silent, false);
    id = start(run, {1, 2});
    run.until([&] {
      return run.client(1).count("sendMessage") + run.client(2).count("sendMessage") == 2;
    });
  }
  PanelRun run(file, server, clock, 2);
  for (AccountId account = 1; account <= 2; ++account) open_chat(run, account);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(run.state(id, 1), ItemState::unknown);
  EXPECT_NE(reason(run, id, 1).find("not sent again"), std::string::npos);
  EXPECT_EQ(run.client(1).count("sendMessage") + run.client(2).count("sendMessage"), 0U);
  EXPECT_EQ(audit(run).size(), 2U);
}

TEST_F(Once, AnOldMessageWithTheSameTextIsNotTakenForThisOne) {
  letters.chats[1] = {{true, "hello"}, {false, "hello"}};
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    open_chat(run, 1, Answers::is_silent, false);
    id = start(run, {1});
    run.until([&] { return run.client(1).count("sendMessage") == 1; });
  }
  letters.chats[1].push_back({false, "hello"});  // Walter's own
  PanelRun run(file, server, clock, 1);
  open_chat(run, 1);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::unknown);
}

TEST_F(Once, WhenTheLookHasToWaitItIsDoneLaterAndNothingIsSent) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    open_chat(run, 1, Answers::is_silent, true);
    id = start(run, {1});
    run.until([&] { return run.client(1).count("sendMessage") == 1; });
  }
  PanelRun run(file, server, clock, 1);
  open_chat(run, 1);
  run.client(1).refuse("getChatHistory", 429, "Too Many Requests: retry after 100");
  run.resume();
  run.until([&] { return run.client(1).count("getChatHistory") == 1; });
  run.until([&] { return run.runner->job(id)->items[0].not_before != Instant{}; });
  test::run_ready(run.context);
  EXPECT_EQ(run.state(id, 0), ItemState::handed);
  open_chat(run, 1);
  run.pass(std::chrono::seconds{101});
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(run.client(1).count("sendMessage"), 0U);
}

TEST_F(Once, AnAccountThatIsGoneLeavesItUnknown) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    open_chat(run, 1, Answers::is_silent, true);
    id = start(run, {1});
    run.until([&] { return run.client(1).count("sendMessage") == 1; });
  }
  PanelRun run(file, server, clock, 0);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::unknown);
}

TEST_F(Once, PeerFloodStopsTheAccountAndReleasesTheCount) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  open_chat(run, 1, Answers::refuses, false);
  int told = 0;
  run.runner->contacts().on_stop([&] { ++told; });
  const auto first = start(run, {1});
  run.until_over(first);
  EXPECT_EQ(run.state(first, 0), ItemState::failed);
  EXPECT_EQ(told, 1);
  storage::NoticeRepository notices(*run.database);
  const auto pending = test::run(run.context, notices.pending());
  ASSERT_EQ(pending->size(), 1U) << "written with the stop, for each admin";
  EXPECT_EQ(pending->front().what, storage::kUnwantedNotice);
  EXPECT_EQ(pending->front().account, 1);
  const auto second = start(run, {1});
  run.until_over(second);
  EXPECT_EQ(run.state(second, 0), ItemState::failed);
  EXPECT_EQ(run.client(1).count("sendMessage"), 1U);
  storage::ContactRepository contacts(*run.database);
  EXPECT_TRUE(test::run(run.context, contacts.load_contacts(0))->empty());
  letters.chats[1].push_back({false, "Who are you?"});
  open_chat(run, 1);
  const auto third = start(run, {1});
  run.until_over(third);
  EXPECT_EQ(run.state(third, 0), ItemState::done) << "who wrote is answered";
}

TEST_F(Once, AWaitOfTheSendingIsRememberedAndTheMessageGoesAfterIt) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  open_chat(run, 1, Answers::refuses, false, "Too Many Requests: retry after 100", 429);
  const auto id = start(run, {1});
  run.until([&] { return run.state(id, 0) == ItemState::waiting; });
  EXPECT_TRUE(run.limiter->until(1, "sendMessage"));
  open_chat(run, 1);
  run.pass(std::chrono::seconds{101});
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(letters.sent[1], 1);
}

TEST_F(Once, TheCapHoldsOverAccountsThatActAtTheSameTime) {
  PanelRun run(file, server, clock, 5);
  run.resume();
  for (AccountId id = 1; id <= 5; ++id) open_chat(run, id);
  const auto id = start(run, {1, 2, 3, 4, 5});
  run.until_over(id);
  int sent = 0;
  for (const auto& [account, times] : letters.sent) sent += times;
  EXPECT_EQ(sent, 3);
}

TEST_F(Once, AfterEveryDurableStepAKillNeverSendsTwice) {
  bool over = false;
  for (int steps = 1; !over; ++steps) {
    ASSERT_LT(steps, 40);
    letters = {};
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    {
      PanelRun run(file, server, clock, 3);
      run.resume();
      for (AccountId id = 1; id <= 3; ++id) open_chat(run, id);
      int seen = 0;
      const auto watch = run.runner->watch([&](const Job&) { ++seen; });
      const auto id = start(run, {1, 2, 3});
      run.until([&] { return seen >= steps || run.runner->job(id)->finished != Instant{}; });
      over = seen < steps;
    }
    PanelRun run(file, server, clock, 3);
    for (AccountId id = 1; id <= 3; ++id) open_chat(run, id);
    run.resume();
    for (const auto& job : run.runner->recent(10)) {
      run.until_over(job.id);
      const auto after = *run.runner->job(job.id);
      for (const auto& item : after.items) {
        const bool arrived = letters.sent[item.account_id] == 1;
        EXPECT_LE(letters.sent[item.account_id], 1) << steps;
        EXPECT_TRUE(item.state == ItemState::done || item.state == ItemState::unknown) << steps;
        if (item.state == ItemState::done) {
          EXPECT_TRUE(arrived) << steps;
        }
      }
    }
  }
}

}  // namespace
}  // namespace tgpanel::jobs
