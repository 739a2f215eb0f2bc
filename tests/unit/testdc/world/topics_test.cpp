// Forums and their topics.
#include "testdc/world/view.hpp"
#include "world_fixture.hpp"

#include <gmock/gmock.h>

namespace testdc {
namespace {

class TopicsTest : public WorldFixture {
 protected:
  TopicsTest() {
    world.make_forum(group);
    topic = world.add_topic({ali, 0}, group, "Bikes");
  }

  Value write_in(std::int64_t user, int thread, std::string_view text, int reply_to = 0) {
    Value reply = {{"_", "inputReplyToMessage"},
                   {"reply_to_msg_id", reply_to == 0 ? thread : reply_to},
                   {"top_msg_id", thread}};
    return send(user, group.peer(), text, {{"reply_to", reply}});
  }

  Value header_of(std::string_view text) {
    for (const auto& message : world.messages(sara, group.peer())) {
      if (message->text == text)
        return View(world, sara).message(*message).value("reply_to", Value());
    }
    return {};
  }

  Value topics(const Value& query) {
    Value asked = query;
    asked["peer"] = input_peer(sara, group.peer());
    return call(sara, asked);
  }

  int topic = 0;
};

TEST_F(TopicsTest, TheGroupSaysThatItIsAForumAndATopicIsTheMessageThatMadeIt) {
  EXPECT_EQ(View(world, sara).chat(group)["forum"], true);
  const auto made = world.find_message(sara, group.peer(), topic);
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->action["_"], "messageActionTopicCreate");
  EXPECT_EQ(made->action["title"], "Bikes");
}

TEST_F(TopicsTest, MessagesNameTheirTopic) {
  write_in(sara, topic, "selling a bike");
  const int first = world.messages(sara, group.peer()).back()->id;
  EXPECT_EQ(header_of("selling a bike")["forum_topic"], true);
  EXPECT_EQ(header_of("selling a bike")["reply_to_msg_id"], topic);
  EXPECT_FALSE(header_of("selling a bike").contains("reply_to_top_id"));
  write_in(ali, topic, "how much?", first);
  EXPECT_EQ(header_of("how much?")["reply_to_msg_id"], first);
  EXPECT_EQ(header_of("how much?")["reply_to_top_id"], topic);
  // An answer without a topic is where its question is, and the rest is in General.
  send(ali, group.peer(), "still there?",
       {{"reply_to", {{"_", "inputReplyToMessage"}, {"reply_to_msg_id", first}}}});
  EXPECT_EQ(header_of("still there?")["reply_to_top_id"], topic);
  send(ali, group.peer(), "hello all");
  EXPECT_TRUE(header_of("hello all").is_null());
}

TEST_F(TopicsTest, TopicsAreListedAndAskedForById) {
  write_in(sara, topic, "selling a bike");
  send(ali, group.peer(), "hello all");
  const auto list = topics({{"_", "messages.getForumTopics"},
                            {"offset_date", 0},
                            {"offset_id", 0},
                            {"offset_topic", 0},
                            {"limit", 10}});
  ASSERT_EQ(list["topics"].size(), 2U);
  EXPECT_EQ(list["topics"][0]["title"], "Bikes");
  EXPECT_EQ(list["topics"][0]["top_message"], list["messages"][0]["id"]);
  EXPECT_EQ(list["messages"][0]["message"], "selling a bike");
  EXPECT_EQ(list["topics"][1]["title"], "General");
  EXPECT_EQ(list["messages"][1]["message"], "hello all");
  const auto some = topics({{"_", "messages.getForumTopicsByID"}, {"topics", {topic, 999}}});
  EXPECT_EQ(some["topics"][0]["id"], topic);
  EXPECT_EQ(some["topics"][1]["_"], "forumTopicDeleted");
}

TEST_F(TopicsTest, AClosedOrMissingTopicTakesNoMessages) {
  world.close_topic({ali, 0}, group, topic, true);
  EXPECT_EQ(error_of(write_in(sara, topic, "too late")), "400 TOPIC_CLOSED");
  EXPECT_EQ(error_of(write_in(ali, topic, "its creator may")), "");
  world.close_topic({ali, 0}, group, topic, false);
  EXPECT_EQ(error_of(write_in(sara, topic, "open again")), "");
  EXPECT_EQ(error_of(write_in(sara, group.box.last_id, "no topic")), "400 TOPIC_DELETED");
  EXPECT_THROW(world.close_topic({ali, 0}, group, 999, true), RpcError);
}

TEST_F(TopicsTest, OnlyForumsHaveTopics) {
  EXPECT_THROW(world.add_topic({ali, 0}, channel, "x"), RpcError);
  EXPECT_EQ(error_of(call(sara, {{"_", "messages.getForumTopicsByID"},
                                 {"peer", input_peer(sara, channel.peer())},
                                 {"topics", {1}}})),
            "400 CHANNEL_FORUM_MISSING");
}

}  // namespace
}  // namespace testdc
