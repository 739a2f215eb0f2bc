#include "telegram/send_tracker.hpp"

#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gtest/gtest.h>

namespace tgpanel::telegram {
namespace {

using test::FakeClient;
using test::run_ready;
using test::run_until;
using test::spawn;

class SendTrackerTest : public ::testing::Test {
 protected:
  asio::io_context context;
  std::unique_ptr<SendTracker> tracker;
  std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>([this](const Json& update) {
    if (tracker) tracker->observe(update);
  });

  void SetUp() override { tracker = std::make_unique<SendTracker>(client); }

  static Json message(ChatId chat, MessageId id, bool pending) {
    Json made = {{"@type", "message"}, {"chat_id", chat}, {"id", id}};
    if (pending) made["sending_state"] = {{"@type", "messageSendingStatePending"}};
    return made;
  }

  static Json sent_update(ChatId chat, MessageId temporary, MessageId final_id) {
    return {{"@type", "updateMessageSendSucceeded"},
            {"message", message(chat, final_id, false)},
            {"old_message_id", temporary}};
  }

  auto send(Millis deadline = Millis{5000}) {
    Json function = {{"@type", "sendMessage"}};
    return spawn<Response>(context, tracker->send(std::move(function), deadline));
  }
};

TEST_F(SendTrackerTest, WaitsForTheFinalMessage) {
  client->answer("sendMessage", message(5, 101, true));
  auto sent = send();
  run_ready(context);
  EXPECT_FALSE(sent->has_value());
  client->push(sent_update(6, 101, 200));  // another chat's
  client->push(sent_update(5, 102, 201));  // another message's
  run_ready(context);
  EXPECT_FALSE(sent->has_value());
  client->push(sent_update(5, 101, 202));
  run_ready(context);
  ASSERT_TRUE(sent->has_value());
  EXPECT_EQ((**sent)->at("id"), 202);
}

TEST_F(SendTrackerTest, AnOutcomeThatOvertakesTheAnswerIsNotLost) {
  client->hold("sendMessage");
  auto first = send();
  auto second = send();
  run_ready(context);
  client->push(sent_update(5, 102, 202));
  client->push(sent_update(5, 101, 201));
  ASSERT_TRUE(client->reply("sendMessage", message(5, 101, true)));
  ASSERT_TRUE(client->reply("sendMessage", message(5, 102, true)));
  run_ready(context);
  ASSERT_TRUE(first->has_value() && second->has_value());
  EXPECT_EQ((**first)->at("id"), 201);
  EXPECT_EQ((**second)->at("id"), 202);
}

TEST_F(SendTrackerTest, AFailureComesWithTelegramsError) {
  client->answer("sendMessage", message(5, 101, true));
  auto sent = send();
  run_ready(context);
  client->push({{"@type", "updateMessageSendFailed"},
                {"message", message(5, 101, false)},
                {"old_message_id", 101},
                {"error", {{"@type", "error"}, {"code", 400}, {"message", "PEER_FLOOD"}}}});
  run_ready(context);
  ASSERT_TRUE(sent->has_value());
  EXPECT_EQ((*sent)->error().message, "PEER_FLOOD");
}

TEST_F(SendTrackerTest, ARefusedCallFailsAtOnce) {
  client->refuse("sendMessage", 400, "Chat not found");
  auto sent = send();
  run_ready(context);
  ASSERT_TRUE(sent->has_value());
  EXPECT_EQ((*sent)->error().message, "Chat not found");
}

TEST_F(SendTrackerTest, WithoutAnOutcomeItEndsAtTheDeadline) {
  client->answer("sendMessage", message(5, 101, true));
  auto sent = send(Millis{20});
  run_until(context, [&] { return sent->has_value(); });
  EXPECT_EQ((*sent)->error().code, TdError::kDeadline);
}

TEST_F(SendTrackerTest, WhatWasNotConfirmedInTimeIsTakenFromTdlibFirst) {
  client->answer("sendMessage", message(5, 101, true));
  client->hold("deleteMessages");
  auto sent = send(Millis{20});
  run_until(context, [&] { return client->count("deleteMessages") == 1; });
  run_ready(context);
  EXPECT_FALSE(sent->has_value()) << "TDLib may still send it";
  const auto dropped = client->last("deleteMessages");
  EXPECT_EQ(dropped["chat_id"], 5);
  EXPECT_EQ(dropped["message_ids"], Json::array({101}));
  client->push(sent_update(5, 101, 202));  // too late: the deletion may have met it
  client->reply("deleteMessages", Json{{"@type", "ok"}});
  run_until(context, [&] { return sent->has_value(); });
  EXPECT_EQ((*sent)->error().code, TdError::kDeadline);
}

TEST_F(SendTrackerTest, WhatIsSentOnceIsNotHandedOverAgainWhileItIsUnderWay) {
  client->answer("sendMessage", message(5, 101, true));
  const auto send_once = [&] {
    Json function = {{"@type", "sendMessage"}};
    return spawn<Response>(context, tracker->send_once(7, std::move(function), Millis{20}));
  };
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto sent = send_once();
    run_until(context, [&] { return sent->has_value(); });
    EXPECT_EQ((*sent)->error().code, TdError::kDeadline);
  }
  client->push(sent_update(5, 101, 202));  // while nobody waits
  auto told = send_once();
  run_ready(context);
  ASSERT_TRUE(told->has_value());
  EXPECT_EQ((**told)->at("id"), 202);
  EXPECT_EQ(client->count("sendMessage"), 1U);
  EXPECT_EQ(client->count("deleteMessages"), 0U);

  client->answer("sendMessage", message(5, 103, true));
  auto next = send_once();  // the outcome was told: this is a new message
  run_ready(context);
  EXPECT_EQ(client->count("sendMessage"), 2U);
  client->push(sent_update(5, 103, 203));
  run_ready(context);
  ASSERT_TRUE(next->has_value());
  EXPECT_EQ((**next)->at("id"), 203);
}

TEST_F(SendTrackerTest, AClosedClientAndTheTrackersEndEndTheWait) {
  client->answer("sendMessage", message(5, 101, true));
  auto first = send();
  run_ready(context);
  client->push_authorization("authorizationStateClosed");
  run_ready(context);
  ASSERT_TRUE(first->has_value());
  EXPECT_EQ((*first)->error().code, TdError::kClosed);

  client = std::make_shared<FakeClient>(nullptr);
  client->answer("sendMessage", message(5, 101, true));
  tracker = std::make_unique<SendTracker>(client);
  auto second = send();
  run_ready(context);
  tracker.reset();
  run_ready(context);
  ASSERT_TRUE(second->has_value());
  EXPECT_EQ((*second)->error().code, TdError::kClosed);
}

}  // namespace
}  // namespace tgpanel::telegram
