#include "accounts/manager.hpp"

#include "storage/database.hpp"
#include "storage/keyring.hpp"
#include "storage/login_repository.hpp"
#include "support/fake_client.hpp"
#include "support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::accounts {
namespace {

using telegram::TdError;
using test::FakeClient;
using test::run;
using test::run_until;
using test::spawn;
using ::testing::HasSubstr;

Json user(UserId id, const char* name) {
  return {{"@type", "user"}, {"id", id}, {"first_name", name}, {"phone_number", "12025550123"}};
}

/// A manager over fake clients, a real database and a real keyring.
class ManagerTest : public ::testing::Test {
 public:
  test::TempDir dir;
  asio::io_context context;
  test::FakeFactory factory;
  ManualClock clock{Instant{Millis{1'000'000}}};
  std::unique_ptr<storage::Database> database =
      std::move(storage::Database::open(dir / "panel.db", context.get_executor()).value());
  std::optional<storage::Keyring> keyring;
  std::unique_ptr<Manager> manager;
  Millis start_bound{10'000};
  std::vector<AccountId> ready;
  std::vector<std::string> changes;

  void SetUp() override {
    storage::KeySources sources;
    sources.data_dir = dir.path();
    sources.config_dir = dir.path().string() + "-config";
    keyring.emplace(storage::Keyring::open(sources).value());
    make_manager();
  }

  void TearDown() override {
    stop();
    std::filesystem::remove_all(dir.path().string() + "-config");
  }

  void make_manager() {
    ManagerOptions options;
    options.folder = dir.path();
    options.start_bound = start_bound;
    manager = std::make_unique<Manager>(context.get_executor(), factory, *database, *keyring, clock,
                                        options);
    manager->on_ready([this](AccountId id) { ready.push_back(id); });
    manager->on_change([this](const Account& account) {
      changes.push_back(std::to_string(account.id) + " " + to_string(account.state));
    });
  }

  void stop() {
    if (!manager) return;
    run(context, manager->stop(Millis{2000}));
    manager.reset();
  }

  // A client that is logged in as this user once its parameters are taken.
  static void logged_in(FakeClient& client, Json me) {
    client.answer("getMe", std::move(me));
    client.refuse("loadChats", 404, "Not Found");
    client.answer("setTdlibParameters", [&client](const Json&) -> std::optional<test::Response> {
      client.push_authorization("authorizationStateReady");
      client.push_connection("connectionStateReady");
      return Json{{"@type", "ok"}};
    });
  }

  // A client without a session.
  static void logged_out(FakeClient& client) {
    client.answer("setTdlibParameters", [&client](const Json&) -> std::optional<test::Response> {
      client.push_authorization("authorizationStateWaitPhoneNumber");
      return Json{{"@type", "ok"}};
    });
  }

  void next_clients(std::function<void(FakeClient&)> prepare) { factory.on_create = prepare; }

  FakeClient& last_client() { return *factory.made.back(); }

  std::shared_ptr<Login> begin() {
    auto login = run(context, manager->begin_login());
    EXPECT_TRUE(login);
    return *login;
  }

  template <class Step>
  void wait_for(const std::shared_ptr<Login>& login) {
    run_until(context, [&] { return std::holds_alternative<Step>(login->step()); });
  }

  // Adds an account through a whole login.
  AccountId add(Json me) {
    next_clients([](FakeClient& client) { logged_out(client); });
    auto login = begin();
    wait_for<WaitPhone>(login);
    auto& client = last_client();
    client.answer("getMe", std::move(me));
    client.refuse("loadChats", 404, "Not Found");
    client.push_authorization("authorizationStateReady");
    client.push_connection("connectionStateReady");
    run_until(context, [&] {
      return std::holds_alternative<LoggedIn>(login->step()) ||
             std::holds_alternative<LoginFailed>(login->step());
    });
    const auto* done = std::get_if<LoggedIn>(&login->step());
    return done == nullptr ? 0 : done->account.id;
  }

  std::size_t folders() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(dir / "sessions"), {}));
  }

  std::size_t logins_on_record() {
    storage::LoginRepository logins(*database);
    return run(context, logins.all()).value().size();
  }
};

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
  EXPECT_THAT(notes.front(), HasSubstr("Ann has been added"));
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
  EXPECT_THAT(notes.front(), HasSubstr("next start tries again"));
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
  EXPECT_THAT(manager->find(lost)->reason, HasSubstr("missing"));
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
