#include "telegram/hub.hpp"

#include "telegram/td_types.hpp"
#include "unit/support/run.hpp"
#include "unit/telegram/fake_td_json.hpp"

#include <gtest/gtest.h>

namespace tgpanel::telegram::test {
namespace {

using tgpanel::test::run;
using tgpanel::test::run_until;
using tgpanel::test::spawn;

Json authorization(const char* state) {
  return {{"@type", "updateAuthorizationState"}, {"authorization_state", {{"@type", state}}}};
}

class HubTest : public ::testing::Test {
 protected:
  // Answers `close` and `logOut` as TDLib does.
  void close_on_request() {
    td.on_send = [](FakeTdJson& fake, int client, const Json& request) {
      const auto type = type_of(request);
      if (type != "close" && type != "logOut") return;
      if (request.contains("@extra")) fake.put(client, {{"@type", "ok"}}, request["@extra"]);
      fake.put(client, authorization("authorizationStateClosing"));
      fake.put(client, authorization("authorizationStateClosed"));
    };
  }

  FakeTdJson td;
  asio::io_context context;
  std::unique_ptr<Hub> hub =
      std::make_unique<Hub>(context.get_executor(), std::make_unique<SharedTdJson>(td));
  std::vector<Json> updates;

  std::shared_ptr<Client> make() {
    return hub->create([this](const Json& update) { updates.push_back(update); });
  }
};

TEST_F(HubTest, AnswersAreMatchedByRequestWhateverTheirOrder) {
  close_on_request();
  auto client = make();
  auto first = spawn<Response>(context, client->request(Json{{"@type", "getMe"}}, Millis{5000}));
  auto second = spawn<Response>(context, client->request(Json{{"@type", "getChat"}}, Millis{5000}));
  run_until(context, [&] { return td.sent().size() == 2; });
  const auto sent = td.sent();
  td.put(1, {{"@type", "chat"}, {"id", 2}}, sent[1].second["@extra"]);
  td.put(1, {{"@type", "user"}, {"id", 1}}, sent[0].second["@extra"]);
  run_until(context, [&] { return first->has_value() && second->has_value(); });
  EXPECT_EQ((**first)->at("@type"), "user");
  EXPECT_EQ((**second)->at("@type"), "chat");
}

TEST_F(HubTest, ErrorsComeBackAsErrors) {
  td.on_send = [](FakeTdJson& fake, int client, const Json& request) {
    if (type_of(request) == "close") fake.put(client, authorization("authorizationStateClosed"));
    if (!request.contains("@extra")) return;
    fake.put(client, {{"@type", "error"}, {"code", 400}, {"message", "PEER_FLOOD"}},
             request["@extra"]);
  };
  auto client = make();
  const auto response = run(context, client->request(Json{{"@type", "getMe"}}, Millis{5000}));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, 400);
  EXPECT_EQ(response.error().message, "PEER_FLOOD");
}

TEST_F(HubTest, UnansweredRequestFailsAtItsDeadlineAndALateAnswerIsIgnored) {
  close_on_request();
  auto client = make();
  const auto response = run(context, client->request(Json{{"@type", "getMe"}}, Millis{30}));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, TdError::kDeadline);
  td.put(1, {{"@type", "user"}}, td.sent().front().second["@extra"]);
  td.put(1, {{"@type", "updateNewMessage"}, {"message", Json::object()}});
  run_until(context, [&] { return updates.size() == 1; });
}

TEST_F(HubTest, OnlyWantedUpdatesAreDeliveredInOrder) {
  close_on_request();
  auto client = make();
  td.put(1, {{"@type", "updateUserStatus"}, {"user_id", 1}});
  td.put(1, {{"@type", "updateNewMessage"}, {"message", {{"id", 1}}}});
  td.put(1, {{"@type", "updateFile"}});
  td.put(1, {{"@type", "updateNewMessage"}, {"message", {{"id", 2}}}});
  run_until(context, [&] { return updates.size() == 2; });
  EXPECT_EQ(updates[0]["message"]["id"], 1);
  EXPECT_EQ(updates[1]["message"]["id"], 2);
}

TEST_F(HubTest, CloseCompletesOnlyWhenTheClientIsClosed) {
  td.on_send = [](FakeTdJson& fake, int client, const Json& request) {
    if (request.contains("@extra")) fake.put(client, {{"@type", "ok"}}, request["@extra"]);
  };
  auto client = make();
  auto closing = spawn<Response>(context, client->request(Json{{"@type", "close"}}, Millis{5000}));
  td.on_send = nullptr;
  td.put(1, {{"@type", "updateNewMessage"}, {"message", Json::object()}});
  run_until(context, [&] { return updates.size() == 1; });
  EXPECT_FALSE(closing->has_value());
  auto other = spawn<Response>(context, client->request(Json{{"@type", "getMe"}}, Millis{5000}));
  run_until(context, [&] { return td.sent().size() == 2; });
  td.put(1, authorization("authorizationStateClosed"));
  run_until(context, [&] { return closing->has_value() && other->has_value(); });
  EXPECT_TRUE((*closing)->has_value());
  ASSERT_FALSE((*other)->has_value());
  EXPECT_EQ((*other)->error().code, TdError::kClosed);
  EXPECT_FALSE(client->open());
  const auto late = run(context, client->request(Json{{"@type", "getMe"}}, Millis{5000}));
  EXPECT_EQ(late.error().code, TdError::kClosed);
  EXPECT_EQ(td.sent().size(), 2U);
}

TEST_F(HubTest, AClientThatNobodyHoldsIsClosedAndSilent) {
  close_on_request();
  auto client = make();
  spawn<Response>(context, client->request(Json{{"@type", "getMe"}}, Millis{5000}));
  run_until(context, [&] { return td.sent().size() == 1; });
  client.reset();
  EXPECT_EQ(type_of(td.sent().back().second), "close");
  auto second = make();
  td.put(2, {{"@type", "updateNewMessage"}, {"message", {{"id", 7}}}});
  run_until(context, [&] { return !updates.empty(); });
  ASSERT_EQ(updates.size(), 1U);  // nothing of the first client, not even its closing
  EXPECT_EQ(updates[0]["message"]["id"], 7);
}

TEST_F(HubTest, CloseAllClosesSideBySideAndStopsWaitingAtTheBound) {
  td.on_send = [](FakeTdJson& fake, int client, const Json& request) {
    if (type_of(request) != "close" || client == 2) return;
    fake.put(client, authorization("authorizationStateClosed"));
  };
  std::vector<std::shared_ptr<Client>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(make());
    spawn<Response>(context, clients.back()->request(Json{{"@type", "getMe"}}, Millis{5000}));
  }
  run_until(context, [&] { return td.sent().size() == 3; });
  run(context, hub->close_all(Millis{100}));
  EXPECT_FALSE(clients[0]->open());
  EXPECT_TRUE(clients[1]->open());
  EXPECT_FALSE(clients[2]->open());
  td.put(2, authorization("authorizationStateClosed"));
}

TEST_F(HubTest, AfterCloseAllANewClientIsClosedFromTheStart) {
  run(context, hub->close_all(Millis{100}));
  const auto late = make();
  EXPECT_FALSE(late->open());
  const auto answer = run(context, late->request(Json{{"@type", "getMe"}}, Millis{5000}));
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, TdError::kClosed);
  EXPECT_TRUE(td.sent().empty());
}

TEST_F(HubTest, DestructionClosesWhatIsOpen) {
  close_on_request();
  auto client = make();
  spawn<Response>(context, client->request(Json{{"@type", "getMe"}}, Millis{5000}));
  run_until(context, [&] { return td.sent().size() == 1; });
  hub.reset();
  EXPECT_EQ(type_of(td.sent().back().second), "close");
  EXPECT_TRUE(updates.empty());
}

}  // namespace
}  // namespace tgpanel::telegram::test
