// What admins decide about accounts, and what they are told.

#include "manager_fixture.hpp"
#include "words/errors_accounts.hpp"

namespace tgpanel::accounts {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DecisionsTest : public ManagerTest {
 protected:
  DecisionsTest() = default;

  void restart(std::function<void(FakeClient&)> prepare) {
    stop();
    make_manager();
    next_clients(std::move(prepare));
    ASSERT_TRUE(run(context, manager->start()));
  }

  void end_session(const char* error) {
    last_client().refuse("getChat", 401, error);
    auto client = manager->client(manager->list().back().id);
    Json ask{{"@type", "getChat"}};
    ASSERT_FALSE(run(context, client->request(std::move(ask), Millis{1'000})));
    last_client().push_authorization("authorizationStateLoggingOut");
    last_client().push_authorization("authorizationStateClosed");
  }

  void wait_removed() {
    run_until(context, [&] { return !removed.empty(); });
  }
};

TEST_F(DecisionsTest, ADisabledAccountStaysOffUntilItIsEnabled) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  ASSERT_TRUE(run(context, manager->disable(id)));
  EXPECT_FALSE(last_client().open());
  EXPECT_EQ(manager->find(id)->state, AccountState::disabled);
  EXPECT_EQ(manager->client(id), nullptr);
  EXPECT_EQ(run(context, manager->disable(id)).error().code, Errc::exists);
  const auto made = factory.made.size();
  restart([](FakeClient& client) { logged_in(client, user(7, "Ann")); });
  EXPECT_EQ(factory.made.size(), made) << "nothing is opened";
  EXPECT_EQ(manager->find(id)->state, AccountState::disabled);
  EXPECT_THAT(notices(), IsEmpty());

  ASSERT_TRUE(run(context, manager->enable(id)));
  run_until(context, [&] { return manager->find(id)->state == AccountState::active; });
  EXPECT_EQ(run(context, manager->enable(id)).error().code, Errc::exists);
  EXPECT_EQ(run(context, manager->enable(99)).error().code, Errc::not_found);
}

TEST_F(DecisionsTest, LabelsExclusionAndLimitAreStored) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  for (int i = 0; i < 10; ++i) {
    const std::string label = "l" + std::to_string(i);
    ASSERT_TRUE(run(context, manager->add_label(id, label, label)));
  }
  EXPECT_EQ(run(context, manager->add_label(id, "L0", "l0")).error().code, Errc::exists);
  EXPECT_EQ(run(context, manager->add_label(id, "more", "more")).error().code, Errc::invalid);
  ASSERT_TRUE(run(context, manager->remove_label(id, "l3")));
  EXPECT_EQ(run(context, manager->remove_label(id, "l3")).error().code, Errc::not_found);
  ASSERT_TRUE(run(context, manager->set_excluded(id, true)));
  const Limit limit{true, clock.now() + Millis{1'000}};
  ASSERT_TRUE(run(context, manager->set_limit(id, limit)));
  ASSERT_TRUE(run(context, manager->set_limit(id, limit)));
  ASSERT_THAT(notices(), SizeIs(2)) << "each admin once";
  EXPECT_EQ(notices()[0].what, kLimited);
  restart([](FakeClient& client) { logged_in(client, user(7, "Ann")); });
  const auto account = *manager->find(id);
  EXPECT_THAT(account.labels, SizeIs(9));
  EXPECT_TRUE(account.excluded);
  EXPECT_EQ(account.limit, limit);
  ASSERT_TRUE(run(context, manager->set_limit(id, Limit{})));
  EXPECT_THAT(notices(), SizeIs(2)) << "the end of it is no notice";
}

TEST_F(DecisionsTest, AFreezeIsToldOnceKeptAndEnds) {
  const auto id = add(user(7, "Ann"));
  const Json frozen = {{"@type", "updateFreezeState"},
                       {"is_frozen", true},
                       {"freezing_date", 1000},
                       {"deletion_date", 2000},
                       {"appeal_link", "https://t.me/spambot"}};
  last_client().push(frozen);
  last_client().push(frozen);
  run_until(context, [&] { return notices().size() == admins.size(); });
  EXPECT_EQ(notices().front().what, kFrozen);
  const Freeze freeze{true, from_unix_ms(1'000'000), from_unix_ms(2'000'000),
                      "https://t.me/spambot"};
  EXPECT_EQ(manager->find(id)->freeze, freeze);
  EXPECT_EQ(manager->find(id)->state, AccountState::active) << "it still reads";

  stop();
  next_clients([](FakeClient& client) { logged_in(client, user(7, "Ann")); });
  make_manager();
  ASSERT_TRUE(run(context, manager->start()));
  EXPECT_EQ(manager->find(id)->freeze, freeze) << "kept over a restart";
  last_client().push(frozen);  // TDLib says it at every opening
  EXPECT_EQ(notices().size(), admins.size());
  last_client().push({{"@type", "updateFreezeState"}, {"is_frozen", false}});
  EXPECT_FALSE(manager->find(id)->freeze.on);
  run_until(context, [&] {
    const auto stored = run(context, manager->stored());
    return !stored->front().freeze.on;
  });
}

TEST_F(DecisionsTest, AFreezeThatIsNotToldYetOutlivesALimit) {
  const auto id = add(user(7, "Ann"));
  last_client().push({{"@type", "updateFreezeState"}, {"is_frozen", true}});
  run_until(context, [&] { return notices().size() == admins.size(); });
  ASSERT_TRUE(run(context, manager->set_limit(id, Limit{true, {}})));
  EXPECT_THAT(notices(), SizeIs(2 * admins.size()));
  EXPECT_EQ(notices().front().what, kFrozen);
}

TEST_F(DecisionsTest, AFreezeThatTheLoginHasSeenIsTheAccounts) {
  next_clients([](FakeClient& client) { logged_out(client); });
  auto login = begin();
  wait_for<WaitPhone>(login);
  auto& client = last_client();
  client.answer("getMe", user(7, "Ann"));
  client.push({{"@type", "updateFreezeState"}, {"is_frozen", true}, {"freezing_date", 1000}});
  client.push_authorization("authorizationStateReady");
  client.push_connection("connectionStateReady");
  wait_for<LoggedIn>(login);
  EXPECT_TRUE(manager->list().front().freeze.on);
}

TEST_F(DecisionsTest, AdminsAreToldOnceWhenAnAccountNeedsAPerson) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  end_session("USER_DEACTIVATED_BAN");
  run_until(context, [&] { return notices().size() == 2; });
  auto pending = notices();
  EXPECT_EQ(pending[0].admin, 500);
  EXPECT_EQ(pending[1].admin, 501);
  EXPECT_EQ(pending[0].account, id);
  EXPECT_EQ(pending[0].account_name, "Ann");
  EXPECT_EQ(pending[0].what, "banned");
  ASSERT_TRUE(run(context, manager->hand_over_notice(pending[0].id, 40)));
  ASSERT_TRUE(run(context, manager->notice_told(pending[0].id, 50)));
  EXPECT_EQ(run(context, manager->newest_in_chat(500)).value(), 50);
  EXPECT_EQ(run(context, manager->newest_in_chat(501)).value(), 0);
  EXPECT_EQ(run(context, manager->hand_over_notice(pending[0].id, 60)).error().code,
            Errc::not_found);
  restart([](FakeClient&) {});
  pending = notices();
  ASSERT_THAT(pending, SizeIs(1));
  EXPECT_EQ(pending[0].admin, 501);
}

TEST_F(DecisionsTest, AReasonIsKeptForReadersOfEveryLanguage) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  end_session("SESSION_REVOKED");
  run_until(context, [&] { return notices().size() == 2; });
  restart([](FakeClient&) {});
  const Sentence reason = words::session_ended_elsewhere;
  EXPECT_EQ(manager->find(id)->reason, reason);
  EXPECT_EQ(manager->find(id)->reason.in(Language::fa), words::session_ended_elsewhere.fa);
  ASSERT_THAT(notices(), SizeIs(2));
  EXPECT_EQ(notices()[0].reason, reason);
}

TEST_F(DecisionsTest, AReasonThatComesLateCorrectsWhatIsNotToldYet) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  auto client = manager->client(id);
  last_client().hold("getChat");
  Json ask{{"@type", "getChat"}};
  const auto asked = spawn<telegram::Response>(context, client->request(std::move(ask)));
  test::run_ready(context);
  last_client().push_authorization("authorizationStateLoggingOut");
  run_until(context, [&] { return notices().size() == 2; });
  EXPECT_EQ(notices()[0].what, "login_needed");
  last_client().reply("getChat", std::unexpected(TdError{401, "USER_DEACTIVATED"}));
  run_until(context, [&] { return notices()[0].what == "banned"; });
  EXPECT_THAT(notices(), SizeIs(2));
}

TEST_F(DecisionsTest, DeletionLogsOutAndRemovesEverything) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  std::filesystem::create_directories(dir / "sessions");
  ASSERT_TRUE(run(context, manager->remove(id, 500)));
  wait_removed();
  EXPECT_EQ(last_client().count("logOut"), 1U);
  EXPECT_THAT(removed.front(), HasSubstr("logged out at Telegram"));
  EXPECT_THAT(manager->list(), IsEmpty());
  EXPECT_EQ(folders(), 0U);
  const auto told = notices();
  ASSERT_THAT(told, SizeIs(1)) << "who asked for it, and nobody else";
  EXPECT_EQ(told[0].admin, 500);
  EXPECT_EQ(told[0].what, kDeleted);
  restart([](FakeClient&) {});
  EXPECT_THAT(manager->list(), IsEmpty());
}

TEST_F(DecisionsTest, UnconfirmedItStaysDeletingAndTheNextStartGoesOn) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  last_client().hold("logOut");
  ASSERT_TRUE(run(context, manager->remove(id, 500)));
  EXPECT_EQ(manager->find(id)->state, AccountState::deleting);
  EXPECT_EQ(run(context, manager->remove(id, 500)).error().code, Errc::exists);
  EXPECT_EQ(run(context, manager->disable(id)).error().code, Errc::invalid);
  EXPECT_EQ(run(context, manager->begin_login(id)).error().code, Errc::exists);
  restart([](FakeClient& client) { logged_in(client, user(7, "Ann")); });
  wait_removed();
  EXPECT_EQ(last_client().count("logOut"), 1U);
  EXPECT_THAT(manager->list(), IsEmpty());
}

TEST_F(DecisionsTest, AnEndedSessionIsRemovedWithoutTelegram) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  end_session("AUTH_KEY_DUPLICATED");
  ASSERT_EQ(manager->find(id)->state, AccountState::duplicated_key);
  ASSERT_TRUE(run(context, manager->remove(id, 0)));
  wait_removed();
  EXPECT_THAT(removed.front(), HasSubstr("Telegram was not asked"));
  EXPECT_EQ(last_client().count("logOut"), 0U);
  EXPECT_EQ(folders(), 0U);
}

TEST_F(DecisionsTest, ALoginAgainKeepsTheAccountAndRefusesAnotherUser) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  ASSERT_TRUE(run(context, manager->add_label(id, "Desk", "desk")));
  EXPECT_EQ(run(context, manager->begin_login(id)).error().code, Errc::exists);
  EXPECT_EQ(run(context, manager->begin_login(99)).error().code, Errc::not_found);
  end_session("SESSION_REVOKED");
  for (const UserId who : {UserId{8}, UserId{7}}) {
    next_clients([](FakeClient& client) { logged_out(client); });
    auto login = run(context, manager->begin_login(id)).value();
    wait_for<WaitPhone>(login);
    auto& client = last_client();
    client.answer("getMe", user(who, who == 7 ? "Ann" : "Eve"));
    client.refuse("loadChats", 404, "Not Found");
    client.push_authorization("authorizationStateReady");
    client.push_connection("connectionStateReady");
    if (who == 8) {
      wait_for<LoginFailed>(login);
      EXPECT_THAT(std::get<LoginFailed>(login->step()).error.message,
                  HasSubstr("This login is of Eve, not of Ann"));
      run(context, login->cancel());
      EXPECT_EQ(client.count("logOut"), 1U);
      EXPECT_EQ(manager->find(id)->state, AccountState::login_needed);
    } else {
      wait_for<LoggedIn>(login);
      EXPECT_EQ(std::get<LoggedIn>(login->step()).account.id, id);
    }
  }
  EXPECT_EQ(manager->list().size(), 1U);
  EXPECT_THAT(manager->find(id)->labels, ElementsAre("Desk"));
  run_until(context, [&] { return folders() == 1; });
}

TEST_F(DecisionsTest, ACommandLineChangesTheDiskAlone) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  stop();
  make_manager();
  const auto made = factory.made.size();
  ASSERT_TRUE(run(context, manager->load()));
  ASSERT_TRUE(run(context, manager->disable(id)));
  ASSERT_TRUE(run(context, manager->enable(id)));
  EXPECT_EQ(factory.made.size(), made);
  ASSERT_TRUE(run(context, manager->disable(id)));
  next_clients([](FakeClient& client) { logged_in(client, user(7, "Ann")); });
  ASSERT_TRUE(run(context, manager->remove(id, 0)));
  wait_removed();
  EXPECT_EQ(last_client().count("logOut"), 1U);
  EXPECT_THAT(notices(), IsEmpty());
}

}  // namespace
}  // namespace tgpanel::accounts
