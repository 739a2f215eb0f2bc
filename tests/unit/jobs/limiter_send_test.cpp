// A message is under way until it is known what became of it: TDLib answers sendMessage at once,
// and sleeps through a wait afterwards.

#include "jobs/limiter.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

constexpr ChatId kHere = -1001;

struct LimiterSend : World {
  static Json send(ChatId chat = kHere) { return {{"@type", "sendMessage"}, {"chat_id", chat}}; }

  /// TDLib's answer: it has the message, under a name of its own.
  static Json pending(MessageId id = 7) {
    return {{"@type", "message"},
            {"id", id},
            {"chat_id", kHere},
            {"sending_state", {{"@type", "messageSendingStatePending"}}}};
  }

  static Json succeeded(MessageId id = 7) {
    return {{"@type", "updateMessageSendSucceeded"},
            {"message", {{"@type", "message"}, {"id", 1 << 20}, {"chat_id", kHere}}},
            {"old_message_id", id}};
  }

  static Json failed(const char* why) {
    return {{"@type", "updateMessageSendFailed"},
            {"message", pending()},
            {"old_message_id", 7},
            {"error", {{"@type", "error"}, {"code", 429}, {"message", why}}}};
  }

  /// Asks, and TDLib has the message.
  static std::shared_ptr<telegram::Client> begin(PanelRun& run) {
    auto client = run.limiter->wrap(1, run.accounts.clients[1]);
    run.client(1).answer("sendMessage", pending());
    EXPECT_TRUE(test::run(run.context, client->request(send(), Millis{100'000})));
    return client;
  }

  static auto second(PanelRun& run, telegram::Client& client) {
    const auto answer = test::spawn(run.context, client.request(send(), Millis{100'000}));
    test::run_ready(run.context);
    return answer;
  }

  static std::size_t sent(PanelRun& run) { return run.client(1).count("sendMessage"); }

  static std::vector<storage::WaitRow> on_disk(PanelRun& run) {
    return test::run(run.context, run.repository->load_waits(0)).value();
  }

  static void until_silent(PanelRun& run) {
    run.until([&] { return run.limiter->until(1, "sendMessage").has_value(); });
  }
};

TEST_F(LimiterSend, TheNextOneWaitsUntilItIsKnownWhatBecameOfTheFirst) {
  PanelRun run(file, server, clock, 1);
  const auto client = begin(run);
  const auto next = second(run, *client);
  run.limiter->feed(1, succeeded(8));  // another message's
  run.limiter->feed(2, succeeded());   // another account's
  run.limiter->feed(1, {{"@type", "updateNewMessage"}});
  test::run_ready(run.context);
  EXPECT_EQ(sent(run), 1U);
  run.limiter->feed(1, succeeded());
  run.until([&] { return next->has_value(); });
  EXPECT_EQ(sent(run), 2U);
  EXPECT_TRUE(**next);
}

TEST_F(LimiterSend, WhatIsToldBeforeTDLibHasNamedTheMessageCounts) {
  PanelRun run(file, server, clock, 1);
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  run.client(1).hold("sendMessage");
  const auto first = test::spawn(run.context, client->request(send(), Millis{100'000}));
  test::run_ready(run.context);
  run.limiter->feed(1, failed("Too Many Requests: retry after 100"));
  run.client(1).reply("sendMessage", pending());
  run.until([&] { return first->has_value(); });
  EXPECT_EQ(run.limiter->until(1, "sendMessage"), clock.now() + Millis{100'000});
}

TEST_F(LimiterSend, AMessageThatIsNotConfirmedMeansAWaitUntilItIs) {
  PanelRun run(file, server, clock, 1, kNoPace, kQuick);
  const auto client = begin(run);
  const auto next = second(run, *client);
  until_silent(run);
  EXPECT_EQ(run.limiter->until(1, "sendMessage"), clock.now() + kQuick.sleep);
  run.until([&] { return next->has_value(); });
  EXPECT_EQ((**next).error().code, 429);
  EXPECT_EQ(sent(run), 1U);
  run.until([&] { return !on_disk(run).empty(); });
  run.limiter->feed(1, succeeded());
  EXPECT_FALSE(run.limiter->until(1, "sendMessage"));
  run.until([&] { return on_disk(run).empty(); });
}

TEST_F(LimiterSend, AWaitThatIsToldOfAMessageIsRemembered) {
  {
    PanelRun run(file, server, clock, 1);
    begin(run);
    run.limiter->feed(1, failed("Too Many Requests: retry after 100"));
    EXPECT_EQ(run.limiter->until(1, "sendMessage"), clock.now() + Millis{100'000});
    run.until([&] { return !on_disk(run).empty(); });
  }
  PanelRun run(file, server, clock, 1);
  ASSERT_TRUE(test::run(run.context, run.limiter->load()));
  EXPECT_EQ(run.limiter->until(1, "sendMessage"), clock.now() + Millis{100'000});
}

TEST_F(LimiterSend, AMessageThatIsRefusedLeavesNoWait) {
  PanelRun run(file, server, clock, 1);
  begin(run);
  run.limiter->feed(1, failed("PEER_FLOOD"));
  EXPECT_FALSE(run.limiter->until(1, "sendMessage"));
}

TEST_F(LimiterSend, AMessageThatTDLibForgetsIsNotUnderWayButItsWaitGoesOn) {
  PanelRun run(file, server, clock, 1, kNoPace, kQuick);
  const auto client = begin(run);
  until_silent(run);
  const auto forget = [&](ChatId chat, MessageId message) {
    Json ids = Json::array({message});
    Json function{{"@type", "deleteMessages"}, {"chat_id", chat}, {"message_ids", ids}};
    EXPECT_TRUE(test::run(run.context, client->request(std::move(function), Millis{1'000})));
  };
  forget(-1002, 7);
  forget(kHere, 8);
  clock.advance(kQuick.sleep);
  const auto next = second(run, *client);
  EXPECT_EQ(sent(run), 1U) << "still under way";
  clock.advance(-kQuick.sleep);
  forget(kHere, 7);
  EXPECT_EQ(run.limiter->until(1, "sendMessage"), clock.now() + kQuick.sleep)
      << "Telegram has answered nothing";
  run.until([&] { return next->has_value(); });
  EXPECT_EQ((**next).error().code, 429);
}

TEST_F(LimiterSend, WhatIsNeverToldHoldsNothingUpLongerThanTDLibSleeps) {
  PanelRun run(file, server, clock, 1, kNoPace, {.silence = Millis{1}, .sleep = Millis{2}});
  const auto client = begin(run);
  until_silent(run);
  clock.advance(Millis{2});
  const auto next = second(run, *client);
  run.until([&] { return next->has_value(); });
  EXPECT_EQ(sent(run), 2U);
}

TEST_F(LimiterSend, AMessageThatWasFoundHasArrived) {
  PanelRun run(file, server, clock, 1, kNoPace, kQuick);
  const auto client = begin(run);
  until_silent(run);
  test::run(run.context, run.limiter->arrived(1));
  EXPECT_FALSE(run.limiter->until(1, "sendMessage"));
  EXPECT_TRUE(on_disk(run).empty());
  test::run(run.context, run.limiter->arrived(2));  // sends nothing
  second(run, *client);
  EXPECT_EQ(sent(run), 2U);
}

TEST_F(LimiterSend, AClientThatIsClosedHoldsUpNoOther) {
  PanelRun run(file, server, clock, 1);
  begin(run);
  run.client(1).push_authorization("authorizationStateClosed");
  const auto opened = std::make_shared<test::FakeClient>(nullptr);
  const auto client = run.limiter->wrap(1, opened);
  EXPECT_TRUE(test::run(run.context, client->request(send(), Millis{1'000})));
  EXPECT_EQ(opened->count("sendMessage"), 1U);
}

TEST_F(LimiterSend, SlowModeIsAWaitOfOneChat) {
  {
    PanelRun run(file, server, clock, 1);
    begin(run);
    run.limiter->feed(1, failed("Too Many Requests: retry after 100"));
    test::run(run.context, run.limiter->narrow(1, "sendMessage", kHere));
  }
  PanelRun run(file, server, clock, 1);
  ASSERT_TRUE(test::run(run.context, run.limiter->load()));
  EXPECT_FALSE(run.limiter->until(1));
  EXPECT_FALSE(run.limiter->until(1, "sendMessage"));
  EXPECT_EQ(run.limiter->until(1, "sendMessage", kHere), clock.now() + Millis{100'000});
  const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
  const auto there = test::run(run.context, client->request(send(), Millis{1'000}));
  ASSERT_FALSE(there);
  EXPECT_EQ(there.error().retry_after_s(), 100);
  EXPECT_EQ(sent(run), 0U);
  EXPECT_TRUE(test::run(run.context, client->request(send(-1002), Millis{1'000})));
  test::run(run.context, run.limiter->narrow(1, "vote", kHere));  // nothing was told of it
  EXPECT_FALSE(run.limiter->until(1, "vote", kHere));
}

TEST_F(LimiterSend, ADeadlineOrAClosedClientIsNoAnswer) {
  for (const int code : {telegram::TdError::kDeadline, telegram::TdError::kClosed}) {
    PanelRun run(file, server, clock, 1, kNoPace, kQuick);
    const auto client = run.limiter->wrap(1, run.accounts.clients[1]);
    run.client(1).hold("vote");
    Json vote{{"@type", "vote"}};
    const auto answer = test::spawn(run.context, client->request(vote, Millis{100'000}));
    run.until([&] { return run.limiter->until(1, "vote").has_value(); });
    run.client(1).reply("vote", std::unexpected(telegram::TdError{code, "no answer"}));
    run.until([&] { return answer->has_value(); });
    EXPECT_EQ(run.limiter->until(1, "vote"), clock.now() + kQuick.sleep) << code;
  }
}

}  // namespace
}  // namespace tgpanel::jobs
