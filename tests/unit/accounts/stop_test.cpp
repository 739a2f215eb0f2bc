// A stop at any moment: the end of the panel is no end of a session.

#include "manager_fixture.hpp"

namespace tgpanel::accounts {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class StopTest : public ManagerTest {
 protected:
  std::vector<Account> on_disk() { return run(context, manager->stored()).value(); }

  std::shared_ptr<std::optional<bool>> begin_stop() {
    return spawn(context, manager->stop(Millis{2'000}));
  }
};

TEST_F(StopTest, WhileTheStartWaitsForTelegramItLosesNoSession) {
  ASSERT_TRUE(run(context, manager->start()));
  add(user(1, "Silent"));
  const auto good = add(user(2, "Good"));
  const auto leaving = add(user(3, "Leaving"));
  last_client().hold("logOut");
  ASSERT_TRUE(run(context, manager->remove(leaving, 500)));
  stop();

  start_bound = Millis{60'000};
  make_manager();
  int made = 0;
  next_clients([&](FakeClient& client) {
    const auto number = ++made;
    logged_in(client, user(number, "Somebody"));
    if (number == 1) client.hold("loadChats");
    if (number == 3) client.hold("logOut");
  });
  const auto started = spawn<Result<void>>(context, manager->start());
  run_until(context, [&] {
    return made == 3 && manager->find(good)->state == AccountState::active &&
           last_client().count("logOut") == 1 && factory.made.end()[-3]->count("loadChats") == 1;
  });
  const auto stopped = begin_stop();
  run_until(context, [&] { return stopped->has_value() && started->has_value(); });
  for (const auto& client : factory.made) EXPECT_FALSE(client->open());

  const auto accounts = on_disk();
  ASSERT_THAT(accounts, SizeIs(3));
  for (const auto& account : accounts) {
    EXPECT_EQ(account.state, account.id == leaving ? AccountState::deleting : AccountState::active);
  }
  EXPECT_THAT(notices(), IsEmpty());
  EXPECT_EQ(folders(), 3U);
}

TEST_F(StopTest, BeforeTheTableWasReadNothingIsOpened) {
  ASSERT_TRUE(run(context, manager->start()));
  add(user(1, "Ann"));
  stop();
  make_manager();
  const auto made = factory.made.size();
  const auto started = spawn<Result<void>>(context, manager->start());
  const auto stopped = begin_stop();
  run_until(context, [&] { return stopped->has_value() && started->has_value(); });
  EXPECT_EQ((*started)->error().code, Errc::cancelled);
  EXPECT_EQ(factory.made.size(), made);
}

TEST_F(StopTest, AnAccountThatIsBeingEnabledIsLeftToTheNextStart) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(1, "Ann"));
  ASSERT_TRUE(run(context, manager->disable(id)));
  const auto made = factory.made.size();
  const auto enabled = spawn<Result<void>>(context, manager->enable(id));
  const auto stopped = begin_stop();
  run_until(context, [&] { return stopped->has_value() && enabled->has_value(); });
  EXPECT_TRUE(enabled->value());
  EXPECT_EQ(factory.made.size(), made);
  EXPECT_EQ(on_disk().front().state, AccountState::active);
}

TEST_F(StopTest, ADisabledAccountThatIsBeingDeletedIsLeftToTheNextStart) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(1, "Ann"));
  ASSERT_TRUE(run(context, manager->disable(id)));
  const auto made = factory.made.size();
  const auto begun = spawn<Result<void>>(context, manager->remove(id, 500));
  const auto stopped = begin_stop();
  run_until(context, [&] { return stopped->has_value() && begun->has_value(); });
  test::run_ready(context);
  EXPECT_EQ(factory.made.size(), made);
  EXPECT_EQ(on_disk().front().state, AccountState::deleting);
  EXPECT_THAT(removed, IsEmpty());
}

TEST_F(StopTest, ALoginThatIsBeingWrittenDownBecomesAnAccountWithItsClientClosed) {
  ASSERT_TRUE(run(context, manager->start()));
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  wait_for<WaitPhone>(login);
  auto& client = last_client();
  client.answer("getMe", user(7, "Ann"));
  client.push_authorization("authorizationStateReady");
  client.push_connection("connectionStateReady");
  run_until(context, [&] { return client.count("getMe") == 1; });
  const auto stopped = begin_stop();
  run_until(context, [&] { return stopped->has_value(); });
  EXPECT_TRUE(std::holds_alternative<LoggedIn>(login->step()));
  EXPECT_FALSE(client.open());
  ASSERT_THAT(on_disk(), SizeIs(1));
  EXPECT_EQ(on_disk().front().state, AccountState::active);
  EXPECT_THAT(notices(), IsEmpty());
  EXPECT_EQ(logins_on_record(), 0U);
}

TEST_F(StopTest, AnInterruptedLoginThatIsOpeningIsKeptForTheNextStart) {
  ASSERT_TRUE(run(context, manager->start()));
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  wait_for<WaitPhone>(login);
  stop();
  start_bound = Millis{60'000};
  make_manager();
  next_clients([](FakeClient& client) { client.hold("setTdlibParameters"); });
  const auto started = spawn<Result<void>>(context, manager->start());
  run_until(context, [&] { return last_client().count("setTdlibParameters") == 1; });
  const auto stopped = begin_stop();
  run_until(context, [&] { return stopped->has_value() && started->has_value(); });
  EXPECT_EQ(logins_on_record(), 1U);
  EXPECT_EQ(folders(), 1U);
}

}  // namespace
}  // namespace tgpanel::accounts
