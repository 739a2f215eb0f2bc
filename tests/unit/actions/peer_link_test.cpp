#include "actions/peer_link.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tgpanel::actions {
namespace {

TEST(ChatLink, NamesInEveryDress) {
  for (const char* text :
       {"@durov", " @durov ", "\u200e@durov\u200f", "t.me/durov", "https://t.me/durov/",
        "HTTP://WWW.T.ME/durov", "telegram.me/durov", "https://telegram.dog/durov",
        "https://t.me/s/durov", "https://t.me/durov/5", "https://t.me/durov?single", "durov.t.me",
        "https://durov.t.me/5", "tg://resolve?domain=durov", "tg:resolve?domain=durov&post=5",
        "<https://t.me/durov>", "https://t.me/durov#top"}) {
    const auto link = parse_chat_link(text);
    ASSERT_TRUE(link) << text << ": " << link.error().message;
    EXPECT_EQ(*link, ChatLink{.username = "durov"}) << text;
    EXPECT_EQ(*parse_join_link(text), *link) << text;
  }
}

TEST(ChatLink, InvitationsInEveryDress) {
  for (const char* text :
       {"https://t.me/+AbC_d-9", "t.me/+AbC_d-9", "https://t.me/%2BAbC_d-9",
        "https://t.me/joinchat/AbC_d-9", "telegram.me/joinchat/AbC_d-9/", "T.me/JoinChat/AbC_d-9",
        "tg://join?invite=AbC_d-9", "tg:join?invite=AbC_d-9"}) {
    const auto link = parse_chat_link(text);
    ASSERT_TRUE(link) << text << ": " << link.error().message;
    EXPECT_EQ(*link, ChatLink{.invite = "https://t.me/+AbC_d-9"}) << text;
    EXPECT_EQ(*parse_join_link(text), *link) << text;
  }
}

TEST(ChatLink, AnInvitationOfDigitsIsNotTakenForAPhoneNumber) {
  const auto link = parse_chat_link("https://t.me/joinchat/123456789");
  ASSERT_TRUE(link);
  EXPECT_EQ(link->invite, "https://t.me/joinchat/123456789");
  EXPECT_EQ(*parse_chat_link(link->invite), *link);
}

TEST(ChatLink, IdsAndPrivateLinksCanBeLeftButNotJoined) {
  const std::vector<std::pair<const char*, ChatId>> all{
      {"-1001234567890", -1'001'234'567'890},
      {"-\u06f1\u06f0\u06f0\u06f1234567890", -1'001'234'567'890},
      {"-4711", -4'711},
      {"https://t.me/c/1234567890/5", -1'001'234'567'890},
      {"t.me/c/1234567890", -1'001'234'567'890},
      {"tg://privatepost?channel=1234567890&post=5", -1'001'234'567'890}};
  for (const auto& [text, id] : all) {
    const auto link = parse_chat_link(text);
    ASSERT_TRUE(link) << text << ": " << link.error().message;
    EXPECT_EQ(*link, ChatLink{.chat_id = id}) << text;
    const auto join = parse_join_link(text);
    ASSERT_FALSE(join) << text;
    EXPECT_NE(join.error().message.find("joined by its invite link"), std::string::npos);
  }
}

TEST(ChatLink, EverythingElseIsRefusedWithReasonAndExample) {
  const std::vector<std::pair<std::string, const char*>> all{
      {"", "There is nothing"},
      {" \u200b ", "There is nothing"},
      {std::string(4096, 'x'), "too long"},
      {"@durov @other", "more than one"},
      {"durov", "a name begins with @"},
      {"/start", "a name begins with @"},
      {"😀", "a name begins with @"},
      {"@", "not one that Telegram gives"},
      {"@1abc", "not one that Telegram gives"},
      {"12345", "begin with -100"},
      {"-", "no id of a chat"},
      {"-12x", "no id of a chat"},
      {"https://example.com/durov", "does not lead to Telegram"},
      {"https://t.me/", "names nobody"},
      {"https://t.me/+15550000001", "a phone number"},
      {"https://t.me/joinchat/", "not complete"},
      {"https://t.me/+a!b", "not complete"},
      {"https://t.me/c/", "no number of a private chat"},
      {"https://t.me/addstickers/Cats", "a sticker set"},
      {"https://t.me/somebot?start=1", "a bot's link"},
      {"tg://resolve?phone=15550000001", "a phone number"},
      {"tg://user?id=5", "a person"},
      {"tg://settings", "settings"}};
  for (const auto& [text, reason] : all) {
    const auto link = parse_chat_link(text);
    ASSERT_FALSE(link) << text;
    EXPECT_EQ(link.error().code, Errc::invalid);
    EXPECT_NE(link.error().message.find(reason), std::string::npos)
        << text << ": " << link.error().message;
    EXPECT_NE(link.error().message.find("for example @durov"), std::string::npos);
  }
}

TEST(UserLink, NamesLinksAndIds) {
  for (const char* text :
       {"@durov", "https://t.me/durov", "t.me/durov/", "durov.t.me", "tg://resolve?domain=durov"}) {
    const auto link = parse_user_link(text);
    ASSERT_TRUE(link) << text << ": " << link.error().message;
    EXPECT_EQ(*link, UserLink{.username = "durov"}) << text;
  }
  for (const char* text : {"123456", "۱۲۳۴۵۶", "tg://user?id=123456", "TG:user?id=123456"}) {
    const auto link = parse_user_link(text);
    ASSERT_TRUE(link) << text << ": " << link.error().message;
    EXPECT_EQ(*link, UserLink{.user_id = 123456}) << text;
  }
}

TEST(UserLink, EverythingElseIsRefusedWithReasonAndExample) {
  const std::vector<std::pair<std::string, const char*>> all{
      {"", "There is nothing"},
      {std::string(4096, 'x'), "too long"},
      {"two words", "more than one"},
      {"durov", "a name begins with @"},
      {"-1001234567890", "the id of a chat"},
      {"0", "a name begins with @"},
      {"https://t.me/durov/5", "the link of a message"},
      {"https://t.me/+AbCdEf", "an invite link"},
      {"https://t.me/+15550000001", "a phone number"},
      {"https://t.me/c/123/5", "the link of a message"},
      {"tg://user?id=x", "no id of a person"},
      {"https://example.com/durov", "does not lead to Telegram"}};
  for (const auto& [text, reason] : all) {
    const auto link = parse_user_link(text);
    ASSERT_FALSE(link) << text;
    EXPECT_EQ(link.error().code, Errc::invalid);
    EXPECT_NE(link.error().message.find(reason), std::string::npos)
        << text << ": " << link.error().message;
    EXPECT_NE(link.error().message.find("for example @durov"), std::string::npos);
  }
}

}  // namespace
}  // namespace tgpanel::actions
