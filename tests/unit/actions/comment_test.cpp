#include "actions/comment.hpp"

#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gtest/gtest.h>

namespace tgpanel::actions {
namespace {

using test::FakeClient;

constexpr ChatId kNews = -1001;
constexpr ChatId kTalk = -1002;
constexpr MessageId kPost = from_server_message_id(5);
constexpr MessageId kCopy = from_server_message_id(9);

Json chat(ChatId id, bool channel) {
  return {
      {"@type", "chat"},
      {"id", id},
      {"title", channel ? "News" : "Talk"},
      {"type", {{"@type", "chatTypeSupergroup"}, {"supergroup_id", -id}, {"is_channel", channel}}}};
}

struct Comment : testing::Test {
  asio::io_context context;
  std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(nullptr);

  void link_leads_to(ChatId chat_id, MessageId id, bool channel) {
    Json text{{"@type", "formattedText"}, {"text", "What do you think?"}};
    Json message{{"@type", "message"},
                 {"id", id},
                 {"chat_id", chat_id},
                 {"sender_id", {{"@type", "messageSenderUser"}, {"user_id", 77}}},
                 {"content", {{"@type", "messageText"}, {"text", std::move(text)}}}};
    client->answer("getMessageLinkInfo",
                   Json{{"@type", "messageLinkInfo"}, {"chat_id", chat_id}, {"message", message}});
    client->answer("getChat", chat(chat_id, channel));
    client->answer("getUser", Json{{"@type", "user"},
                                   {"id", 77},
                                   {"first_name", "Walter"},
                                   {"usernames", {{"active_usernames", {"Walter"}}}}});
  }

  auto find() {
    MessageLink link{.username = "news", .channel_id = 0, .post = 5, .thread = 0, .comment = 0};
    return test::run(context, find_comment_place(client, std::move(link)));
  }
};

TEST_F(Comment, BelowAPostGoesToItsThreadInTheDiscussionGroup) {
  link_leads_to(kNews, kPost, true);
  client->answer(
      "getMessageThread",
      Json{{"@type", "messageThreadInfo"}, {"chat_id", kTalk}, {"message_thread_id", kCopy}});
  const auto place = find();
  ASSERT_TRUE(place);
  EXPECT_TRUE(place->below_post);
  EXPECT_EQ(place->destination.chat_id, kTalk);
  EXPECT_EQ(place->destination.thread, kCopy);
  EXPECT_EQ(place->destination.reply_to, kCopy);
  EXPECT_EQ(place->title, "News");
  EXPECT_EQ(place->excerpt, "What do you think?");
  EXPECT_EQ(client->last("getMessageThread")["message_id"], kPost);
}

TEST_F(Comment, InAGroupIsAReplyToItsAuthor) {
  link_leads_to(kTalk, kPost, false);
  const auto place = find();
  ASSERT_TRUE(place);
  EXPECT_FALSE(place->below_post);
  EXPECT_EQ(place->destination.chat_id, kTalk);
  EXPECT_EQ(place->destination.reply_to, kPost);
  EXPECT_EQ(place->destination.thread, 0);
  EXPECT_EQ(place->author.id, 77);
  EXPECT_EQ(place->author.usernames, (std::vector<std::string>{"walter"})) << "as lists know them";
  EXPECT_EQ(client->last("getUser")["user_id"], 77);
  EXPECT_EQ(client->count("getMessageThread"), 0U);
  client->refuse("getUser", 429, "Too Many Requests: retry after 50");
  EXPECT_EQ(find().error().code, Errc::flood_wait) << "nobody is answered unseen";
}

TEST_F(Comment, AChannelWithoutDiscussionIsExplainedAndAWaitIsPassedOn) {
  link_leads_to(kNews, kPost, true);
  client->refuse("getMessageThread", 400, "Message has no thread");
  EXPECT_EQ(find().error().code, Errc::invalid);
  client->refuse("getMessageThread", 400, "MSG_ID_INVALID");
  EXPECT_EQ(find().error().code, Errc::invalid);
  client->refuse("getMessageThread", 400, "CHANNEL_PRIVATE");
  EXPECT_EQ(find().error().message, "CHANNEL_PRIVATE");
  client->refuse("getMessageThread", 429, "Too Many Requests: retry after 50");
  EXPECT_EQ(find().error().code, Errc::flood_wait);
}

TEST_F(Comment, IsSentIntoItsThread) {
  Json pending{{"@type", "message"}, {"id", 7}, {"chat_id", kTalk}};
  client->answer("sendMessage", pending);  // final at once
  auto tracker = std::make_shared<telegram::SendTracker>(client);
  const Destination there{.chat_id = kTalk, .reply_to = kCopy, .thread = kCopy};
  ASSERT_TRUE(test::run(context, send_text(tracker, there, "We like it", Millis{1'000})));
  const auto sent = client->last("sendMessage");
  EXPECT_EQ(sent["chat_id"], kTalk);
  EXPECT_EQ(sent["topic_id"]["message_thread_id"], kCopy);
  EXPECT_EQ(sent["reply_to"]["message_id"], kCopy);
}

}  // namespace
}  // namespace tgpanel::actions
