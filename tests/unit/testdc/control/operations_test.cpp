#include "testdc/control/operations.hpp"

#include "../world/world_fixture.hpp"
#include "testdc/control/driver_http.hpp"
#include "testdc/control/hex.hpp"
#include "testdc/control/http_port.hpp"

#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <thread>

namespace testdc {
namespace {

using Outcome = std::expected<Json, std::string>;

class OperationsTest : public WorldFixture {
 protected:
  OperationsTest() {
    login.keys_of_user = [](std::int64_t user) {
      return std::vector{static_cast<std::uint64_t>(user)};
    };
    login.revoke = [this](std::int64_t user, std::string_view error, std::string_view session) {
      revoked.push_back(fmt::format("{} {} {}", user, error, session));
    };
    login.last_code = [](std::string_view) -> std::string {
      throw std::runtime_error("no code was sent");
    };
    operations.emplace(io.get_executor(),
                       ControlParts{world, files, callbacks, dispatcher, transport, login});
  }

  /// For operations that end at once.
  Json run(std::string_view operation, const Json& arguments = Json::object()) {
    std::optional<Outcome> outcome;
    operations->execute(operation, arguments, [&](Outcome got) { outcome = std::move(got); });
    if (!outcome) throw std::logic_error("still running");
    if (!*outcome) return {{"refused", outcome->error()}};
    return **outcome;
  }

  std::shared_ptr<std::optional<Outcome>> begin(std::string_view operation, const Json& arguments) {
    auto outcome = std::make_shared<std::optional<Outcome>>();
    operations->execute(operation, arguments,
                        [outcome](Outcome got) { *outcome = std::move(got); });
    return outcome;
  }

  /// Ali pressed Start and got a menu with a button "Go".
  void menu() {
    run("write", {{"user", ali}, {"chat", "@panel_bot"}, {"text", "/start"}});
    const Json button = {{"text", "Go"}, {"data_hex", "676f"}};
    run("write", {{"user", bot},
                  {"chat", "@ali"},
                  {"text", "menu"},
                  {"keyboard", Json::array({Json::array({button})})}});
  }

  LoginControl login;
  std::vector<std::string> revoked;  // "<user> <error> <session>"
  std::optional<Operations> operations;
};

TEST_F(OperationsTest, SeedWriteAndLook) {
  const auto id =
      run("add_user", {{"phone", "+1"}, {"first_name", "Reza"}})["id"].get<std::int64_t>();
  run("add_member", {{"chat", "Group"}, {"user", id}});
  const auto first = run("write", {{"user", id}, {"chat", "@group"}, {"text", "salam"}})["id"];
  run("edit", {{"user", id}, {"chat", "Group"}, {"message", first}, {"text", "salam!"}});
  run("react", {{"user", ali}, {"chat", "Group"}, {"message", first}, {"emoji", "👍"}});
  const auto list = run("messages", {{"chat", "Group"}});
  ASSERT_EQ(list.size(), 1U);  // the group's creation is left out
  EXPECT_EQ(list[0]["text"], "salam!");
  EXPECT_EQ(list[0]["past_texts"], Json::array({"salam"}));
  EXPECT_EQ(list[0]["sender_name"], "Reza");
  EXPECT_EQ(list[0]["reactions"]["👍"], Json::array({ali}));
  run("erase", {{"user", id}, {"chat", "Group"}, {"message", first}});
  EXPECT_EQ(run("messages", {{"chat", "Group"}})[0]["deleted"], true);
}

TEST_F(OperationsTest, EditsAreSeenWithTheirTimes) {
  menu();
  const auto id = run("messages", {{"chat", "@ali"}, {"viewer", bot}})[1]["id"];
  clock.advance(tgpanel::Millis(3000));
  run("edit", {{"user", bot}, {"chat", "@ali"}, {"message", id}, {"text", "menu, 1"}});
  clock.advance(tgpanel::Millis(3500));
  run("edit", {{"user", bot}, {"chat", "@ali"}, {"message", id}, {"text", "menu, 2"}});
  const auto seen = run("messages", {{"chat", "Panel"}, {"viewer", ali}})[1];
  EXPECT_EQ(seen["text"], "menu, 2");
  ASSERT_EQ(seen["edits"].size(), 2U);
  EXPECT_EQ(seen["edits"][0]["text"], "menu");
  EXPECT_EQ(seen["edits"][0]["keyboard"][0][0]["text"], "Go");
  EXPECT_EQ(seen["edits"][0]["time_ms"], 1'700'000'003'000);
  EXPECT_EQ(seen["edits"][1]["text"], "menu, 1");
  EXPECT_TRUE(seen["edits"][1]["keyboard"].empty());
  EXPECT_EQ(seen["edits"][1]["time_ms"], 1'700'000'006'500);
}

TEST_F(OperationsTest, MediaOfEveryKind) {
  for (const char* kind : {"photo", "document", "sticker", "voice", "audio", "video", "animation",
                           "contact", "location", "dice"}) {
    // What is pushed is encoded by the fixture.
    run("write", {{"user", ali}, {"chat", "Group"}, {"media", kind}, {"text", ""}});
    EXPECT_EQ(run("messages", {{"chat", "Group"}}).back()["media"], kind);
    EXPECT_TRUE(pushed(sara, "updateNewChannelMessage").back()["message"].contains("media"))
        << kind;
  }
  EXPECT_TRUE(
      run("write", {{"user", ali}, {"chat", "Group"}, {"media", "smell"}}).contains("refused"));
}

TEST_F(OperationsTest, RefusalsSayWhy) {
  EXPECT_EQ(run("dance")["refused"], "no operation is called \"dance\"");
  EXPECT_EQ(run("write", {{"user", ali}, {"chat", "Nowhere"}, {"text", "x"}})["refused"],
            "write: no chat or user is called \"Nowhere\"");
  EXPECT_EQ(run("write", {{"user", sara}, {"chat", "News"}, {"text", "x"}})["refused"],
            "write: CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(run("last_login_code", {{"phone", "+1"}})["refused"],
            "last_login_code: no code was sent");
  EXPECT_TRUE(run("write").contains("refused"));
}

TEST_F(OperationsTest, WaitChangeEndsWithTheNextChange) {
  const auto version = run("version")["version"];
  const auto waiting = begin("wait_change", {{"since", version}, {"timeout_ms", 60'000}});
  EXPECT_FALSE(waiting->has_value());
  run("write", {{"user", ali}, {"chat", "Group"}, {"text", "x"}});
  ASSERT_TRUE(waiting->has_value());
  EXPECT_GT((**waiting)->at("version"), version);
  EXPECT_GT(run("wait_change", {{"since", version}})["version"], version);  // at once
}

TEST_F(OperationsTest, WaitChangeEndsInTimeWithoutOne) {
  const auto version = run("version")["version"];
  const auto waiting = begin("wait_change", {{"since", version}, {"timeout_ms", 1}});
  io.run();
  ASSERT_TRUE(waiting->has_value());
  EXPECT_EQ((**waiting)->at("version"), version);
}

TEST_F(OperationsTest, ACallIsAChange) {
  const auto waiting =
      begin("wait_change", {{"since", run("version")["version"]}, {"timeout_ms", 60'000}});
  call(ali, {{"_", "updates.getState"}});
  EXPECT_TRUE(waiting->has_value());
}

TEST_F(OperationsTest, PressEndsWhenTheBotHasAnswered) {
  menu();
  transport.connected.insert(static_cast<std::uint64_t>(bot));
  const auto pressing = begin("press", {{"user", ali}, {"chat", "Panel"}, {"button", "Go"}});
  EXPECT_FALSE(pressing->has_value());
  const auto query = pushed(bot, "updateBotCallbackQuery").at(0)["query_id"];
  call(bot, {{"_", "messages.setBotCallbackAnswer"},
             {"alert", true},
             {"query_id", query},
             {"message", "done"},
             {"cache_time", 0}});
  ASSERT_TRUE(pressing->has_value());
  EXPECT_EQ((**pressing)->at("text"), "done");
  EXPECT_EQ((**pressing)->at("alert"), true);
}

TEST_F(OperationsTest, PressWithoutAnswerEndsInTimeAndIsForgotten) {
  menu();
  transport.connected.insert(static_cast<std::uint64_t>(bot));
  const auto pressing =
      begin("press", {{"user", ali}, {"chat", "Panel"}, {"button", "Go"}, {"timeout_ms", 1}});
  io.run();
  ASSERT_TRUE(pressing->has_value());
  EXPECT_EQ((*pressing)->error(), "no answer in time");
  const auto query = pushed(bot, "updateBotCallbackQuery").at(0)["query_id"];
  EXPECT_EQ(
      error_of(call(
          bot, {{"_", "messages.setBotCallbackAnswer"}, {"query_id", query}, {"cache_time", 0}})),
      "400 QUERY_ID_INVALID");
}

TEST_F(OperationsTest, PressNeedsTheButtonAndTheBot) {
  menu();
  EXPECT_EQ(run("press", {{"user", ali}, {"chat", "Panel"}, {"button", "Stop"}})["refused"],
            "press: no message has a button \"Stop\"");
  EXPECT_EQ(run("press", {{"user", ali}, {"chat", "Panel"}, {"button", "Go"}})["refused"],
            "no answer: the bot is not connected, the press is dropped");
}

TEST_F(OperationsTest, AGapIsStoredButNotPushed) {
  run("make_gap", {{"chat", "Group"}, {"user", ali}, {"count", 3}});
  EXPECT_TRUE(pushed(sara, "updateNewChannelMessage").empty());
  EXPECT_EQ(run("messages", {{"chat", "Group"}}).size(), 3U);
  run("write", {{"user", ali}, {"chat", "Group"}, {"text", "after"}});
  EXPECT_EQ(pushed(sara, "updateNewChannelMessage").size(), 1U);
}

TEST_F(OperationsTest, FaultsReachTheDispatcher) {
  run("fault", {{"method", "updates.getState"}, {"text", "FLOOD_WAIT_7"}});
  EXPECT_EQ(error_of(call(ali, {{"_", "updates.getState"}})), "420 FLOOD_WAIT_7");
  EXPECT_EQ(error_of(call(ali, {{"_", "updates.getState"}})), "");
  const auto calls = run("calls", {{"method", "updates.getState"}, {"user", ali}});
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0]["outcome"], "420 FLOOD_WAIT_7");
  run("drop_connections", {{"user", sara}});
  EXPECT_EQ(transport.dropped, std::vector{static_cast<std::uint64_t>(sara)});
  run("refuse_connections", {{"refuse", true}});
  EXPECT_TRUE(transport.refusing);
}

TEST_F(OperationsTest, RevokeNamesOneSessionOrAll) {
  run("revoke", {{"user", 5}});
  run("revoke", {{"user", 5}, {"error", "SESSION_REVOKED"}, {"session", "000000000000000b"}});
  EXPECT_EQ(revoked, (std::vector<std::string>{"5 AUTH_KEY_UNREGISTERED ",
                                               "5 SESSION_REVOKED 000000000000000b"}));
}

TEST_F(OperationsTest, PrivateChatsNeedAViewer) {
  run("write", {{"user", ali}, {"chat", "Sara"}, {"text", "psst"}});
  EXPECT_TRUE(run("messages", {{"chat", "Sara"}}).contains("refused"));
  EXPECT_EQ(run("messages", {{"chat", "@ali"}, {"viewer", sara}})[0]["text"], "psst");
}

TEST(Hex, ThereAndBack) {
  const std::vector<std::uint8_t> bytes{0, 127, 255};
  EXPECT_EQ(to_hex(bytes), "007fff");
  EXPECT_EQ(from_hex("007fFF"), bytes);
  EXPECT_THROW(static_cast<void>(from_hex("0")), std::runtime_error);
  EXPECT_THROW(static_cast<void>(from_hex("zz")), std::runtime_error);
}

class HttpPortTest : public OperationsTest {
 protected:
  HttpPortTest() {
    port.emplace(io.get_executor(), *operations, std::uint16_t{0});
    number = port->port();
    server = std::thread([this] { io.run(); });
  }

  HttpPortTest(const HttpPortTest&) = delete;
  HttpPortTest& operator=(const HttpPortTest&) = delete;

  ~HttpPortTest() override {
    boost::asio::post(io, [this] { port.reset(); });
    server.join();
  }

  std::optional<HttpPort> port;
  std::uint16_t number = 0;
  std::thread server;
};

TEST_F(HttpPortTest, SameOperationsOverHttp) {
  const auto id =
      post_operation(number, "write", {{"user", ali}, {"chat", "Group"}, {"text", "hi"}});
  EXPECT_EQ(id["id"], 2);
  EXPECT_EQ(post_operation(number, "messages", {{"chat", "Group"}})[0]["text"], "hi");
}

TEST_F(HttpPortTest, RefusalsAreErrorsWithTheReason) {
  try {
    post_operation(number, "dance", Json::object());
    FAIL() << "not refused";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "no operation is called \"dance\"");
  }
  EXPECT_THROW(post_operation(number, "messages", Json::array()), std::runtime_error);
}

}  // namespace
}  // namespace testdc
