// The data centre and TDLib without the panel: what the panel does not ask for, or must not see.

#include "e2e_test.hpp"
#include "support/td_client.hpp"

#include <fmt/format.h>

#include <charconv>

namespace e2e {
namespace {

using support::TdClient;
using support::text_of;
using testdc::Json;
using testing::Ge;
using testing::SizeIs;

constexpr std::int64_t kServiceChat = 777000;

class DataCentre : public Test {
 protected:
  std::unique_ptr<TdClient> client(std::string_view name, bool use_pfs = false) {
    const std::string proxy = stage.environment().at("TGPANEL_PROXY");
    const auto digits = std::string_view(proxy).substr(proxy.rfind(':') + 1);
    std::uint16_t port = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return std::make_unique<TdClient>(library, port, stage.folder() / name, use_pfs);
  }

  /// Alice's account, logged in; its updates begin.
  std::unique_ptr<TdClient> alice(std::string_view name = "alice", bool use_pfs = false) {
    auto made = client(name, use_pfs);
    made->ask_code(support::kPeople[0].phone);
    EXPECT_EQ(made->enter_code(support::kLoginCode).at("@type"), "ok");
    made->wait_ready();
    wait_updates(stage.town().accounts[0]);
    return made;
  }

  /// What comes before a client has asked for its state is not pushed to it.
  void wait_updates(std::int64_t user) {
    stage.world().wait_until("the client's state", [&] {
      const auto calls = stage.world().calls("updates.getState", user);
      return !calls.empty() && calls.back().at("outcome") == "ok";
    });
  }

  static std::int64_t find_chat(TdClient& who, std::string_view username) {
    const auto chat = who.ask({{"@type", "searchPublicChat"}, {"username", username}});
    EXPECT_EQ(chat.at("@type"), "chat") << chat;
    return chat.value("id", std::int64_t{0});
  }

  static std::int64_t supergroup_chat(std::int64_t id) { return -1'000'000'000'000 - id; }

  support::TdLibrary library{support::programs().library};
};

TEST_F(DataCentre, ALinkToABotBringsItsParameterToTheBotAlone) {
  const auto bot = client("bot");
  bot->log_in_bot(support::kBotToken);
  wait_updates(stage.town().bot);
  const auto person = alice();
  const auto chat = find_chat(*person, "panel_test_bot");
  person->ask({{"@type", "sendBotStartMessage"},
               {"bot_user_id", stage.town().bot},
               {"chat_id", chat},
               {"parameter", "invite_7-A"}});
  const auto sent = person->wait_update("updateMessageSendSucceeded");
  EXPECT_EQ(text_of(sent.at("message")), "/start");
  EXPECT_EQ(text_of(bot->wait_message("/start")), "/start invite_7-A");
}

TEST_F(DataCentre, ALoginCodeComesToTheServiceChatAndEndsWhenItIsForwarded) {
  const auto phone = alice();
  const auto thief = client("thief");
  thief->ask_code(support::kPeople[0].phone);
  const auto code = phone->wait_message("Login code: 24680.");
  EXPECT_EQ(code.at("chat_id"), kServiceChat);
  phone->ask({{"@type", "searchPublicChat"}, {"username", "walter"}});
  phone->ask({{"@type", "forwardMessages"},
              {"chat_id", stage.town().writer},
              {"from_chat_id", kServiceChat},
              {"message_ids", {code.at("id")}}});
  phone->wait_update("updateMessageSendSucceeded");
  EXPECT_EQ(thief->enter_code(support::kLoginCode).at("message"), "PHONE_CODE_EXPIRED");
}

TEST_F(DataCentre, ALoginCodeThatItsOwnerTypesIsExpired) {
  const auto newcomer = client("newcomer");
  newcomer->ask_code(support::kPeople[0].phone);
  stage.world().write(stage.town().accounts[0], "panel_test_bot", support::kLoginCode);
  EXPECT_EQ(newcomer->enter_code(support::kLoginCode).at("message"), "PHONE_CODE_EXPIRED");
}

TEST_F(DataCentre, TemporaryKeysServeLikePermanentOnes) {
  const auto person = alice("pfs", true);
  EXPECT_THAT(stage.world().sessions(stage.town().accounts[0]), SizeIs(1));
  stage.world().write(stage.town().writer, "Alice", "over a temporary key");
  person->wait_message("over a temporary key");
  stage.world().drop_connections();
  stage.world().write(stage.town().writer, "Alice", "after the connection was lost");
  person->wait_message("after the connection was lost");
}

TEST_F(DataCentre, AGapOfMoreThanAHundredIsTooLong) {
  const auto person = alice();
  person->ask({{"@type", "loadChats"}, {"limit", 100}});
  stage.world().make_gap("Market", stage.town().writer, 150);
  stage.world().write(stage.town().writer, "Market", "after the gap");
  person->wait_update("updateChatLastMessage", [](const Json& update) {
    return update.contains("last_message") && text_of(update["last_message"]) == "after the gap";
  });
  EXPECT_THAT(stage.world().calls("updates.getChannelDifference", stage.town().accounts[0]),
              SizeIs(Ge(1U)));
  // What lies between is not told, but it is there.
  const auto history = person->ask({{"@type", "getChatHistory"},
                                    {"chat_id", supergroup_chat(stage.town().market)},
                                    {"from_message_id", 100LL << 20},
                                    {"offset", 0},
                                    {"limit", 10}});
  EXPECT_THAT(history.at("messages"), SizeIs(Ge(1U)));
}

TEST_F(DataCentre, APostHasItsCopyInTheDiscussionGroup) {
  auto& world = stage.world();
  const auto& town = stage.town();
  const std::vector<std::int64_t> members{town.writer, town.accounts[0]};
  const auto news = world.add_chat("channel", "News", "news", members);
  const auto talk = world.add_chat("supergroup", "Talk", "", members);
  world.link_discussion("News", "Talk");
  const auto person = alice();
  person->ask({{"@type", "loadChats"}, {"limit", 100}});
  world.write(town.writer, "News", "a post");
  const auto post = person->wait_update("updateNewMessage", [&](const Json& update) {
    return update.at("message").at("chat_id") == supergroup_chat(news);
  });
  const auto thread = person->ask({{"@type", "getMessageThread"},
                                   {"chat_id", supergroup_chat(news)},
                                   {"message_id", post.at("message").at("id")}});
  ASSERT_EQ(thread.at("@type"), "messageThreadInfo") << thread;
  EXPECT_EQ(thread.at("chat_id"), supergroup_chat(talk));
  EXPECT_EQ(text_of(thread.at("messages").at(0)), "a post");
}

TEST_F(DataCentre, MediaOfEveryKindIsWhatItSays) {
  const auto person = alice();
  for (const auto& [kind, content] :
       std::initializer_list<std::pair<const char*, const char*>>{{"photo", "messagePhoto"},
                                                                  {"document", "messageDocument"},
                                                                  {"sticker", "messageSticker"},
                                                                  {"voice", "messageVoiceNote"},
                                                                  {"audio", "messageAudio"},
                                                                  {"video", "messageVideo"},
                                                                  {"animation", "messageAnimation"},
                                                                  {"contact", "messageContact"},
                                                                  {"location", "messageLocation"},
                                                                  {"dice", "messageDice"}}) {
    SCOPED_TRACE(kind);
    stage.world().send(stage.town().writer, "Alice", {{"media", kind}});
    const auto update = person->wait_update("updateNewMessage", [&](const Json& event) {
      return event.at("message").at("chat_id") == stage.town().writer;
    });
    EXPECT_EQ(update.at("message").at("content").at("@type"), content);
  }
}

}  // namespace
}  // namespace e2e
