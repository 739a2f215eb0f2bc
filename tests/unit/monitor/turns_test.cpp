#include "monitor/turns.hpp"

#include "fakes.hpp"

#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

class TurnsTest : public testing::Test {
 protected:
  TurnsTest() {
    accounts.activate(1);
    accounts.activate(2);
  }

  /// The answer, once there is one.
  std::shared_ptr<std::optional<Result<AccountId>>> ask(std::vector<AccountId> among) {
    auto answer = std::make_shared<std::optional<Result<AccountId>>>();
    asio::co_spawn(io, turns.next_of(std::move(among)),
                   [answer](const std::exception_ptr& bug, Result<AccountId> account) {
                     if (bug) std::rethrow_exception(bug);
                     answer->emplace(std::move(account));
                   });
    io.restart();
    io.poll();
    return answer;
  }

  void run() {
    io.restart();
    io.poll();
  }

  asio::io_context io{1};
  ManualClock clock{from_unix_ms(1'700'000'000'000)};
  Accounts accounts;
  std::vector<std::pair<AccountId, Instant>> told;
  Turns turns{accounts, clock, Millis{60'000},
              [this](AccountId account, Instant until) { told.emplace_back(account, until); }};
};

TEST_F(TurnsTest, WhoWaitsForAnAccountThatIsReopenedIsServedWhenItIsBack) {
  auto away = accounts.active.extract(1);
  accounts.reopening.insert(1);
  const auto answer = ask({1});
  EXPECT_FALSE(answer->has_value());
  EXPECT_FALSE(turns.usable(1));
  accounts.active.insert(std::move(away));
  accounts.reopening.erase(1);
  turns.renewed(1);
  run();
  ASSERT_TRUE(answer->has_value());
  EXPECT_EQ((**answer).value_or(0), 1);
  // One that does not come back keeps nobody waiting.
  accounts.active.erase(1);
  accounts.reopening.insert(1);
  const auto in_vain = ask({1});
  EXPECT_FALSE(in_vain->has_value());
  accounts.reopening.erase(1);
  turns.renewed(1);
  run();
  ASSERT_TRUE(in_vain->has_value());
  EXPECT_EQ((**in_vain).error().code, Errc::not_found);
}

TEST_F(TurnsTest, WhoWaitsIsServedWhenAnAccountIsGivenBack) {
  turns.take(1);
  const auto first = ask({1});
  const auto second = ask({1, 3});
  EXPECT_FALSE(first->has_value());
  turns.give_back(1);
  EXPECT_FALSE(turns.free(1));
  run();
  ASSERT_TRUE(first->has_value());
  EXPECT_EQ((**first).value_or(0), 1);
  EXPECT_FALSE(second->has_value());
  turns.give_back(1);
  run();
  ASSERT_TRUE(second->has_value());
  turns.give_back(1);
  EXPECT_TRUE(turns.free(1));
}

TEST_F(TurnsTest, AFloodWaitIsToldAndObeyed) {
  turns.take(1);
  const auto waiting = ask({1});
  turns.failed(1, {Errc::flood_wait, "", 90});
  turns.give_back(1);
  run();
  ASSERT_TRUE(waiting->has_value());
  ASSERT_FALSE(**waiting);
  EXPECT_EQ((**waiting).error().code, Errc::flood_wait);
  EXPECT_EQ((**waiting).error().retry_after_s, 90);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].second, clock.now() + Millis{90'000});
  EXPECT_EQ((**ask({1, 2})).value_or(0), 2);
  clock.advance(Millis{90'000});
  EXPECT_TRUE(turns.free(1));
}

TEST_F(TurnsTest, WhoGaveNoAnswerIsAskedOnlyForAPersonForAWhile) {
  turns.failed(1, {Errc::timeout, "no answer"});
  EXPECT_FALSE(turns.usable(1));
  EXPECT_TRUE(turns.any_free());
  EXPECT_EQ((**ask({1})).value_or(0), 1);
  turns.give_back(1);
  EXPECT_FALSE(turns.usable(1));
  clock.advance(Millis{60'000});
  EXPECT_TRUE(turns.usable(1));
  turns.failed(1, {Errc::timeout, "no answer"});
  turns.renewed(1);
  EXPECT_TRUE(turns.usable(1));
}

TEST_F(TurnsTest, NobodyWaitsForAccountsThatAreGoneOrForTheEnd) {
  EXPECT_EQ((**ask({7})).error().code, Errc::not_found);
  turns.take(1);
  turns.take(2);
  const auto gone = ask({1});
  const auto ended = ask({2});
  accounts.active.erase(1);
  turns.renewed(1);
  run();
  ASSERT_TRUE(gone->has_value());
  EXPECT_EQ((**gone).error().code, Errc::not_found);
  EXPECT_FALSE(ended->has_value());
  turns.stop();
  run();
  ASSERT_TRUE(ended->has_value());
  EXPECT_EQ((**ended).error().code, Errc::cancelled);
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
