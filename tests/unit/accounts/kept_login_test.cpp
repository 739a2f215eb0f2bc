// Logins whose session Telegram could not be asked to end: tried again while the panel runs.

#include "manager_fixture.hpp"

namespace tgpanel::accounts {
namespace {

using ::testing::IsEmpty;

class KeptLoginTest : public ManagerTest {
 protected:
  void SetUp() override {
    ManagerTest::SetUp();
    ASSERT_TRUE(run(context, manager->start()));
  }

  // A manager whose tries come this often.
  void restart_with(Millis retry) {
    stop();
    login_retry = retry;
    make_manager();
    ASSERT_TRUE(run(context, manager->start()));
  }

  // Its log out is on its own disk, but Telegram does not answer.
  static void unreachable(FakeClient& client) {
    client.refuse("logOut", TdError::kDeadline, "no answer in time");
  }

  // TDLib goes on with a log out that an earlier client began, and refuses another.
  static void logging_out(FakeClient& client) {
    client.answer("setTdlibParameters", [&client](const Json&) -> std::optional<test::Response> {
      client.push_authorization("authorizationStateLoggingOut");
      return Json{{"@type", "ok"}};
    });
    client.refuse("logOut", 400, "Already logging out");
  }

  // A login that was cancelled while Telegram could not be reached.
  void cancel_offline() {
    next_clients([](FakeClient& client) {
      logged_out(client);
      unreachable(client);
    });
    auto login = begin();
    wait_for<WaitPhone>(login);
    auto& client = last_client();
    client.hold("checkAuthenticationCode");
    Json code = {
        {"@type", "authorizationStateWaitCode"},
        {"code_info",
         {{"type", {{"@type", "authenticationCodeTypeSms"}, {"length", 5}}}, {"timeout", 60}}}};
    client.push_authorization(std::move(code));
    auto given = spawn<Result<void>>(context, login->submit_code(Secret("24680")));
    run_until(context, [&] { return client.count("checkAuthenticationCode") == 1; });
    run(context, login->cancel());
    ASSERT_EQ(client.count("logOut"), 1U);
    ASSERT_FALSE(client.open());
    ASSERT_EQ(logins_on_record(), 1U);
    ASSERT_EQ(folders(), 1U);
  }

  // Tries again, as far as Telegram being asked to end the session.
  void retry() {
    const auto made = factory.made.size();
    manager->retry_kept_logins();
    run_until(context, [&] {
      return factory.made.size() == made + 1 && last_client().count("logOut") == 1;
    });
  }

  void nothing_left(std::size_t accounts = 0) {
    run_until(context, [&] { return logins_on_record() == 0; });
    EXPECT_EQ(folders(), accounts);
    EXPECT_FALSE(last_client().open());
  }
};

TEST_F(KeptLoginTest, IsTriedAgainAfterAWhileUntilTelegramAnswers) {
  restart_with(Millis{20});
  cancel_offline();
  const auto made = factory.made.size();
  next_clients([this, made](FakeClient& client) {
    logged_out(client);
    if (factory.made.size() < made + 3) unreachable(client);
  });
  nothing_left();
  EXPECT_EQ(factory.made.size(), made + 3);
  EXPECT_THAT(manager->take_recovery_notes(), IsEmpty()) << "it was cancelled, which was said";
}

TEST_F(KeptLoginTest, IsTriedAgainWhenAnAccountComesOnline) {
  const auto id = add(user(1, "Ann"));
  ASSERT_NE(id, 0);
  const auto account = factory.made.back();
  run_until(context, [&] { return ready.size() == 1; });
  next_clients([](FakeClient& client) {
    logged_out(client);
    unreachable(client);
  });
  auto login = begin();
  wait_for<WaitPhone>(login);
  last_client().push_authorization(Json{{"@type", "authorizationStateWaitOtherDeviceConfirmation"},
                                        {"link", "tg://login?token=x"}});
  run(context, login->cancel());
  ASSERT_EQ(folders(), 2U);
  const auto made = factory.made.size();
  next_clients([](FakeClient& client) { logged_out(client); });
  account->push_connection("connectionStateConnecting");
  test::run_ready(context);
  EXPECT_EQ(factory.made.size(), made);
  account->push_connection("connectionStateReady");
  nothing_left(1);
  EXPECT_EQ(factory.made.size(), made + 1);
  EXPECT_EQ(last_client().count("logOut"), 1U);
}

TEST_F(KeptLoginTest, IsNeverOpenTwice) {
  cancel_offline();
  const auto made = factory.made.size();
  next_clients([](FakeClient& client) {
    logged_out(client);
    client.hold("logOut");
  });
  retry();
  manager->retry_kept_logins();
  test::run_ready(context);
  EXPECT_EQ(factory.made.size(), made + 1);
  last_client().push_authorization("authorizationStateClosed");
  nothing_left();
}

TEST_F(KeptLoginTest, ALogOutThatTdlibGoesOnWithIsWaitedFor) {
  cancel_offline();
  next_clients(logging_out);
  retry();
  test::run_ready(context);
  EXPECT_EQ(last_client().count("close"), 0U) << "Telegram has not confirmed it yet";
  EXPECT_EQ(folders(), 1U);
  last_client().push_authorization("authorizationStateClosed");
  nothing_left();
}

// After a crash in the middle of it, too.
TEST_F(KeptLoginTest, AtTheStartALogOutThatTdlibGoesOnWithIsWaitedFor) {
  cancel_offline();
  stop();
  start_bound = Millis{50};
  make_manager();
  next_clients(logging_out);
  ASSERT_TRUE(run(context, manager->start()));
  EXPECT_EQ(last_client().count("close"), 0U);
  EXPECT_EQ(folders(), 1U);
  last_client().push_authorization("authorizationStateClosed");
  nothing_left();
}

TEST_F(KeptLoginTest, AFolderThatDoesNotOpenIsRemoved) {
  cancel_offline();
  next_clients([](FakeClient& client) {
    client.answer("setTdlibParameters", [&client](const Json&) -> std::optional<test::Response> {
      client.push_authorization("authorizationStateWaitTdlibParameters");
      return test::Response(std::unexpected(TdError{400, "it is damaged"}));
    });
  });
  manager->retry_kept_logins();
  nothing_left();
  EXPECT_EQ(last_client().count("logOut"), 0U);
}

TEST_F(KeptLoginTest, OneThatWasCancelledNeverBecomesAnAccount) {
  cancel_offline();
  next_clients([](FakeClient& client) { logged_in(client, user(7, "Ann")); });
  manager->retry_kept_logins();
  nothing_left();
  EXPECT_EQ(last_client().count("logOut"), 1U);
  EXPECT_TRUE(manager->list().empty());
}

TEST_F(KeptLoginTest, OneThatTheStartCouldNotEndIsTriedAgainAndItsEndTold) {
  cancel_offline();
  next_clients([](FakeClient& client) {
    logged_out(client);
    unreachable(client);
  });
  restart_with(Millis{3'600'000});
  EXPECT_TRUE(manager->had_unfinished_login());
  EXPECT_EQ(manager->take_recovery_notes().size(), 1U);
  retry();
  run_until(context, [&] { return !last_client().open(); });
  test::run_ready(context);
  EXPECT_EQ(logins_on_record(), 1U);
  EXPECT_THAT(manager->take_recovery_notes(), IsEmpty()) << "said already";
  next_clients([](FakeClient& client) { logged_out(client); });
  manager->retry_kept_logins();
  nothing_left();
  run_until(context, [&] {
    const auto notes = manager->take_recovery_notes();
    return notes.size() == 1 && notes.front().english().find("removed") != std::string::npos;
  });
  restart_with(Millis{3'600'000});
  EXPECT_FALSE(manager->had_unfinished_login());
}

TEST_F(KeptLoginTest, AStopLeavesItToTheNextStart) {
  cancel_offline();
  const auto made = factory.made.size();
  next_clients([](FakeClient& client) {
    logged_out(client);
    client.hold("logOut");
  });
  retry();
  const auto stopped = spawn(context, manager->stop(Millis{50}));
  run_until(context, [&] { return stopped->has_value(); });
  last_client().push_authorization("authorizationStateClosed");  // as the hub closes all
  test::run_ready(context);
  manager->retry_kept_logins();
  test::run_ready(context);
  EXPECT_EQ(factory.made.size(), made + 1);
  EXPECT_EQ(logins_on_record(), 1U);
  EXPECT_EQ(folders(), 1U);
}

}  // namespace
}  // namespace tgpanel::accounts
