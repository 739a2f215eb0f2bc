#include "telegram/session_watch.hpp"

#include "unit/support/run.hpp"

#include <gtest/gtest.h>

namespace tgpanel::telegram {
namespace {

using test::run_ready;
using test::run_until;
using test::spawn;

class SessionWatchTest : public ::testing::Test {
 protected:
  asio::io_context context;
  std::unique_ptr<SessionWatch> watch = std::make_unique<SessionWatch>();

  void authorization(const char* type) {
    watch->observe(
        {{"@type", "updateAuthorizationState"}, {"authorization_state", {{"@type", type}}}});
  }

  void connection(const char* type) {
    watch->observe({{"@type", "updateConnectionState"}, {"state", {{"@type", type}}}});
  }
};

TEST_F(SessionWatchTest, OnlineNeedsAConnectionThatCameAfterReady) {
  auto online = spawn<Result<void>>(context, watch->wait_online(Millis{5000}));
  run_ready(context);
  connection("connectionStateReady");  // connected, but not logged in yet
  authorization("authorizationStateReady");
  run_ready(context);
  EXPECT_FALSE(watch->online());
  EXPECT_FALSE(online->has_value());
  connection("connectionStateUpdating");
  connection("connectionStateReady");
  run_ready(context);
  EXPECT_TRUE(watch->online());
  ASSERT_TRUE(online->has_value());
  EXPECT_TRUE((*online)->has_value());
  connection("connectionStateConnecting");
  EXPECT_FALSE(watch->online());
}

TEST_F(SessionWatchTest, TheFirstStateThatNeedsSomebodyIsWaitedFor) {
  auto waited = spawn<Result<std::string>>(context, watch->wait_authorization(Millis{5000}));
  run_ready(context);
  authorization("authorizationStateWaitTdlibParameters");
  run_ready(context);
  EXPECT_FALSE(waited->has_value());
  authorization("authorizationStateWaitPhoneNumber");
  run_ready(context);
  ASSERT_TRUE(waited->has_value());
  EXPECT_EQ(**waited, "authorizationStateWaitPhoneNumber");
}

TEST_F(SessionWatchTest, TheCloseIsWaitedFor) {
  auto late = spawn<Result<void>>(context, watch->wait_closed(Millis{20}));
  authorization("authorizationStateLoggingOut");
  run_until(context, [&] { return late->has_value(); });
  EXPECT_EQ((*late)->error().code, Errc::timeout);
  auto closed = spawn<Result<void>>(context, watch->wait_closed(Millis{5000}));
  run_ready(context);
  EXPECT_FALSE(closed->has_value());
  authorization("authorizationStateClosed");
  run_ready(context);
  ASSERT_TRUE(closed->has_value());
  EXPECT_TRUE((*closed)->has_value());
}

TEST_F(SessionWatchTest, WaitsEndAtTheDeadlineAtTheCloseAndWithTheWatch) {
  auto late = spawn<Result<void>>(context, watch->wait_online(Millis{20}));
  run_until(context, [&] { return late->has_value(); });
  EXPECT_EQ((*late)->error().code, Errc::timeout);

  auto closed = spawn<Result<void>>(context, watch->wait_online(Millis{5000}));
  run_ready(context);
  authorization("authorizationStateClosed");
  run_ready(context);
  ASSERT_TRUE(closed->has_value());
  EXPECT_EQ((*closed)->error().code, Errc::login_needed);

  watch = std::make_unique<SessionWatch>();
  auto ended = spawn<Result<std::string>>(context, watch->wait_authorization(Millis{5000}));
  run_ready(context);
  watch.reset();
  run_ready(context);
  ASSERT_TRUE(ended->has_value());
  EXPECT_EQ((*ended)->error().code, Errc::cancelled);
}

}  // namespace
}  // namespace tgpanel::telegram
