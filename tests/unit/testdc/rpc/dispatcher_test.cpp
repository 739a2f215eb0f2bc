#include "testdc/rpc/dispatcher.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace testdc {
namespace {

constexpr std::uint64_t user_key = 1;
constexpr std::uint64_t bot_key = 2;
constexpr std::uint64_t new_key = 3;

class DispatcherTest : public testing::Test {
 protected:
  using Answer = std::optional<std::expected<Value, RpcError>>;

  DispatcherTest() {
    dispatcher.identify_by(
        [](std::uint64_t key) -> std::int64_t {
          return key == user_key ? 10 : key == bot_key ? 20 : 0;
        },
        [](std::int64_t user) { return user == 20; });
    dispatcher.allow_without_login({"help.getConfig"});
    dispatcher.close_to_bots({"messages.getHistory"});
    for (const char* method : {"help.getConfig", "messages.getHistory", "users.getUsers"}) {
      dispatcher.add(method, [this](const Caller& caller, const Value&) {
        ++handled;
        return Value(caller.user_id);
      });
    }
  }

  /// The answer that came at once, if any; later ones are found in it too.
  std::shared_ptr<Answer> call(std::uint64_t key, std::string method) {
    auto answer = std::make_shared<Answer>();
    Value query = {{"_", std::move(method)}};
    dispatcher.on_call({.auth_key_id = key}, std::move(query), [answer](auto result) {
      EXPECT_FALSE(answer->has_value()) << "answered twice";
      *answer = std::move(result);
    });
    return answer;
  }

  static std::string text(const std::shared_ptr<Answer>& answer) {
    if (!*answer) return "none";
    return (*answer)->has_value()
               ? (*answer)->value().dump()
               : std::to_string((*answer)->error().code) + " " + (*answer)->error().text;
  }

  boost::asio::io_context io;
  Dispatcher dispatcher{io.get_executor()};
  int handled = 0;
};

TEST_F(DispatcherTest, FindsTheHandlerAndTheUser) {
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "10");
  EXPECT_EQ(text(call(bot_key, "users.getUsers")), "20");
  ASSERT_EQ(dispatcher.log().size(), 2U);
  EXPECT_EQ(dispatcher.log()[0].method, "users.getUsers");
  EXPECT_EQ(dispatcher.log()[0].user_id, 10);
  EXPECT_EQ(dispatcher.log()[0].auth_key_id, user_key);
  EXPECT_EQ(dispatcher.log()[0].outcome, "ok");
}

TEST_F(DispatcherTest, ALoginIsNeededForMost) {
  EXPECT_EQ(text(call(new_key, "help.getConfig")), "0");
  EXPECT_EQ(text(call(new_key, "users.getUsers")), "401 AUTH_KEY_UNREGISTERED");
  EXPECT_EQ(handled, 1);
}

TEST_F(DispatcherTest, SomeMethodsAreClosedToBots) {
  EXPECT_EQ(text(call(bot_key, "messages.getHistory")), "400 BOT_METHOD_INVALID");
  EXPECT_EQ(text(call(user_key, "messages.getHistory")), "10");
}

TEST_F(DispatcherTest, UnknownMethodsAreRefusedAndCounted) {
  EXPECT_EQ(text(call(user_key, "messages.nothing")), "400 INPUT_METHOD_INVALID");
  EXPECT_EQ(text(call(user_key, "messages.nothing")), "400 INPUT_METHOD_INVALID");
  EXPECT_EQ(dispatcher.unknown(), (std::map<std::string, int>{{"messages.nothing", 2}}));
}

TEST_F(DispatcherTest, UnknownMethodsAreCountedWhoeverAsks) {
  EXPECT_EQ(text(call(new_key, "messages.nothing")), "401 AUTH_KEY_UNREGISTERED");
  dispatcher.block_key(user_key, RpcError{401, "SESSION_REVOKED"});
  EXPECT_EQ(text(call(user_key, "messages.nothing")), "401 SESSION_REVOKED");
  EXPECT_EQ(text(call(new_key, "users.getUsers")), "401 AUTH_KEY_UNREGISTERED");
  EXPECT_EQ(dispatcher.unknown(), (std::map<std::string, int>{{"messages.nothing", 2}}));
}

TEST_F(DispatcherTest, TwoHandlersForOneMethodAreABug) {
  EXPECT_THROW(dispatcher.add("help.getConfig", {}), std::logic_error);
}

TEST_F(DispatcherTest, HandlersMayRefuse) {
  dispatcher.add("messages.sendMessage",
                 [](const Caller&, const Value&) -> Value { throw RpcError{400, "PEER_FLOOD"}; });
  EXPECT_EQ(text(call(user_key, "messages.sendMessage")), "400 PEER_FLOOD");
  EXPECT_EQ(dispatcher.log().back().outcome, "400 PEER_FLOOD");
}

TEST_F(DispatcherTest, AHandlersBugShowsInTheReport) {
  dispatcher.add("messages.sendMessage",
                 [](const Caller&, const Value& query) { return query.at("peer"); });
  EXPECT_EQ(text(call(user_key, "messages.sendMessage")).rfind("400 HANDLER_FAILED", 0), 0U);
  ASSERT_EQ(dispatcher.troubles().size(), 1U);
  EXPECT_EQ(dispatcher.troubles()[0].rfind("messages.sendMessage failed: ", 0), 0U);
  EXPECT_TRUE(dispatcher.unknown().empty());
}

TEST_F(DispatcherTest, TroublesOfTheTransportAreKept) {
  dispatcher.on_trouble("a packet was not handled");
  EXPECT_EQ(dispatcher.troubles(), std::vector<std::string>{"a packet was not handled"});
}

TEST_F(DispatcherTest, LateAnswersAreRecordedWhenTheyCome) {
  Reply later;
  dispatcher.add_late("messages.getBotCallbackAnswer",
                      [&](const Caller&, const Value&, Reply reply) { later = std::move(reply); });
  int records = 0;
  dispatcher.on_record([&] { ++records; });
  const auto answer = call(user_key, "messages.getBotCallbackAnswer");
  EXPECT_EQ(text(answer), "none");
  EXPECT_EQ(dispatcher.log().back().outcome, "pending");
  EXPECT_EQ(records, 0);
  later(Value(true));
  later(Value(false));  // too late: the first answer stands
  EXPECT_EQ(text(answer), "true");
  EXPECT_EQ(dispatcher.log().back().outcome, "ok");
  EXPECT_EQ(records, 1);
}

TEST_F(DispatcherTest, ALateAnswerMayOutliveTheDispatcher) {
  auto own = std::make_unique<Dispatcher>(io.get_executor());
  Reply later;
  own->allow_without_login({"help.getConfig"});
  own->add_late("help.getConfig",
                [&](const Caller&, const Value&, Reply reply) { later = std::move(reply); });
  bool answered = false;
  own->on_call({}, {{"_", "help.getConfig"}}, [&](auto) { answered = true; });
  own.reset();
  later(Value(true));
  EXPECT_FALSE(answered);
}

TEST_F(DispatcherTest, RevokedKeysGetTheirErrorForEverything) {
  dispatcher.block_key(user_key, RpcError{401, "SESSION_REVOKED"});
  EXPECT_EQ(text(call(user_key, "help.getConfig")), "401 SESSION_REVOKED");
  dispatcher.block_key(user_key, std::nullopt);
  EXPECT_EQ(text(call(user_key, "help.getConfig")), "10");
}

TEST_F(DispatcherTest, FaultsFailSoManyCallsOfOneUser) {
  dispatcher.add_fault({.method = "users.getUsers",
                        .user_id = 10,
                        .times = 2,
                        .skip = 1,
                        .code = 420,
                        .text = "FLOOD_WAIT_30"});
  EXPECT_EQ(text(call(bot_key, "users.getUsers")), "20");
  EXPECT_EQ(text(call(user_key, "help.getConfig")), "10");
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "10");
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "420 FLOOD_WAIT_30");
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "420 FLOOD_WAIT_30");
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "10");
}

TEST_F(DispatcherTest, TheFirstFaultThatFitsWins) {
  dispatcher.add_fault({.method = "*", .times = 1, .code = 400, .text = "FIRST"});
  dispatcher.add_fault({.method = "users.getUsers", .times = -1, .code = 400, .text = "SECOND"});
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "400 FIRST");
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "400 SECOND");
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "400 SECOND");
  dispatcher.clear_faults();
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "10");
}

TEST_F(DispatcherTest, FaultsReachCallsBeforeALogin) {
  dispatcher.add_fault({.method = "help.getConfig", .code = 500, .text = "INTERNAL"});
  EXPECT_EQ(text(call(new_key, "help.getConfig")), "500 INTERNAL");
}

TEST_F(DispatcherTest, ADroppedCallIsNeverHandled) {
  dispatcher.add_fault({.method = "users.getUsers", .drop = true});
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "none");
  EXPECT_EQ(handled, 0);
  EXPECT_EQ(dispatcher.log().back().outcome, "dropped");
}

TEST_F(DispatcherTest, ASilencedCallIsHandledWithoutAnAnswer) {
  dispatcher.add_fault({.method = "users.getUsers", .silence = true});
  EXPECT_EQ(text(call(user_key, "users.getUsers")), "none");
  EXPECT_EQ(handled, 1);
  EXPECT_EQ(dispatcher.log().back().outcome, "silenced");
}

TEST_F(DispatcherTest, ADelayedCallIsHandledLater) {
  dispatcher.add_fault({.method = "users.getUsers", .delay_ms = 20});
  const auto start = std::chrono::steady_clock::now();
  const auto answer = call(user_key, "users.getUsers");
  EXPECT_EQ(handled, 0);
  io.run();
  EXPECT_EQ(text(answer), "10");
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(20));
}

TEST_F(DispatcherTest, FaultsThatCannotHitAreRefused) {
  EXPECT_THROW(dispatcher.add_fault({}), std::runtime_error);
  EXPECT_THROW(dispatcher.add_fault({.method = "*", .times = 0}), std::runtime_error);
  EXPECT_THROW(dispatcher.add_fault({.method = "*", .skip = -1}), std::runtime_error);
}

TEST_F(DispatcherTest, TheLogKeepsNoFiles) {
  dispatcher.add("upload.saveFilePart", [](const Caller&, const Value& query) {
    EXPECT_EQ(query.at("bytes").get_binary().size(), 4096U);
    return Value(true);
  });
  Value query = {{"_", "upload.saveFilePart"},
                 {"bytes", Value::binary(std::vector<std::uint8_t>(4096))}};
  dispatcher.on_call({.auth_key_id = user_key}, std::move(query), [](auto) {});
  EXPECT_EQ(dispatcher.log().back().query.at("bytes"), "4096 bytes");
}

TEST_F(DispatcherTest, TheLogIsBounded) {
  Reply first;
  dispatcher.add_late("messages.getBotCallbackAnswer",
                      [&](const Caller&, const Value&, Reply reply) { first = std::move(reply); });
  const auto answer = call(user_key, "messages.getBotCallbackAnswer");
  for (int i = 0; i < 200'000; ++i) {
    dispatcher.on_call({.auth_key_id = user_key}, {{"_", "help.getConfig"}}, [](auto) {});
  }
  EXPECT_EQ(dispatcher.log().size(), 200'000U);
  first(Value(true));  // its record is gone: no other one changes
  EXPECT_EQ(text(answer), "true");
  EXPECT_EQ(dispatcher.log().front().method, "help.getConfig");
  dispatcher.clear_log();
  EXPECT_TRUE(dispatcher.log().empty());
  call(user_key, "users.getUsers");
  EXPECT_EQ(dispatcher.log().back().outcome, "ok");
}

}  // namespace
}  // namespace testdc
