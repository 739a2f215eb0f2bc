#include "actions/send_message.hpp"

#include "actions/outgoing.hpp"
#include "telegram/send_tracker.hpp"
#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gtest/gtest.h>

namespace tgpanel::actions {
namespace {

using test::FakeClient;

constexpr UserId kMe = 11;
constexpr UserId kWalter = 77;

Json private_chat(UserId user) {
  return {{"@type", "chat"},
          {"id", user},
          {"title", "Walter"},
          {"type", {{"@type", "chatTypePrivate"}, {"user_id", user}}}};
}

Json user(UserId id, const char* type = "userTypeRegular") {
  return {{"@type", "user"},
          {"id", id},
          {"first_name", "Walter"},
          {"usernames", {{"active_usernames", {"Walter", "Wal"}}}},
          {"type", {{"@type", type}}}};
}

Json message(std::int64_t id, bool outgoing, const char* text, const char* type = "messageText") {
  return {{"@type", "message"},
          {"id", from_server_message_id(id)},
          {"chat_id", kWalter},
          {"is_outgoing", outgoing},
          {"content", {{"@type", type}, {"text", {{"@type", "formattedText"}, {"text", text}}}}}};
}

struct SendMessage : testing::Test {
  asio::io_context context;
  std::shared_ptr<telegram::SendTracker> tracker;
  std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>([this](const Json& update) {
    if (tracker) tracker->observe(update);
  });

  void SetUp() override {
    tracker = std::make_shared<telegram::SendTracker>(client);
    client->answer("searchPublicChat", private_chat(kWalter));
    client->answer("createPrivateChat", private_chat(kWalter));
    client->answer("getUser", user(kWalter));
    client->answer("getMe", user(kMe));
  }

  auto find(UserLink link) { return test::run(context, find_person(client, std::move(link))); }

  void history(Json messages) {
    client->answer("getChatHistory",
                   Json{{"@type", "messages"}, {"messages", std::move(messages)}});
  }

  static Awaitable<Result<void>> forget(std::shared_ptr<telegram::SendTracker> tracker) {
    co_await tracker->forget(kSendNumber);
    co_return Result<void>{};
  }

  bool look(const std::vector<Json>& newest_first, MessageId after, const char* text,
            Destination there = {}) {
    client->answer("getChatHistory", [newest_first](const Json& function) {
      Json list = Json::array();
      const auto from = function["from_message_id"].get<MessageId>();
      for (const auto& one : newest_first) {
        if (from == 0 || one["id"].get<MessageId>() < from) list.push_back(one);
      }
      return telegram::Response(Json{{"@type", "messages"}, {"messages", std::move(list)}});
    });
    const auto found = test::run(context, find_own(client, {kWalter, after}, there, text));
    return found && *found;
  }
};

TEST_F(SendMessage, FindsAPersonByNameAndById) {
  auto found = find({.username = "walter"});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->chat_id, kWalter);
  EXPECT_EQ(found->person.id, kWalter);
  EXPECT_EQ(found->person.usernames, (std::vector<std::string>{"walter", "wal"}));
  EXPECT_EQ(client->last("searchPublicChat")["username"], "walter");
  EXPECT_EQ(client->count("createPrivateChat"), 0U);
  found = find({.user_id = kWalter});
  ASSERT_TRUE(found);
  EXPECT_EQ(client->last("createPrivateChat")["user_id"], kWalter);
}

TEST_F(SendMessage, RefusesGroupsItselfTheServiceChatAndTheDeleted) {
  client->answer("getUser", user(kWalter, "userTypeDeleted"));
  EXPECT_EQ(find({.username = "walter"}).error().code, Errc::invalid);
  client->answer("getUser", user(kMe));
  EXPECT_EQ(find({.user_id = kMe}).error().code, Errc::invalid);
  client->answer("getUser", user(telegram::kServiceUser));
  EXPECT_EQ(find({.user_id = telegram::kServiceUser}).error().code, Errc::invalid);
  Json group = private_chat(5);
  group["type"] = {{"@type", "chatTypeSupergroup"}, {"supergroup_id", 5}, {"is_channel", false}};
  client->answer("searchPublicChat", group);
  EXPECT_EQ(find({.username = "market"}).error().code, Errc::invalid);
}

TEST_F(SendMessage, AnUnknownIdIsExplainedAndAWaitIsPassedOn) {
  client->refuse("getUser", 404, "Not Found");
  EXPECT_EQ(find({.user_id = 5}).error().code, Errc::not_found);
  client->refuse("searchPublicChat", 429, "Too Many Requests: retry after 50");
  const auto wait = find({.username = "walter"});
  EXPECT_EQ(wait.error().code, Errc::flood_wait);
  EXPECT_EQ(wait.error().retry_after_s, 50);
}

TEST_F(SendMessage, WhoHasWrittenFirst) {
  const auto asked = [&] { return *test::run(context, has_written(client, kWalter)); };
  history(Json::array());
  EXPECT_FALSE(asked());
  client->answer("getChatHistory", [](const Json& function) {
    Json list = Json::array();
    if (function["from_message_id"] == 0) {
      list.push_back(message(9, true, "hello?"));
      list.push_back(message(8, false, "", "messageContactRegistered"));
    }
    return telegram::Response(Json{{"@type", "messages"}, {"messages", std::move(list)}});
  });
  EXPECT_FALSE(asked()) << "our own message, and that they joined Telegram";
  history(Json::array({message(9, true, "hello?"), message(2, false, "hi")}));
  EXPECT_TRUE(asked());
}

TEST_F(SendMessage, TheMarkIsTheNewestMessageOfTheServer) {
  history(Json::array({message(9, true, "x")}));
  EXPECT_EQ(*test::run(context, mark_chat(client, kWalter)),
            (Mark{kWalter, from_server_message_id(9)}));
  Json unsent = message(9, true, "x");
  unsent["id"] = from_server_message_id(9) + 1;  // between two of the server's
  history(Json::array({unsent}));
  EXPECT_EQ(test::run(context, mark_chat(client, kWalter))->newest, from_server_message_id(9));
  history(Json::array());
  EXPECT_EQ(test::run(context, mark_chat(client, kWalter))->newest, 0);
  const Mark mark{-1001, 5};
  EXPECT_EQ(read_mark(write_mark(mark)), mark);
  EXPECT_EQ(read_mark("garbage"), Mark{});
}

TEST_F(SendMessage, AnEmptyPageIsBelievedTheSecondTime) {
  const auto late = [this](Json messages) {
    client->answer("getChatHistory", [messages, asked = 0](const Json& function) mutable {
      const bool first = function["from_message_id"] == 0 && asked++ == 0;
      return telegram::Response(
          Json{{"@type", "messages"}, {"messages", first ? Json::array() : messages}});
    });
  };
  late(Json::array({message(9, false, "hi")}));
  EXPECT_EQ(test::run(context, mark_chat(client, kWalter))->newest, from_server_message_id(9));
  late(Json::array({message(9, false, "hi")}));
  EXPECT_TRUE(*test::run(context, has_written(client, kWalter)));
  late(Json::array({message(9, true, "Hello")}));
  EXPECT_TRUE(*test::run(context, find_own(client, {kWalter, 0}, {}, "Hello")));
}

TEST_F(SendMessage, TheSameTextElsewhereInTheChatIsNotTakenForTheComment) {
  const auto mark = from_server_message_id(5);
  const auto post = from_server_message_id(3);
  const auto other = from_server_message_id(4);
  const auto comment = [](MessageId to, MessageId thread) {
    Json json = message(7, true, "Hello");
    if (to != 0) json["reply_to"] = {{"@type", "messageReplyToMessage"}, {"message_id", to}};
    if (thread != 0) {
      json["topic_id"] = {{"@type", "messageTopicThread"}, {"message_thread_id", thread}};
    }
    return json;
  };
  const Destination below{.chat_id = kWalter, .reply_to = post, .thread = post};
  EXPECT_TRUE(look({comment(post, post)}, mark, "Hello", below));
  EXPECT_TRUE(look({comment(0, post)}, mark, "Hello", below));
  EXPECT_FALSE(look({comment(other, other)}, mark, "Hello", below)) << "below another post";
  EXPECT_FALSE(look({comment(other, post)}, mark, "Hello", below)) << "to another comment there";
  EXPECT_FALSE(look({comment(0, 0)}, mark, "Hello", below)) << "to nobody";
  const Destination reply{.chat_id = kWalter, .reply_to = post};
  EXPECT_TRUE(look({comment(post, 0)}, mark, "Hello", reply));
  EXPECT_FALSE(look({comment(other, 0)}, mark, "Hello", reply));
  Json in_topic = comment(0, 0);
  in_topic["topic_id"] = {{"@type", "messageTopicForum"}, {"forum_topic_id", 3}};
  EXPECT_TRUE(look({in_topic}, mark, "Hello", reply)) << "to the beginning of a topic";
  EXPECT_TRUE(look({comment(other, 0)}, mark, "Hello")) << "no reply is asked for";
}

TEST_F(SendMessage, OwnNewerMessagesWithTheSameTextAreFound) {
  const auto mark = from_server_message_id(5);
  EXPECT_TRUE(look({message(7, true, "Hello  you\n")}, mark, "Hello you"));
  EXPECT_FALSE(look({message(7, true, "Hello")}, mark, "Hello you"));
  EXPECT_FALSE(look({message(7, false, "Hello")}, mark, "Hello")) << "theirs";
  EXPECT_FALSE(look({message(5, true, "Hello")}, mark, "Hello")) << "there before";
  Json pending = message(7, true, "Hello");
  pending["sending_state"] = {{"@type", "messageSendingStatePending"}};
  EXPECT_FALSE(look({pending}, mark, "Hello")) << "not at Telegram";
  EXPECT_FALSE(look({}, 0, "Hello"));
}

TEST_F(SendMessage, ABusyChatIsSearchedForOwnMessages) {
  std::int64_t next = 100'000;
  client->answer("getChatHistory", [&next](const Json&) {
    Json list = Json::array();
    for (int i = 0; i < 100; ++i) list.push_back(message(--next, false, "noise"));
    return telegram::Response(Json{{"@type", "messages"}, {"messages", std::move(list)}});
  });
  client->answer("searchChatMessages", Json{{"@type", "foundChatMessages"},
                                            {"messages", {message(50'000, true, "Hello")}}});
  const Mark mark{kWalter, from_server_message_id(5)};
  EXPECT_TRUE(*test::run(context, find_own(client, mark, {}, "Hello")));
  EXPECT_EQ(client->last("searchChatMessages")["sender_id"]["user_id"], kMe);
}

TEST_F(SendMessage, TheOutcomeIsWhatTelegramSays) {
  Json pending = message(1, true, "Hello");
  pending["id"] = 7;
  pending["sending_state"] = {{"@type", "messageSendingStatePending"}};
  client->answer("sendMessage", pending);
  const auto send = [&](const Json& error) {
    auto sent = test::spawn<Result<void>>(
        context, send_text(tracker, {.chat_id = kWalter}, "Hello", Millis{5'000}));
    test::run_ready(context);
    EXPECT_FALSE(sent->has_value()) << "the temporary message is no outcome";
    Json update{{"@type", "updateMessageSendSucceeded"},
                {"message", message(9, true, "Hello")},
                {"old_message_id", 7}};
    if (!error.is_null()) {
      update["@type"] = "updateMessageSendFailed";
      update["error"] = error;
    }
    client->push(update);
    test::run_until(context, [&] { return sent->has_value(); });
    return **sent;
  };
  EXPECT_TRUE(send(nullptr));
  EXPECT_EQ(client->last("sendMessage")["input_message_content"]["text"]["text"], "Hello");
  EXPECT_FALSE(client->last("sendMessage").contains("reply_to"));
  const auto flood = send({{"@type", "error"}, {"code", 400}, {"message", "PEER_FLOOD"}});
  EXPECT_EQ(flood.error().code, Errc::telegram);
  EXPECT_EQ(flood.error().message, "PEER_FLOOD");
  const auto wait =
      send({{"@type", "error"}, {"code", 429}, {"message", "Too Many Requests: retry after 100"}});
  EXPECT_EQ(wait.error().code, Errc::flood_wait);
  const auto aborted = send({{"@type", "error"}, {"code", 500}, {"message", "Request aborted"}});
  EXPECT_EQ(aborted.error().code, Errc::timeout) << "the server may have it";
}

TEST_F(SendMessage, ThatIsNotConfirmedStaysWithTdlibUntilItIsForgotten) {
  Json pending = message(1, true, "Hello");
  pending["id"] = 7;
  pending["sending_state"] = {{"@type", "messageSendingStatePending"}};
  client->answer("sendMessage", pending);
  auto sent = test::spawn<Result<void>>(
      context, send_text(tracker, {.chat_id = kWalter}, "Hello", Millis{20}));
  test::run_until(context, [&] { return sent->has_value(); });
  EXPECT_EQ((*sent)->error().code, Errc::timeout);
  EXPECT_EQ(client->count("deleteMessages"), 0U);
  auto forgotten = test::spawn<Result<void>>(context, forget(tracker));
  test::run_until(context, [&] { return forgotten->has_value(); });
  EXPECT_EQ(client->last("deleteMessages")["message_ids"], Json::array({7}));
}

TEST(CheckText, TakesWhatTelegramTakes) {
  EXPECT_EQ(*check_text("  /start me \n"), "/start me");
  EXPECT_TRUE(check_text(std::string(4'096, 'x')));
  EXPECT_FALSE(check_text(std::string(4'097, 'x')));
  std::string emoji;
  for (int i = 0; i < 2'049; ++i) emoji += "😀";  // two units each
  EXPECT_FALSE(check_text(emoji));
  for (const char* empty : {"", " \n", "\u200b\u2060", "\u200c"}) EXPECT_FALSE(check_text(empty));
  EXPECT_FALSE(check_text("\xff"));
}

TEST(SameText, PassesOverWhatIsNotSeen) {
  EXPECT_TRUE(same_text("a b", "ab"));
  EXPECT_TRUE(same_text("می\u200cخواهم", "میخواهم"));
  EXPECT_FALSE(same_text("a", "b"));
  EXPECT_FALSE(same_text("a", "A"));
}

}  // namespace
}  // namespace tgpanel::actions
