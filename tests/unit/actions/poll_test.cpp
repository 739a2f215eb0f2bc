#include "actions/poll.hpp"

#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gtest/gtest.h>

namespace tgpanel::actions {
namespace {

using test::FakeClient;
using Options = std::vector<std::int32_t>;

struct PollTest : testing::Test {
  PollTest() {
    poll = {{"@type", "poll"},
            {"question", {{"text", "Which one?"}}},
            {"options", Json::array({option("Red"), option("Green"), option("Blue")})},
            {"type", {{"@type", "pollTypeRegular"}, {"allow_multiple_answers", false}}},
            {"is_closed", false}};
    show();
  }

  static Json option(const char* text) {
    return {{"@type", "pollOption"}, {"text", {{"text", text}}}, {"is_chosen", false}};
  }

  void show() {
    Json content{{"@type", "messagePoll"}, {"poll", poll}};
    Json message{{"@type", "message"},
                 {"id", from_server_message_id(5)},
                 {"chat_id", -1001},
                 {"content", std::move(content)}};
    client->answer("getMessageLinkInfo", Json{{"chat_id", -1001}, {"message", std::move(message)}});
  }

  void choose(std::size_t option) {
    poll["options"][option]["is_chosen"] = true;
    show();
  }

  void several() {
    poll["type"]["allow_multiple_answers"] = true;
    show();
  }

  void quiz() {
    poll["type"] = {{"@type", "pollTypeQuiz"}};
    show();
  }

  Result<void> vote_for(Options options) {
    return test::run(context, vote(client, link, std::move(options)));
  }

  asio::io_context context;
  std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(nullptr);
  MessageLink link{.username = "durov", .channel_id = 0, .post = 5, .thread = 0, .comment = 0};
  Json poll;
};

TEST_F(PollTest, IsReadAsTheAccountSeesIt) {
  several();
  choose(2);
  const auto found = test::run(context, find_poll(client, link));
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->question, "Which one?");
  EXPECT_EQ(found->options, (std::vector<std::string>{"Red", "Green", "Blue"}));
  EXPECT_EQ(found->chosen, Options{2});
  EXPECT_TRUE(found->several);
  EXPECT_FALSE(found->quiz);
  EXPECT_FALSE(found->closed);
}

TEST_F(PollTest, AMessageThatIsNoneIsSaidSo) {
  Json message{{"@type", "message"}, {"id", 1}, {"content", {{"@type", "messageText"}}}};
  client->answer("getMessageLinkInfo", Json{{"chat_id", -1001}, {"message", std::move(message)}});
  const auto found = test::run(context, find_poll(client, link));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::invalid);
  EXPECT_NE(found.error().message.find("no poll"), std::string::npos);
}

TEST_F(PollTest, VotesOnce) {
  ASSERT_TRUE(vote_for({1}));
  EXPECT_EQ(client->last("setPollAnswer")["option_ids"], Json::array({1}));
  EXPECT_EQ(client->last("setPollAnswer")["chat_id"], -1001);
  choose(1);
  ASSERT_TRUE(vote_for({1}));
  EXPECT_EQ(client->count("setPollAnswer"), 1U) << "chosen already";
  ASSERT_TRUE(vote_for({0}));
  EXPECT_EQ(client->count("setPollAnswer"), 2U) << "an answer may be changed";
}

TEST_F(PollTest, SeveralAnswersOnlyWhereThePollTakesThem) {
  EXPECT_EQ(vote_for({0, 2}).error().code, Errc::invalid);
  several();
  ASSERT_TRUE(vote_for({0, 2}));
  EXPECT_EQ(client->last("setPollAnswer")["option_ids"], Json::array({0, 2}));
}

TEST_F(PollTest, WhatCannotBeAnsweredIsNotSent) {
  for (const Options& wrong : {Options{}, Options{3}, Options{-1}}) {
    EXPECT_EQ(vote_for(wrong).error().code, Errc::invalid);
  }
  quiz();
  choose(0);
  EXPECT_NE(vote_for({1}).error().message.find("quiz already"), std::string::npos);
  ASSERT_TRUE(vote_for({0})) << "this very answer is there";
  poll["is_closed"] = true;
  show();
  EXPECT_NE(vote_for({1}).error().message.find("closed"), std::string::npos);
  EXPECT_EQ(client->count("setPollAnswer"), 0U);
}

TEST_F(PollTest, PassesOnWhatTelegramSays) {
  client->refuse("setPollAnswer", 400, "MESSAGE_POLL_CLOSED");
  EXPECT_EQ(vote_for({1}).error().message, "MESSAGE_POLL_CLOSED");
}

}  // namespace
}  // namespace tgpanel::actions
