#include "manager_fixture.hpp"

namespace tgpanel::accounts {
namespace {

TEST_F(ManagerTest, ALoginBecomesAnAccountThatTheNextStartOpens) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  ASSERT_NE(id, 0);
  EXPECT_EQ(manager->find(id)->name, "Ann");
  EXPECT_EQ(manager->find(id)->state, AccountState::active);
  EXPECT_EQ(manager->account_of(7), id);
  EXPECT_EQ(manager->account_of(8), 0);
  EXPECT_NE(manager->client(id), nullptr);
  EXPECT_EQ(logins_on_record(), 0U);
  run_until(context, [&] { return ready.size() == 1; });

  stop();
  EXPECT_FALSE(last_client().open());
  make_manager();
  ready.clear();
  next_clients([](FakeClient& client) { logged_in(client, user(7, "Ann Renamed")); });
  ASSERT_TRUE(run(context, manager->start()));
  EXPECT_EQ(ready, std::vector<AccountId>{id});
  EXPECT_EQ(manager->find(id)->name, "Ann Renamed");
  EXPECT_EQ(folders(), 1U);
  const auto parameters = last_client().last("setTdlibParameters");
  EXPECT_FALSE(parameters["use_message_database"]);
  EXPECT_FALSE(parameters["use_chat_info_database"]);
  EXPECT_FALSE(parameters["use_file_database"]);
  EXPECT_EQ(parameters["database_encryption_key"].get<std::string>().size(), 44U);
}

TEST_F(ManagerTest, TheSameUserTwiceIsRefusedAndTheSecondSessionLoggedOut) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto first = add(user(7, "Ann"));
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  wait_for<WaitPhone>(login);
  auto& second = last_client();
  second.answer("getMe", user(7, "Ann"));
  second.push_authorization("authorizationStateReady");
  second.push_connection("connectionStateReady");
  wait_for<LoginFailed>(login);
  const auto& error = std::get<LoginFailed>(login->step()).error;
  EXPECT_EQ(error.code, Errc::exists);
  EXPECT_THAT(error.message, HasSubstr("Ann"));
  run(context, login->cancel());
  EXPECT_EQ(second.count("logOut"), 1U);
  EXPECT_FALSE(second.open());
  EXPECT_EQ(manager->list().size(), 1U);
  EXPECT_EQ(manager->find(first)->state, AccountState::active);
  EXPECT_EQ(folders(), 1U);
  EXPECT_EQ(logins_on_record(), 0U);
}

TEST_F(ManagerTest, AnEndedSessionCanBeReplacedByANewLogin) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  auto& old = last_client();
  old.push_authorization("authorizationStateLoggingOut");
  old.push_authorization("authorizationStateClosed");
  EXPECT_EQ(manager->find(id)->state, AccountState::login_needed);
  EXPECT_EQ(manager->client(id), nullptr);
  EXPECT_EQ(add(user(7, "Ann")), id);
  EXPECT_EQ(manager->find(id)->state, AccountState::active);
  EXPECT_NE(manager->client(id), nullptr);
  run_until(context, [&] { return folders() == 1; });
}

TEST_F(ManagerTest, CancellingAndLettingGoReleaseEverything) {
  ASSERT_TRUE(run(context, manager->start()));
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  EXPECT_EQ(logins_on_record(), 1U);
  wait_for<WaitPhone>(login);
  std::filesystem::create_directories(dir / "sessions" / "x");
  run(context, login->cancel());
  EXPECT_FALSE(last_client().open());
  EXPECT_EQ(last_client().count("logOut"), 0U);
  EXPECT_EQ(logins_on_record(), 0U);
  EXPECT_EQ(folders(), 1U);  // only the one made above

  login = begin();
  wait_for<WaitPhone>(login);
  login.reset();
  run_until(context, [&] { return !last_client().open(); });
  run_until(context, [&] { return folders() == 1; });
}

TEST_F(ManagerTest, TenLoginsAtMost) {
  ASSERT_TRUE(run(context, manager->start()));
  next_clients([](FakeClient& client) { logged_out(client); });
  std::vector<std::shared_ptr<Login>> logins;
  for (int i = 0; i < 10; ++i) logins.push_back(begin());
  const auto refused = run(context, manager->begin_login());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::busy);
  run(context, logins.front()->cancel());
  EXPECT_TRUE(run(context, manager->begin_login()));
}

TEST_F(ManagerTest, ALoginThatACrashInterruptedIsAdoptedWhenTelegramHadAcceptedIt) {
  ASSERT_TRUE(run(context, manager->start()));
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  wait_for<WaitPhone>(login);
  stop();  // leaves record and folder as a crash does
  EXPECT_EQ(logins_on_record(), 1U);
  EXPECT_EQ(folders(), 1U);

  make_manager();
  next_clients([](FakeClient& client) { logged_in(client, user(7, "Ann")); });
  ASSERT_TRUE(run(context, manager->start()));
  ASSERT_EQ(manager->list().size(), 1U);
  EXPECT_EQ(manager->list().front().name, "Ann");
  const auto notes = manager->take_recovery_notes();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes.front().english(), HasSubstr("Ann has been added"));
  EXPECT_TRUE(manager->take_recovery_notes().empty());
  EXPECT_EQ(logins_on_record(), 0U);
}

TEST_F(ManagerTest, ALoginThatACrashInterruptedIsRemovedWhenItWasNotFinished) {
  ASSERT_TRUE(run(context, manager->start()));
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  wait_for<WaitPhone>(login);
  stop();
  make_manager();
  ASSERT_TRUE(run(context, manager->start()));
  EXPECT_TRUE(manager->list().empty());
  ASSERT_EQ(manager->take_recovery_notes().size(), 1U);
  EXPECT_EQ(logins_on_record(), 0U);
  EXPECT_EQ(folders(), 0U);
  EXPECT_FALSE(last_client().open());
  EXPECT_EQ(last_client().count("logOut"), 1U)
      << "Telegram may have accepted it without the folder knowing";
}

TEST_F(ManagerTest, AnInterruptedLoginIsKeptUntilTelegramCanBeAskedToForgetIt) {
  ASSERT_TRUE(run(context, manager->start()));
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  wait_for<WaitPhone>(login);
  stop();
  make_manager();
  next_clients([](FakeClient& client) {
    logged_out(client);
    client.refuse("logOut", TdError::kDeadline, "no answer in time");
  });
  ASSERT_TRUE(run(context, manager->start()));
  const auto notes = manager->take_recovery_notes();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes.front().english(), HasSubstr("tries again until it can"));
  EXPECT_EQ(logins_on_record(), 1U);
  EXPECT_EQ(folders(), 1U);
  EXPECT_FALSE(last_client().open());
}

TEST_F(ManagerTest, TheStartIsNotHeldUpByWhatTelegramDoesNotAnswer) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto stuck = add(user(1, "Stuck"));
  const auto good = add(user(2, "Good"));
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  wait_for<WaitPhone>(login);
  stop();

  start_bound = Millis{50};
  make_manager();
  int told = 0;
  manager->on_note([&] { ++told; });
  ready.clear();
  int made = 0;
  next_clients([&](FakeClient& client) {
    switch (++made) {
      case 1:
        logged_in(client, user(1, "Stuck"));
        client.hold("loadChats");
        break;
      case 2:
        logged_in(client, user(2, "Good"));
        break;
      default:  // the interrupted login
        client.hold("setTdlibParameters");
        break;
    }
  });
  ASSERT_TRUE(run(context, manager->start()));
  EXPECT_EQ(manager->find(stuck)->state, AccountState::connecting);
  EXPECT_EQ(manager->find(good)->state, AccountState::active);
  EXPECT_TRUE(manager->take_recovery_notes().empty());

  // All of it goes on behind the start.
  auto& first = *factory.made[factory.made.size() - 3];
  for (int list = 0; list < 2; ++list) {
    run_until(context,
              [&] { return first.reply("loadChats", std::unexpected(TdError{404, "Not Found"})); });
  }
  run_until(context, [&] { return manager->find(stuck)->state == AccountState::active; });
  last_client().push_authorization("authorizationStateWaitPhoneNumber");
  run_until(context, [&] { return told == 1; });
  EXPECT_EQ(manager->take_recovery_notes().size(), 1U);
}

TEST_F(ManagerTest, ARecordWhoseFolderWasNeverMadeIsRemoved) {
  storage::LoginRepository logins(*database);
  storage::LoginRow row;
  row.folder = "gone";
  row.wrapped_key = keyring->wrap(storage::Keyring::new_database_key());
  ASSERT_TRUE(run(context, logins.add(row)));
  ASSERT_TRUE(run(context, manager->start()));
  EXPECT_EQ(logins_on_record(), 0U);
  EXPECT_EQ(manager->take_recovery_notes().size(), 1U);
  EXPECT_TRUE(factory.made.empty());
}

TEST_F(ManagerTest, OneBadAccountNeverStopsTheOthers) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto wrong_key = add(user(1, "A"));
  const auto revoked = add(user(2, "B"));
  const auto banned = add(user(3, "C"));
  const auto lost = add(user(4, "D"));
  const auto good = add(user(5, "E"));
  stop();
  make_manager();
  std::filesystem::path lost_folder;
  {
    storage::AccountRepository rows(*database);
    const auto all = run(context, rows.all()).value();
    for (const auto& row : all) {
      if (row.id == lost) lost_folder = dir / "sessions" / row.folder;
    }
  }
  std::filesystem::remove_all(lost_folder);
  int made = 0;
  next_clients([&](FakeClient& client) {
    switch (++made) {
      case 1:
        client.refuse("setTdlibParameters", 401, telegram::kWrongKey);
        break;
      case 2:
        logged_out(client);
        break;
      case 3:
        logged_in(client, user(3, "C"));
        client.refuse("loadChats", 401, "USER_DEACTIVATED_BAN");
        break;
      default:
        logged_in(client, user(5, "E"));
        break;
    }
  });
  auto started = spawn<Result<void>>(context, manager->start());
  run_until(context, [&] { return made == 4 && !ready.empty() && ready.back() == good; });
  auto& third = *factory.made[factory.made.size() - 2];
  run_until(context, [&] { return third.count("loadChats") >= 1; });
  third.push_authorization("authorizationStateLoggingOut");
  third.push_authorization("authorizationStateClosed");
  run_until(context, [&] { return started->has_value(); });
  EXPECT_EQ(manager->find(wrong_key)->state, AccountState::wrong_key);
  EXPECT_EQ(manager->find(revoked)->state, AccountState::login_needed);
  EXPECT_EQ(manager->find(banned)->state, AccountState::banned);
  EXPECT_EQ(manager->find(lost)->state, AccountState::login_needed);
  EXPECT_THAT(manager->find(lost)->reason.english(), HasSubstr("missing"));
  EXPECT_EQ(manager->find(good)->state, AccountState::active);

  // What Telegram has ended is not opened again; another key may be tried.
  stop();
  make_manager();
  next_clients([](FakeClient& client) { logged_in(client, user(5, "E")); });
  const auto before = factory.made.size();
  ASSERT_TRUE(run(context, manager->start()));
  EXPECT_EQ(factory.made.size(), before + 2);
  EXPECT_EQ(manager->find(banned)->state, AccountState::banned);
}

// The session at Telegram is as good as before, whatever this machine did not allow then.
TEST_F(ManagerTest, AFolderThatDidNotOpenIsTriedAgainAtTheNextStart) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(1, "A"));
  stop();
  make_manager();
  next_clients(
      [](FakeClient& client) { client.refuse("setTdlibParameters", 500, "Too many open files"); });
  ASSERT_TRUE(run(context, manager->start()));
  EXPECT_EQ(manager->find(id)->state, AccountState::login_needed);
  EXPECT_THAT(manager->find(id)->reason.english(), HasSubstr("Too many open files"));
  stop();
  make_manager();
  next_clients([](FakeClient& client) { logged_in(client, user(1, "A")); });
  ASSERT_TRUE(run(context, manager->start()));
  EXPECT_EQ(manager->find(id)->state, AccountState::active);
}

TEST_F(ManagerTest, UpdatesReachTheObserverWithTheirAccount) {
  std::vector<std::pair<AccountId, std::string>> seen;
  manager->on_update([&](AccountId id, const Json& update) {
    seen.emplace_back(id, std::string(telegram::type_of(update)));
  });
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  seen.clear();
  last_client().push({{"@type", "updateNewMessage"}});
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen.front().first, id);
  EXPECT_EQ(seen.front().second, "updateNewMessage");
}

TEST_F(ManagerTest, TheProxyIsHandedOverBeforeTheParameters) {
  ASSERT_TRUE(run(context, manager->start()));
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  wait_for<WaitPhone>(login);
  ASSERT_GE(last_client().sent().size(), 2U);
  EXPECT_EQ(telegram::type_of(last_client().sent()[0]), "disableProxy");
  EXPECT_EQ(telegram::type_of(last_client().sent()[1]), "setTdlibParameters");
}

}  // namespace
}  // namespace tgpanel::accounts
