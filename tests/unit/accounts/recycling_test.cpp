// The manager closes clients that have grown and opens them again.

#include "manager_fixture.hpp"

#include <boost/asio/steady_timer.hpp>

#include <string>
#include <vector>

namespace tgpanel::accounts {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RecyclingTest : public ManagerTest {
 protected:
  RecyclingTest() {
    recycle = {.messages_per_chat = 1,
               .youngest = Millis{1'000},
               .oldest = Millis{86'400'000},
               .look = Millis{1}};
  }

  void SetUp() override {
    ManagerTest::SetUp();
    ASSERT_TRUE(run(context, manager->start()));
    account = add(user(1, "Alice"));
    wait_until_ready();
    prepare();
    ready.clear();
    changes.clear();
  }

  void prepare() {
    manager->on_reopen([this](AccountId id) {
      EXPECT_EQ(manager->client(id), nullptr);
      EXPECT_TRUE(manager->is_reopening(id));
      reopened.push_back(id);
    });
    next_clients([](FakeClient& client) { logged_in(client, user(1, "Alice")); });
  }

  /// Old enough, and more messages than its share of three.
  void fill(int messages = 4) {
    clock.advance(Millis{1'000});
    for (int i = 0; i < messages; ++i) push_message(++newest);
  }

  static Json message(MessageId id) { return {{"@type", "message"}, {"chat_id", -7}, {"id", id}}; }

  void push_message(MessageId id) {
    last_client().push(Json{{"@type", "updateNewMessage"}, {"message", message(id)}});
  }

  void wait_until_ready() {
    run_until(context, [this] { return !ready.empty(); });
    EXPECT_EQ(manager->find(account)->state, AccountState::active);
  }

  /// The manager looks several times and does nothing.
  void expect_nothing() {
    for (int i = 0; i < 10; ++i) test::run(context, pause_a_look());
    EXPECT_THAT(reopened, IsEmpty());
    EXPECT_EQ(last_client().count("close"), 0U);
  }

  Awaitable<> pause_a_look() {
    asio::steady_timer timer(context, Millis{2});
    co_await timer.async_wait(asio::use_awaitable);
  }

  AccountId account = 0;
  std::vector<AccountId> reopened;
  MessageId newest = 0;
};

TEST_F(RecyclingTest, AFullClientIsClosedAndAnotherOpenedWhileTheAccountStaysActive) {
  fill();
  wait_until_ready();
  EXPECT_THAT(reopened, ElementsAre(account));
  EXPECT_THAT(ready, ElementsAre(account));
  EXPECT_THAT(changes, IsEmpty()) << "nobody was told of anything";
  ASSERT_THAT(factory.made, SizeIs(2));
  EXPECT_FALSE(factory.made[0]->open());
  EXPECT_NE(manager->client(account), nullptr);
  EXPECT_THAT(notices(), IsEmpty());
  EXPECT_EQ(folders(), 1U);
}

TEST_F(RecyclingTest, AnEmptyOrYoungOneStays) {
  fill(3);
  expect_nothing();
  last_client().push(Json{{"@type", "updateNewChat"}});
  push_message(++newest);
  expect_nothing();  // four messages, and a share of four
}

TEST_F(RecyclingTest, MessagesInAnswersCountToo) {
  const auto history = Json::array({message(4), message(3), message(2), message(1)});
  last_client().answer("getChatHistory", Json{{"messages", history}});
  clock.advance(Millis{1'000});
  EXPECT_TRUE(run(context, manager->client(account)->request(Json{{"@type", "getChatHistory"}})));
  wait_until_ready();
  EXPECT_THAT(reopened, ElementsAre(account));
}

TEST_F(RecyclingTest, MessagesThatItHasAlreadyDoNot) {
  fill(3);
  const auto history = Json::array({message(3), message(2), message(1)});
  last_client().answer("getChatHistory", Json{{"messages", history}});
  EXPECT_TRUE(run(context, manager->client(account)->request(Json{{"@type", "getChatHistory"}})));
  push_message(2);
  expect_nothing();
}

TEST_F(RecyclingTest, WhoHoldsTheClientKeepsItOpen) {
  auto held = manager->client(account);
  fill();
  expect_nothing();
  held.reset();
  wait_until_ready();
  EXPECT_THAT(reopened, ElementsAre(account));
}

TEST_F(RecyclingTest, ACallUnderWayIsAwaitedThoughNobodyHoldsTheClient) {
  last_client().hold("getChat");
  const auto answer = spawn(context, manager->client(account)->request(Json{{"@type", "getChat"}}));
  fill();
  expect_nothing();
  last_client().reply("getChat", Json{{"@type", "chat"}});
  run_until(context, [&] { return answer->has_value(); });
  EXPECT_TRUE(**answer);
  wait_until_ready();
  EXPECT_THAT(reopened, ElementsAre(account));
}

TEST_F(RecyclingTest, WithoutAConnectionItStays) {
  last_client().push_connection("connectionStateUpdating");
  fill();
  expect_nothing();
  last_client().push_connection("connectionStateReady");
  wait_until_ready();
}

TEST_F(RecyclingTest, WhoAsksMeanwhileWaitsForTheNewClient) {
  last_client().hold("close");
  fill();
  run_until(context, [this] { return last_client().count("close") == 1; });
  const auto client = spawn(context, manager->client_soon(account));
  test::run_ready(context);
  EXPECT_FALSE(client->has_value());
  last_client().push_authorization("authorizationStateClosed");
  run_until(context, [&] { return client->has_value(); });
  EXPECT_EQ(**client, manager->client(account));
  EXPECT_NE(**client, nullptr);
  EXPECT_EQ(run(context, manager->client_soon(99)), nullptr);
}

TEST_F(RecyclingTest, AnAdminsDecisionIsPutBehindIt) {
  last_client().hold("close");
  fill();
  run_until(context, [this] { return last_client().count("close") == 1; });
  const auto disabled = spawn(context, manager->disable(account));
  test::run_ready(context);
  EXPECT_FALSE(disabled->has_value());
  last_client().push_authorization("authorizationStateClosed");
  run_until(context, [&] { return disabled->has_value(); });
  EXPECT_TRUE(**disabled);
  EXPECT_THAT(changes, ElementsAre(std::to_string(account) + " disabled"));
  EXPECT_THAT(factory.made, SizeIs(2));
  EXPECT_FALSE(last_client().open());
}

TEST_F(RecyclingTest, ADeletionIsPutBehindIt) {
  last_client().hold("close");
  fill();
  run_until(context, [this] { return last_client().count("close") == 1; });
  const auto asked = spawn(context, manager->remove(account, 500));
  test::run_ready(context);
  EXPECT_FALSE(asked->has_value());
  last_client().push_authorization("authorizationStateClosed");
  run_until(context, [this] { return !removed.empty(); });
  EXPECT_EQ(last_client().count("logOut"), 1U);
  EXPECT_EQ(folders(), 0U);
}

TEST_F(RecyclingTest, AStopWhileItClosesOpensNothing) {
  last_client().hold("close");
  fill();
  run_until(context, [this] { return last_client().count("close") == 1; });
  const auto waits = spawn(context, manager->client_soon(account));
  test::run_ready(context);
  const auto stopped = spawn(context, manager->stop(Millis{5'000}));
  run_until(context, [&] { return waits->has_value(); });
  last_client().push_authorization("authorizationStateClosed");
  run_until(context, [&] { return stopped->has_value(); });
  EXPECT_FALSE((**waits)->open()) << "who waited has a client that fails every call";
  EXPECT_THAT(factory.made, SizeIs(1));
  EXPECT_EQ(run(context, manager->stored())->front().state, AccountState::active);
}

TEST_F(RecyclingTest, AFolderThatIsGoneKeepsTheClientOpen) {
  std::filesystem::remove_all(dir / "sessions");
  fill();
  expect_nothing();
  EXPECT_NE(manager->client(account), nullptr);
  std::filesystem::create_directory(dir / "sessions");
}

TEST_F(RecyclingTest, ASessionThatHasEndedMeanwhileIsToldOnceAndEndsTheWait) {
  next_clients([](FakeClient& client) { logged_out(client); });
  last_client().hold("close");
  fill();
  run_until(context, [this] { return last_client().count("close") == 1; });
  const auto client = spawn(context, manager->client_soon(account));
  last_client().push_authorization("authorizationStateClosed");
  run_until(context, [&] { return client->has_value(); });
  EXPECT_EQ(**client, nullptr);
  EXPECT_EQ(manager->find(account)->state, AccountState::login_needed);
  run_until(context, [this] { return notices().size() == admins.size(); });
}

class SlowReopeningTest : public RecyclingTest {
 protected:
  SlowReopeningTest() { outage_bound = Millis{20}; }
};

TEST_F(SlowReopeningTest, OneThatLastsIsShownAsConnectingAndComesBackByItself) {
  next_clients([](FakeClient& client) {
    logged_in(client, user(1, "Alice"));
    client.hold("loadChats");
  });
  fill();
  run_until(context, [this] { return !changes.empty(); });
  const auto name = std::to_string(account);
  EXPECT_THAT(changes, ElementsAre(name + " connecting"));
  EXPECT_EQ(run(context, manager->client_soon(account)), nullptr);
  auto& client = last_client();
  client.refuse("loadChats", 404, "Not Found");
  client.reply("loadChats", std::unexpected(TdError{404, "Not Found"}));
  wait_until_ready();
  EXPECT_THAT(changes, ElementsAre(name + " connecting", name + " active"));
  EXPECT_THAT(notices(), IsEmpty());
}

}  // namespace
}  // namespace tgpanel::accounts
