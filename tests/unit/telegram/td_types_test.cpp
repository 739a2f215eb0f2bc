#include "telegram/td_types.hpp"

#include <gtest/gtest.h>

namespace tgpanel::telegram {
namespace {

Json formatted(const char* text) {
  return {{"@type", "formattedText"}, {"text", text}};
}

TEST(TdTypes, FieldsHaveDefaultsAndNumbersMayBeText) {
  const Json object = {{"n", 5}, {"big", "9007199254740993"}, {"s", "x"}, {"b", true}, {"f", 1.5}};
  EXPECT_EQ(int_field(object, "n"), 5);
  EXPECT_EQ(int_field(object, "big"), 9007199254740993);
  EXPECT_EQ(int_field(object, "s", 7), 7);
  EXPECT_EQ(int_field(object, "none", 8), 8);
  EXPECT_EQ(int_field(Json::array(), "n", 9), 9);
  EXPECT_EQ(string_field(object, "n"), "");
  EXPECT_TRUE(bool_field(object, "b"));
  EXPECT_TRUE(object_field(object, "s").is_null());
  EXPECT_EQ(type_of(Json()), "");
}

TEST(TdTypes, MessagesFromUsersAndChats) {
  Json message = {
      {"@type", "message"}, {"id", 1048576},
      {"chat_id", -1001},   {"sender_id", {{"@type", "messageSenderUser"}, {"user_id", 42}}},
      {"date", 1700000000}, {"content", {{"@type", "messageText"}, {"text", formatted("سلام")}}}};
  auto parsed = parse_message(message);
  EXPECT_EQ(parsed.sender_id, 42);
  EXPECT_EQ(parsed.sender_chat_id, 0);
  EXPECT_EQ(parsed.text, "سلام");
  EXPECT_FALSE(parsed.is_outgoing);
  message["sender_id"] = {{"@type", "messageSenderChat"}, {"chat_id", -1002}};
  message["is_channel_post"] = true;
  parsed = parse_message(message);
  EXPECT_EQ(parsed.sender_id, 0);
  EXPECT_EQ(parsed.sender_chat_id, -1002);
  EXPECT_TRUE(parsed.is_channel_post);
}

TEST(TdTypes, WhatPeopleReadInAMessage) {
  EXPECT_EQ(text_of({{"@type", "messagePhoto"}, {"caption", formatted("a caption")}}), "a caption");
  Json options = Json::array({{{"text", formatted("yes")}}, {{"text", formatted("no")}}});
  const Json poll = {{"@type", "poll"}, {"question", formatted("Well?")}, {"options", options}};
  EXPECT_EQ(text_of({{"@type", "messagePoll"}, {"poll", poll}}), "Well?\nyes\nno");
  EXPECT_EQ(text_of({{"@type", "messageChatJoinByLink"}}), "");
  EXPECT_EQ(text_of(Json()), "");
  // td_api may say null where an object is optional.
  EXPECT_EQ(text_of({{"@type", "messagePoll"}, {"poll", nullptr}}), "");
}

TEST(TdTypes, KindsOfChats) {
  const auto kind = [](Json type) {
    return parse_chat({{"@type", "chat"}, {"id", 1}, {"type", std::move(type)}}).kind;
  };
  EXPECT_EQ(kind({{"@type", "chatTypePrivate"}, {"user_id", 1}}), ChatKind::private_chat);
  EXPECT_EQ(kind({{"@type", "chatTypeBasicGroup"}}), ChatKind::basic_group);
  EXPECT_EQ(kind({{"@type", "chatTypeSupergroup"}, {"is_channel", false}}), ChatKind::supergroup);
  EXPECT_EQ(kind({{"@type", "chatTypeSupergroup"}, {"is_channel", true}}), ChatKind::channel);
  EXPECT_EQ(kind({{"@type", "chatTypeSecret"}}), ChatKind::secret);
  EXPECT_EQ(kind({}), ChatKind::unknown);
}

TEST(TdTypes, AUserAlwaysHasAName) {
  EXPECT_EQ(parse_user({{"id", 1}, {"first_name", "Ann"}, {"last_name", "Lee"}}).name, "Ann Lee");
  const Json names = {{"active_usernames", {"ann", "other"}}};
  const auto user = parse_user({{"id", 1}, {"first_name", ""}, {"usernames", names}});
  EXPECT_EQ(user.name, "ann");
  EXPECT_EQ(user.username, "ann");
  EXPECT_EQ(parse_user({{"id", 17}}).name, "17");
  EXPECT_TRUE(parse_user({{"id", 1}, {"type", {{"@type", "userTypeBot"}}}}).is_bot);
}

}  // namespace
}  // namespace tgpanel::telegram
