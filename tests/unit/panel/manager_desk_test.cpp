// The report check by the real manager's clients: held to the waits of the account.

#include "panel/manager_desk.hpp"

#include "jobs/limiter.hpp"
#include "monitor/monitor.hpp"
#include "panel/adapters.hpp"
#include "storage/job_repository.hpp"
#include "unit/accounts/manager_fixture.hpp"

namespace tgpanel::panel {
namespace {

constexpr ChatId kBot = 99;

struct ManagerDeskTest : accounts::ManagerTest {
  void SetUp() override {
    ManagerTest::SetUp();
    repository.emplace(*database);
    limiter.emplace(*repository, clock, context.get_executor());
    view.emplace(*manager, *limiter);
    monitor.emplace(context.get_executor(), *database, clock, *view);
    desk.emplace(context.get_executor(), DeskParts{*manager, *monitor, *limiter, *database, clock},
                 DeskOptions{.report_bot = "SpamBot"});
    ASSERT_TRUE(test::run(context, manager->start()));
    account = add(accounts::user(7, "Ann"));
    ASSERT_NE(manager->client(account), nullptr);
    last_client().answer("searchPublicChat",
                         Json{{"@type", "chat"},
                              {"id", kBot},
                              {"type", {{"@type", "chatTypePrivate"}, {"user_id", kBot}}}});
    last_client().answer("sendMessage", pending());
  }

  void TearDown() override {
    limiter->stop();
    ManagerTest::TearDown();
  }

  static Json pending() {
    return {{"@type", "message"},
            {"id", 7},
            {"chat_id", kBot},
            {"sending_state", {{"@type", "messageSendingStatePending"}}}};
  }

  AccountId account = 0;
  std::optional<storage::JobRepository> repository;
  std::optional<jobs::Limiter> limiter;
  std::optional<ManagerAccountsView> view;
  std::optional<monitor::Monitor> monitor;
  std::optional<ManagerDesk> desk;
};

TEST_F(ManagerDeskTest, AQuestionInsideAKnownWaitIsNotAsked) {
  storage::WaitRow wait{.account_id = account,
                        .method = "sendMessage",
                        .chat_id = 0,
                        .until_ms = to_unix_ms(clock.now() + Millis{100'000})};
  ASSERT_TRUE(test::run(context, repository->save_wait(std::move(wait))));
  ASSERT_TRUE(test::run(context, limiter->load()));
  const auto answer = test::run(context, desk->check_report(account));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::flood_wait);
  EXPECT_EQ(answer.error().retry_after_s, 100);
  EXPECT_EQ(last_client().count("sendMessage"), 0U);
  EXPECT_EQ(limiter->until(account, "sendMessage"), clock.now() + Millis{100'000});
}

TEST_F(ManagerDeskTest, TheGroupsLastSeenAreKnownAtOnceAndAfterARestart) {
  EXPECT_EQ(manager->find(account)->known_groups.at, Instant{});
  ASSERT_TRUE(test::run(context, desk->update_groups(account)));
  EXPECT_EQ(manager->find(account)->known_groups.at, clock.now());
  const auto stored = test::run(context, manager->stored()).value();
  EXPECT_EQ(stored.front().known_groups.at, clock.now());
}

TEST_F(ManagerDeskTest, AWaitThatEndsTheQuestionIsRemembered) {
  const auto answer = test::spawn(context, desk->check_report(account));
  test::run_until(context, [&] { return last_client().count("sendMessage") == 1; });
  test::run_ready(context);
  const Json failed{
      {"@type", "updateMessageSendFailed"},
      {"message", pending()},
      {"old_message_id", 7},
      {"error",
       {{"@type", "error"}, {"code", 429}, {"message", "Too Many Requests: retry after 100"}}}};
  limiter->feed(account, failed);
  desk->feed(account, failed);
  test::run_until(context, [&] { return answer->has_value(); });
  ASSERT_FALSE(**answer);
  EXPECT_EQ((**answer).error().code, Errc::flood_wait);
  EXPECT_EQ(limiter->until(account, "sendMessage"), clock.now() + Millis{100'000});
}

}  // namespace
}  // namespace tgpanel::panel
