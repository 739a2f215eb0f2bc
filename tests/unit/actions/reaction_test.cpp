#include "actions/reaction.hpp"

#include "actions/find_message.hpp"
#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gtest/gtest.h>

namespace tgpanel::actions {
namespace {

using test::FakeClient;

constexpr ChatId kChat = -1001234567890;
constexpr MessageId kMessage = from_server_message_id(5);

Json message(const char* chosen) {
  Json reactions = Json::array();
  if (chosen != nullptr) {
    reactions.push_back({{"@type", "messageReaction"},
                         {"type", {{"@type", "reactionTypeEmoji"}, {"emoji", chosen}}},
                         {"total_count", 1},
                         {"is_chosen", true}});
  }
  reactions.push_back({{"@type", "messageReaction"},
                       {"type", {{"@type", "reactionTypeEmoji"}, {"emoji", "🎉"}}},
                       {"total_count", 3},
                       {"is_chosen", false}});
  return {{"@type", "message"},
          {"id", kMessage},
          {"chat_id", kChat},
          {"content",
           {{"@type", "messageText"}, {"text", {{"@type", "formattedText"}, {"text", "a\nb"}}}}},
          {"interaction_info", {{"reactions", {{"reactions", reactions}}}}}};
}

Json link_info(Json found) {
  return {{"@type", "messageLinkInfo"}, {"chat_id", kChat}, {"message", std::move(found)}};
}

struct Reaction : testing::Test {
  asio::io_context context;
  std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(nullptr);
  MessageLink link{.username = "durov", .channel_id = 0, .post = 5, .thread = 0, .comment = 0};

  Result<void> react_with(std::string emoji) {
    return test::run(context, react(client, link, std::move(emoji)));
  }
};

TEST(ReactionSpelling, IsTelegramsOwn) {
  EXPECT_EQ(normalise_reaction("👍"), "👍");
  EXPECT_EQ(normalise_reaction(" 👍🏽 "), "👍");
  EXPECT_EQ(normalise_reaction("\u2764\ufe0f"), "\u2764");
  EXPECT_EQ(normalise_reaction("\u2764"), "\u2764");
  EXPECT_EQ(normalise_reaction("😂"), std::nullopt);
  EXPECT_EQ(normalise_reaction(""), std::nullopt);
  EXPECT_EQ(normalise_reaction("👍👍"), std::nullopt);
  for (const auto emoji : kReactions) EXPECT_EQ(normalise_reaction(emoji), emoji);
}

TEST(ReactionSpelling, AnyEmojiIsSpelledAndNothingElse) {
  EXPECT_EQ(spell_reaction(" 👍🏽 "), "👍");
  EXPECT_EQ(spell_reaction("\u2764\ufe0f"), "\u2764");
  EXPECT_EQ(spell_reaction("🤷\u200d♂"), "🤷\u200d♂");
  EXPECT_EQ(spell_reaction("⚡"), "⚡");
  for (const char* text :
       {"", " ", "x", "5", "سلام", "س", "漢", "👍👍", "👍x", "\xff", "\xf0\x9f"}) {
    EXPECT_EQ(spell_reaction(text), std::nullopt) << text;
  }
  EXPECT_EQ(spell_reaction(std::string(4096, 'x')), std::nullopt);
}

TEST_F(Reaction, ThoseThatAreAllowedAreListedOnceAndFree) {
  client->answer("getMessageLinkInfo", link_info(message(nullptr)));
  const auto one = [](const char* emoji, bool premium) {
    return Json{{"type", {{"@type", "reactionTypeEmoji"}, {"emoji", emoji}}},
                {"needs_premium", premium}};
  };
  const Json custom{{"type", {{"@type", "reactionTypeCustomEmoji"}, {"custom_emoji_id", 5}}}};
  client->answer("getMessageAvailableReactions",
                 Json{{"top_reactions", Json::array({one("👍", false), one("🐳", true)})},
                      {"recent_reactions", Json::array({one("👍", false), custom})},
                      {"popular_reactions", Json::array({one("🍌", false)})}});
  const auto allowed = test::run(context, available_reactions(client, link));
  ASSERT_TRUE(allowed) << allowed.error().message;
  EXPECT_EQ(*allowed, (std::vector<std::string>{"👍", "🍌"}));
  EXPECT_EQ(client->last("getMessageAvailableReactions")["message_id"], kMessage);
}

TEST_F(Reaction, IsAddedToTheMessageThatThisAccountSees) {
  client->answer("getMessageLinkInfo", link_info(message(nullptr)));
  ASSERT_TRUE(react_with("👍"));
  EXPECT_EQ(client->last("getMessageLinkInfo")["url"], "https://t.me/durov/5");
  const auto sent = client->last("addMessageReaction");
  EXPECT_EQ(sent["chat_id"], kChat);
  EXPECT_EQ(sent["message_id"], kMessage);
  EXPECT_EQ(sent["reaction_type"]["@type"], "reactionTypeEmoji");
  EXPECT_EQ(sent["reaction_type"]["emoji"], "👍");
}

TEST_F(Reaction, ThatIsThereAlreadyIsSuccessWithoutACall) {
  client->answer("getMessageLinkInfo", link_info(message("👍")));
  ASSERT_TRUE(react_with("👍"));
  EXPECT_EQ(client->count("addMessageReaction"), 0U);
  EXPECT_TRUE(*test::run(context, has_reacted(client, link, "👍")));
  EXPECT_FALSE(*test::run(context, has_reacted(client, link, "🎉")));
}

TEST_F(Reaction, ReplacesAnother) {
  client->answer("getMessageLinkInfo", link_info(message("🔥")));
  ASSERT_TRUE(react_with("👍"));
  EXPECT_EQ(client->count("addMessageReaction"), 1U);
}

TEST_F(Reaction, NeedsAMember) {
  Json nowhere{{"@type", "messageLinkInfo"}, {"chat_id", 0}, {"message", nullptr}};
  client->answer("getMessageLinkInfo", nowhere);
  link = {.username = {}, .channel_id = 1234567890, .post = 5, .thread = 0, .comment = 0};
  const auto done = react_with("👍");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::not_found);
  EXPECT_NE(done.error().message.find("not a member"), std::string::npos);
  EXPECT_EQ(client->count("addMessageReaction"), 0U);
}

TEST_F(Reaction, NeedsAMessage) {
  Json info{{"@type", "messageLinkInfo"}, {"chat_id", kChat}};
  client->answer("getMessageLinkInfo", info);
  const auto done = react_with("👍");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::not_found);
}

TEST_F(Reaction, PassesOnWhatTelegramSays) {
  client->answer("getMessageLinkInfo", link_info(message(nullptr)));
  client->refuse("addMessageReaction", 400, "REACTION_INVALID");
  auto done = react_with("👍");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::telegram);
  EXPECT_EQ(done.error().message, "REACTION_INVALID");

  client->refuse("getMessageLinkInfo", 429, "Too Many Requests: retry after 120");
  done = react_with("👍");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::flood_wait);
  EXPECT_EQ(done.error().retry_after_s, 120);
}

TEST_F(Reaction, ThatTdlibDoesNotKnowYetIsTriedOnceMoreWhenItDoes) {
  client->answer("getMessageLinkInfo", link_info(message(nullptr)));
  client->answer("getChat", Json{{"@type", "chat"},
                                 {"id", kChat},
                                 {"type",
                                  {{"@type", "chatTypeSupergroup"},
                                   {"supergroup_id", 1234567890},
                                   {"is_channel", false}}}});
  client->hold("getSupergroupFullInfo");
  client->refuse("addMessageReaction", 400, "The reaction isn't available for the message");
  auto done = test::spawn<Result<void>>(context, react(client, link, "👍"));
  test::run_until(context, [&] { return client->count("getSupergroupFullInfo") == 1; });
  EXPECT_EQ(client->last("getSupergroupFullInfo")["supergroup_id"], 1234567890);
  EXPECT_EQ(client->last("getEmojiReaction")["emoji"], "👍");
  client->answer("addMessageReaction", Json{{"@type", "ok"}});
  client->reply("getSupergroupFullInfo", Json{{"@type", "supergroupFullInfo"}});
  test::run_until(context, [&] { return done->has_value(); });
  EXPECT_TRUE(**done);

  client->refuse("addMessageReaction", 400, "The reaction isn't available for the message");
  client->answer("getSupergroupFullInfo", Json{{"@type", "supergroupFullInfo"}});
  const auto refused = react_with("👍");
  ASSERT_FALSE(refused) << "the chat does not allow it";
  EXPECT_EQ(client->count("addMessageReaction"), 4U);
}

TEST_F(Reaction, TargetOfACommentLinkIsTheDiscussionGroup) {
  auto comment = message(nullptr);
  comment["chat_id"] = -100777;
  client->answer("getMessageLinkInfo", link_info(comment));
  ASSERT_TRUE(react_with("👍"));
  EXPECT_EQ(client->last("addMessageReaction")["chat_id"], -100777);
}

TEST_F(Reaction, ShowsTheMessageOnOneShortLine) {
  auto long_one = message(nullptr);
  std::string text = "first\nsecond ";
  for (int i = 0; i < 100; ++i) text += "س";
  long_one["content"]["text"]["text"] = text;
  client->answer("getMessageLinkInfo", link_info(long_one));
  const auto found = test::run(context, find_message(client, link));
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->excerpt.starts_with("first second س"));
  EXPECT_TRUE(found->excerpt.ends_with("س…"));
  EXPECT_EQ(found->excerpt.size(), 13U + 67U * 2U + 3U);
}

}  // namespace
}  // namespace tgpanel::actions
