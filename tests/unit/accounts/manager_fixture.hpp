#pragma once
// A manager over fake clients, a real database and a real keyring.

#include "accounts/manager.hpp"
#include "storage/database.hpp"
#include "storage/keyring.hpp"
#include "storage/login_repository.hpp"
#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::accounts {

using telegram::TdError;
using test::FakeClient;
using test::run;
using test::run_until;
using test::spawn;
using ::testing::HasSubstr;

inline Json user(UserId id, const char* name) {
  return {{"@type", "user"}, {"id", id}, {"first_name", name}, {"phone_number", "12025550123"}};
}

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
  Millis outage_bound{10'000};
  Millis login_retry{3'600'000};
  RecycleLimits recycle{.messages_per_chat = 0};
  std::vector<UserId> admins{500, 501};
  std::vector<AccountId> ready;
  std::vector<std::string> removed;  // what was said of it
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
    options.outage_bound = outage_bound;
    options.login_retry = login_retry;
    options.recycle = recycle;
    options.admins = admins;
    manager = std::make_unique<Manager>(context.get_executor(), factory, *database, *keyring, clock,
                                        options);
    manager->on_ready([this](AccountId id) { ready.push_back(id); });
    manager->on_removed(
        [this](AccountId, const Sentence& what) { removed.push_back(what.english()); });
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

  // A client without a session. Once it is logged in it has no chats: a fake that is not told so
  // answers loadChats with ok for ever, and whoever loads them never ends.
  static void logged_out(FakeClient& client) {
    client.refuse("loadChats", 404, "Not Found");
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
    client.push_authorization("authorizationStateReady");
    client.push_connection("connectionStateReady");
    run_until(context, [&] {
      return std::holds_alternative<LoggedIn>(login->step()) ||
             std::holds_alternative<LoginFailed>(login->step());
    });
    const auto* done = std::get_if<LoggedIn>(&login->step());
    return done == nullptr ? 0 : done->account.id;
  }

  std::vector<Notice> notices() { return run(context, manager->notices()).value(); }

  std::size_t folders() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(dir / "sessions"), {}));
  }

  std::size_t logins_on_record() {
    storage::LoginRepository logins(*database);
    return run(context, logins.all()).value().size();
  }
};

}  // namespace tgpanel::accounts
