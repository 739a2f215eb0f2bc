#include "actions/message_link.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace tgpanel::actions {
namespace {

struct Good {
  const char* text;
  MessageLink link;
};

MessageLink in_public(std::string name, std::int64_t post, std::int64_t thread = 0,
                      std::int64_t comment = 0) {
  return {.username = std::move(name),
          .channel_id = 0,
          .post = post,
          .thread = thread,
          .comment = comment};
}

MessageLink in_private(std::int64_t id, std::int64_t post, std::int64_t thread = 0,
                       std::int64_t comment = 0) {
  return {.username = {}, .channel_id = id, .post = post, .thread = thread, .comment = comment};
}

TEST(MessageLink, ReadsEveryFormPeoplePaste) {
  const std::vector<Good> table{
      {"https://t.me/durov/5", in_public("durov", 5)},
      {"http://t.me/durov/5", in_public("durov", 5)},
      {"t.me/durov/5", in_public("durov", 5)},
      {"T.ME/durov/5", in_public("durov", 5)},
      {"HTTPS://T.Me/Durov/5", in_public("Durov", 5)},
      {"www.t.me/durov/5", in_public("durov", 5)},
      {"https://telegram.me/durov/5", in_public("durov", 5)},
      {"https://telegram.dog/durov/5", in_public("durov", 5)},
      {"https://www.telegram.me/durov/5/", in_public("durov", 5)},
      {"https://t.me:443/durov/5", in_public("durov", 5)},
      {"https://durov.t.me/5", in_public("durov", 5)},
      {"durov.T.me/5?single", in_public("durov", 5)},
      {"https://durov.t.me/7/9", in_public("durov", 9, 7)},
      {"https://t.me/s/durov/5", in_public("durov", 5)},
      {"https://t.me/S/durov/5", in_public("durov", 5)},
      {"https://t.me/durov/5?single", in_public("durov", 5)},
      {"https://t.me/durov/5?single&t=12", in_public("durov", 5)},
      {"https://t.me/durov/5?comment=77", in_public("durov", 5, 0, 77)},
      {"https://t.me/durov/5?Comment=77&single", in_public("durov", 5, 0, 77)},
      {"https://t.me/durov/5?thread=3", in_public("durov", 5, 3)},
      {"https://t.me/durov/5?thread=", in_public("durov", 5)},
      {"https://t.me/durov/3/5", in_public("durov", 5, 3)},
      {"https://t.me/durov/5#", in_public("durov", 5)},
      {"https://t.me/durov/5?single#comments", in_public("durov", 5)},
      {"https://t.me//durov//5//", in_public("durov", 5)},
      {"https://t.me/c/1234567890/5", in_private(1234567890, 5)},
      {"https://t.me/C/1234567890/5", in_private(1234567890, 5)},
      {"t.me/c/1234567890/3/5", in_private(1234567890, 5, 3)},
      {"t.me/c/1234567890/5?thread=3&comment=9", in_private(1234567890, 5, 3, 9)},
      {"tg://resolve?domain=durov&post=5", in_public("durov", 5)},
      {"TG://Resolve?Domain=durov&Post=5&single", in_public("durov", 5)},
      {"tg:resolve?domain=durov&post=5&thread=3", in_public("durov", 5, 3)},
      {"tg://resolve/?domain=durov&post=5&comment=8", in_public("durov", 5, 0, 8)},
      {"tg://privatepost?channel=1234567890&post=5", in_private(1234567890, 5)},
      {"tg://privatepost?channel=1234567890&post=5&thread=3&comment=9#x",
       in_private(1234567890, 5, 3, 9)},
      {"  https://t.me/durov/5\n", in_public("durov", 5)},
      {"<https://t.me/durov/5>", in_public("durov", 5)},
      {"\u200f\ufeffhttps://t.me/durov/5\u200e", in_public("durov", 5)},
      {"\u2068https://t.me/durov/5\u2069", in_public("durov", 5)},
      {"https://t.me/\u200edurov\u200f/\u200b5", in_public("durov", 5)},
      {"\u202b\u00a0t.me/durov/5\u202c", in_public("durov", 5)},
      {" < https://t.me/durov/5 > ", in_public("durov", 5)},
      {"https://t.me/durov/۱۲۳۴۵۶۷۸۹۰", in_public("durov", 1234567890)},
      {"https://t.me/c/١٢٣/٤٥٦?comment=٧٨٩٠", in_private(123, 456, 0, 7890)},
      {"tg://resolve?domain=durov&post=۵&thread=٣", in_public("durov", 5, 3)},
      {"https://t.me/message/5", in_public("message", 5)},
      {"https://t.me/somebot/5", in_public("somebot", 5)},
      {"https://t.me/durov/5/?single", in_public("durov", 5)},
      {"t.me/durov/3/5?comment=9&thread=4", in_public("durov", 5, 3, 9)},
      {"www.durov.t.me/5", in_public("durov", 5)},
      {"http://telegram.dog/s/durov/5?comment=1", in_public("durov", 5, 0, 1)},
      {"https://t.me/gif/2147483647", in_public("gif", 2147483647)},
  };
  for (const auto& row : table) {
    const auto read = parse_message_link(row.text);
    ASSERT_TRUE(read.has_value()) << row.text << ": " << read.error().message;
    EXPECT_EQ(*read, row.link) << row.text;
  }
}

struct Bad {
  const char* text;
  const char* reason;
};

TEST(MessageLink, RefusesOthersWithTheReasonAndAnExample) {
  const std::vector<Bad> table{
      {"", "no link"},
      {" \n\u200b", "no link"},
      {"hello", "not a link"},
      {"سلام", "not a link"},
      {"/start", "not a link"},
      {"👍", "not a link"},
      {"@durov", "the name of a chat"},
      {"@", "not a link"},
      {"-1001234567890", "a number"},
      {"۱۲۳", "a number"},
      {"-", "not a link"},
      {"hello world", "not a link"},
      {"see t.me/durov/5", "more than one link"},
      {"see tg://resolve?domain=durov&post=5", "more than one link"},
      {"t.me/durov/5 t.me/durov/6", "more than one link"},
      {"https://example.com/durov/5", "does not lead to Telegram"},
      {"https://t.me.example.com/durov/5", "does not lead to Telegram"},
      {"https://nott.me/durov/5", "does not lead to Telegram"},
      {"https://t.me:8080/durov/5", "does not lead to Telegram"},
      {"ftp://t.me/durov/5", "not a link"},
      {"https://t.me", "names no chat"},
      {"https://t.me/", "names no chat"},
      {"https://t.me/durov", "of a chat"},
      {"https://t.me/durov/", "of a chat"},
      {"https://durov.t.me", "of a chat"},
      {"https://t.me/s/durov", "of a chat"},
      {"https://t.me/c/1234567890", "of a chat"},
      {"https://t.me/c", "missing after /c/"},
      {"https://t.me/c/", "missing after /c/"},
      {"https://t.me/c/abc/5", "no number of a private chat"},
      {"https://t.me/c/0/5", "no number of a private chat"},
      {"https://t.me/c/997852516353/5", "no number of a private chat"},
      {"https://t.me/durov/abc", "no message number"},
      {"https://t.me/durov/0", "no message number"},
      {"https://t.me/durov/-5", "no message number"},
      {"https://t.me/durov/5x", "no message number"},
      {"https://t.me/durov/2147483648", "no message number"},
      {"https://t.me/durov/99999999999999999999", "no message number"},
      {"https://t.me/durov/۰", "no message number"},
      {"https://t.me/durov/+5", "no message number"},
      {"https://t.me/durov/५", "no message number"},
      {"https://t.me/durov/x/5", "no topic number"},
      {"https://t.me/durov/1/2/3", "too many parts"},
      {"https://t.me/durov/s/5", "a story"},
      {"https://t.me/durov/5?comment=x", "after comment="},
      {"https://t.me/durov/5?thread=-1", "after thread="},
      {"https://t.me/+AbCdEf", "invite link"},
      {"https://t.me/joinchat/AbCdEf", "invite link"},
      {"tg://join?invite=AbCdEf", "invite link"},
      {"https://t.me/+AbCdEf?x=1", "invite link"},
      {"https://t.me/%2BAbCdEf", "invite link"},
      {"https://t.me/+989121234567", "a phone number"},
      {"tg://resolve?phone=989121234567", "a phone number"},
      {"https://t.me/$AbCdEf", "an invoice"},
      {"https://t.me/AddStickers/5", "a sticker set"},
      {"https://t.me/addemoji/Some", "a sticker set"},
      {"tg://addstickers?set=Some", "a sticker set"},
      {"https://t.me/addlist/AbCd", "a chat folder"},
      {"https://t.me/durov?story=5", "a story"},
      {"tg://resolve?domain=durov&story=5", "a story"},
      {"https://durov.t.me/s/5", "a story"},
      {"https://t.me/durov/a/5", "a story album"},
      {"https://t.me/durov/c/5", "a collection of gifts"},
      {"https://t.me/SomeBot?start=x", "a bot's link"},
      {"https://t.me/somebot?startgroup", "a bot's link"},
      {"tg://resolve?domain=somebot&start=x", "a bot's link"},
      {"https://t.me/somebot/game", "a bot's app"},
      {"https://t.me/somebot", "of a chat"},
      {"https://t.me/market?videochat", "a video chat"},
      {"tg://user?id=5", "a person"},
      {"tg://nothing", "other than a message"},
      {"https://web.telegram.org/k/#@durov", "Telegram's site"},
      {"https://telegram.org/blog", "Telegram's site"},
      {"https://nottelegram.org/5", "does not lead to Telegram"},
      {"https://t.me/proxy?server=x", "a proxy"},
      {"https://web.t.me/5", "another part of Telegram"},
      {"tg://settings", "Telegram's settings"},
      {"tg://resolve?domain=durov", "of a chat"},
      {"tg://resolve?post=5", "name of the chat"},
      {"tg://privatepost?post=5", "no number of a private chat"},
      {"https://t.me/5/5", "name of the chat"},
      {"https://t.me/du__rov/5", "name of the chat"},
      {"https://t.me/durov_/5", "name of the chat"},
      {"https://t.me/ab/5", "name of the chat"},
      {"https://t.me/abcdefghijklmnopqrstuvwxyzabcdefg/5", "name of the chat"},
      {"https://t.me/дуров/5", "name of the chat"},
  };
  for (const auto& row : table) {
    const auto read = parse_message_link(row.text);
    ASSERT_FALSE(read.has_value()) << row.text;
    EXPECT_EQ(read.error().code, Errc::invalid) << row.text;
    EXPECT_NE(read.error().message.find(row.reason), std::string::npos)
        << row.text << ": " << read.error().message;
    EXPECT_NE(read.error().message.find("for example https://t.me/"), std::string::npos);
  }
}

TEST(MessageLink, RefusesWhatIsTooLong) {
  const auto read = parse_message_link("https://t.me/durov/5?x=" + std::string(4096, 'a'));
  ASSERT_FALSE(read.has_value());
  EXPECT_NE(read.error().message.find("too long"), std::string::npos);
}

TEST(MessageLink, IsWrittenAsTdlibReadsIt) {
  EXPECT_EQ(canonical(in_public("Durov", 5)), "https://t.me/Durov/5");
  EXPECT_EQ(canonical(in_public("durov", 5, 3)), "https://t.me/durov/5?thread=3");
  EXPECT_EQ(canonical(in_public("durov", 5, 0, 9)), "https://t.me/durov/5?comment=9");
  EXPECT_EQ(canonical(in_private(12, 5, 3, 9)), "https://t.me/c/12/5?thread=3&comment=9");
}

rc::Gen<MessageLink> any_link() {
  return rc::gen::exec([] {
    MessageLink link;
    if (*rc::gen::arbitrary<bool>()) {
      link.channel_id = *rc::gen::inRange<std::int64_t>(1, 997'852'516'352);
    } else {
      // The prefix keeps it clear of Telegram's reserved words.
      link.username =
          "x7" + *rc::gen::container<std::string>(*rc::gen::inRange<std::size_t>(1, 30),
                                                  rc::gen::element('a', 'B', 'z', 'Q', '0', '9'));
    }
    constexpr std::int64_t kEnd = std::int64_t{1} << 31;
    link.post = *rc::gen::inRange<std::int64_t>(1, kEnd);
    if (*rc::gen::arbitrary<bool>()) link.thread = *rc::gen::inRange<std::int64_t>(1, kEnd);
    if (*rc::gen::arbitrary<bool>()) link.comment = *rc::gen::inRange<std::int64_t>(1, kEnd);
    return link;
  });
}

RC_GTEST_PROP(MessageLink, CanonicalFormReadsBack, ()) {
  const auto link = *any_link();
  const auto read = parse_message_link(canonical(link));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == link);
}

RC_GTEST_PROP(MessageLink, AppFormMeansTheSame, ()) {
  const auto link = *any_link();
  std::string text = link.username.empty()
                         ? "tg://privatepost?channel=" + std::to_string(link.channel_id)
                         : "tg://resolve?domain=" + link.username;
  text += "&post=" + std::to_string(link.post);
  if (link.thread != 0) text += "&thread=" + std::to_string(link.thread);
  if (link.comment != 0) text += "&comment=" + std::to_string(link.comment);
  const auto read = parse_message_link(text);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == link);
}

// What copying does to a link does not change where it leads.
RC_GTEST_PROP(MessageLink, CopyingChangesNothing, ()) {
  const auto link = *any_link();
  const auto text = canonical(link);
  std::string pasted = *rc::gen::element<std::string>("", " ", "\n", "\u00a0", "<");
  for (const char c : text) {
    if (*rc::gen::weightedElement<bool>({{5, false}, {1, true}})) {
      pasted += *rc::gen::element<std::string>("\u200e", "\u200f", "\u200b", "\u2068", "\u2069");
    }
    const bool eastern = c >= '0' && c <= '9' && *rc::gen::arbitrary<bool>();
    if (!eastern) {
      pasted += c;
    } else if (*rc::gen::arbitrary<bool>()) {
      pasted += {'\xdb', static_cast<char>(0xb0 + (c - '0'))};
    } else {
      pasted += {'\xd9', static_cast<char>(0xa0 + (c - '0'))};
    }
  }
  RC_PRE(pasted.size() <= kMaxLinkBytes);
  const auto read = parse_message_link(pasted);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == link);
}

RC_GTEST_PROP(MessageLink, EveryDressOfAPublicLinkMeansTheSame, ()) {
  auto link = *any_link();
  link.channel_id = 0;
  if (link.username.empty()) link.username = "durov";
  const auto host = *rc::gen::element<std::string>("t.me/", "Telegram.Me/", "telegram.DOG/");
  const bool by_path = *rc::gen::arbitrary<bool>();
  auto text = *rc::gen::element<std::string>("", "http://", "HTTPS://", "www.", "https://www.") +
              host + *rc::gen::element<std::string>("", "s/", "S/") + link.username + "/";
  if (link.thread != 0 && by_path) text += std::to_string(link.thread) + "/";
  text += std::to_string(link.post) + *rc::gen::element<std::string>("", "/") + "?single";
  if (link.thread != 0 && !by_path) text += "&thread=" + std::to_string(link.thread);
  if (link.comment != 0) text += "&comment=" + std::to_string(link.comment);
  text += *rc::gen::element<std::string>("", "#", "#x?y=/z", "&t=1h2m");
  const auto read = parse_message_link(text);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == link);
}

RC_GTEST_PROP(MessageLink, AnyTextIsReadOrRefusedWithASentence, (const std::string& tail)) {
  const auto prefix = *rc::gen::element<std::string>(
      "", "https://t.me/", "t.me/c/", "tg://resolve?", "tg:privatepost?channel=1&", "x.t.me/");
  const auto read = parse_message_link(prefix + tail);
  if (read) {
    const auto again = parse_message_link(canonical(*read));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == *read);
  } else {
    RC_ASSERT(read.error().code == Errc::invalid);
    RC_ASSERT(!read.error().message.empty());
  }
}

}  // namespace
}  // namespace tgpanel::actions
