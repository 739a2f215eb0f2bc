// What an alert says and offers: its buttons by the kind of chat, the account's name, and what
// remains of a message that is too long for it.

#include "base/direction.hpp"
#include "base/text.hpp"
#include "monitor_fixture.hpp"
#include "words/alerts.hpp"

#include <array>
#include <tuple>
#include <utility>

namespace e2e {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Alert : public MonitorTest {
 protected:
  static std::vector<std::string> buttons(const testdc::SeenMessage& alert) {
    std::vector<std::string> labels;
    for (const auto& row : alert.keyboard) {
      for (const auto& button : row) labels.push_back(button.text);
    }
    return labels;
  }

  void begin(std::size_t accounts = 1) {
    stage.add_accounts(accounts);
    start();
    add_keyword("bicycle");
  }

  std::int64_t add_chat(std::string_view kind, std::string_view title, std::size_t account = 0) {
    return stage.world().add_chat(kind, title, "",
                                  {stage.town().writer, stage.town().accounts[account]});
  }

  /// Of a message without a sender who could be ignored.
  void expect_nobody_to_ignore(const testdc::SeenMessage& alert) {
    const auto labels = buttons(alert);
    EXPECT_THAT(labels, Not(Contains(words::kIgnoreUser)));
    ASSERT_THAT(labels, ElementsAre(words::kViewMessage, testing::StartsWith("Alert ")));
    const auto answer = stage.world().press(stage.town().admin, "Alerts", labels.back(), alert.id);
    EXPECT_THAT(answer.text, HasSubstr("no sender who could be ignored"));
  }
};

TEST_F(Alert, ViewMessageIsThereWhereALinkWorks) {
  const auto room = add_chat("supergroup", "Back room");
  add_chat("basic_group", "Old friends");
  begin();
  const auto message = write("bicycle one", "Back room");
  const auto one = wait_alert("bicycle one");
  EXPECT_THAT(buttons(one), ElementsAre(words::kViewMessage, words::kIgnoreUser));
  EXPECT_EQ(one.keyboard[0][0].url, fmt::format("https://t.me/c/{}/{}", room, message));

  write("bicycle two", "Old friends");
  const auto two = wait_alert("bicycle two");
  ASSERT_THAT(buttons(two), ElementsAre(words::kIgnoreUser));
  const auto answer = stage.world().press(stage.town().admin, "Alerts", words::kIgnoreUser, two.id);
  EXPECT_THAT(answer.text, HasSubstr("Walter"));
}

TEST_F(Alert, APostAndAnAnonymousAdminHaveNobodyToIgnore) {
  add_chat("channel", "News");
  begin();
  write("bicycle one", "News");
  const auto post = wait_alert("bicycle one");
  EXPECT_THAT(post.text, HasSubstr("Chat: News\n"));
  expect_nobody_to_ignore(post);

  stage.world().send(stage.town().writer, "Market", {{"text", "bicycle two"}, {"as_group", true}});
  const auto anonymous = wait_alert("bicycle two");
  EXPECT_THAT(anonymous.text, Not(HasSubstr("Walter")));
  expect_nobody_to_ignore(anonymous);

  write("bicycle three", "News");
  wait_alert("bicycle three");
  write("bicycle four");
  EXPECT_THAT(wait_alert("bicycle four").text, HasSubstr("Sender: Walter\n"));
}

TEST_F(Alert, NamesTheAccountThatSawItAlsoRenamedAndDeleted) {
  // Of the log out.
  stage.allow_complaint("[Error : 401 : AUTH_KEY_UNREGISTERED]");
  add_chat("supergroup", "The club of Bob", 1);
  add_chat("basic_group", "The friends of Bob", 1);
  begin(2);
  write("bicycle one", "The club of Bob");
  EXPECT_THAT(wait_alert("bicycle one").text, HasSubstr("Account: Bob\n"));
  write("bicycle two", "The friends of Bob");
  EXPECT_THAT(wait_alert("bicycle two").text, HasSubstr("Account: Bob\n"));

  stage.world().set_user(stage.town().accounts[1], {{"first_name", "Robert"}});
  write("bicycle three", "The club of Bob");
  EXPECT_THAT(wait_alert("bicycle three").text,
              testing::AnyOf(HasSubstr("Account: Bob\n"), HasSubstr("Account: Robert\n")));
  EXPECT_EQ(stage.stop(), 0);
  const auto channel = std::exchange(stage.environment()["CHANNEL_ID"], "none");  // alerts wait
  start();
  write("bicycle four", "The club of Bob");
  // Not by the number that wait: the stop may have left the third one without its confirmation.
  stage.world().wait_until("the match in the queue", [&] {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kReportStatus);
    stage.press("Show stats");
    return stage.wait_bot("Alerts waiting").text.find("all: 4\nAlerts sent") != std::string::npos;
  });
  EXPECT_EQ(stage.stop(), 0);

  const auto deleting = stage.tgpanel({"account", "delete", "2", "--yes"});
  EXPECT_EQ(deleting->wait(), 0) << deleting->err();
  stage.environment()["CHANNEL_ID"] = channel;
  start();
  EXPECT_THAT(wait_alert("bicycle four").text, HasSubstr("Account: Robert\n"));
}

// Where in the message the keyword is.
enum class Place : std::uint8_t { begin, middle, end };

class LongAlert : public Alert,
                  public testing::WithParamInterface<std::tuple<tgpanel::Language, Place>> {
 protected:
  static constexpr std::string_view kKeyword = "دوچرخه";
  static constexpr std::size_t kUnits = 4'096;

  static std::string filler(std::size_t units) {
    constexpr std::string_view kSome =
        "😀 سلام! 👩‍👩‍👧 می‌خواهم، é 🚲\n";
    std::string text;
    for (auto left = units; left > 0;) {
      const auto part = left < tgpanel::utf16_length(kSome) ? std::string_view(".") : kSome;
      text += part;
      left -= tgpanel::utf16_length(part);
    }
    return text;
  }

  /// A message of as many units as Telegram takes.
  static std::string message(Place place) {
    const auto around = kUnits - tgpanel::utf16_length(kKeyword);
    const auto before = place == Place::begin ? 0 : place == Place::end ? around : around / 2;
    return filler(before) + std::string(kKeyword) + filler(around - before);
  }

  /// What stands before the message.
  std::string header(tgpanel::Language language) const {
    namespace said = tgpanel::words;
    const auto field = [&](const tgpanel::Phrase& label, std::string_view value) {
      return fmt::format("{} {}\n", say(language, label), apart(language, value));
    };
    return "🔔 " + field(said::alert_keyword, kKeyword) + field(said::alert_account, "Alice") +
           field(said::alert_sender, "Walter") +
           field(said::alert_sender_id, std::to_string(stage.town().writer)) +
           field(said::alert_chat, "Market") + "\n";
  }
};

bool ends_a_character(std::string_view whole, std::string_view prefix) {
  return tgpanel::cut_utf16(whole, tgpanel::utf16_length(prefix)) == prefix;
}

TEST_P(LongAlert, IsCutBetweenCharactersWithTheMatchInIt) {
  const auto [language, place] = GetParam();
  stage.environment()["TGPANEL_LANG"] = language == tgpanel::Language::fa ? "fa" : "en";
  stage.add_accounts(1);
  EXPECT_EQ(stage.tgpanel({"keyword", "add", std::string(kKeyword)})->wait(), 0);
  start();
  const auto whole = message(place);
  ASSERT_EQ(tgpanel::utf16_length(whole), kUnits);
  write(whole);
  const auto alert = wait_alert(kKeyword);
  EXPECT_LE(tgpanel::utf16_length(alert.text), kUnits);
  EXPECT_GE(tgpanel::utf16_length(alert.text), kUnits - 64) << "cut more than has to be";
  EXPECT_TRUE(tgpanel::valid_utf8(alert.text));

  const auto head = header(language);
  ASSERT_THAT(alert.text, testing::StartsWith(head));
  auto body = std::string_view(alert.text).substr(head.size());
  constexpr std::string_view kCut = "…";
  if (body.starts_with(kCut)) body.remove_prefix(kCut.size());
  if (body.ends_with(kCut)) body.remove_suffix(kCut.size());
  const auto at = std::string_view(whole).find(body);
  ASSERT_NE(at, std::string::npos) << "the rest is as it was written";
  EXPECT_TRUE(ends_a_character(whole, std::string_view(whole).substr(0, at)));
  EXPECT_TRUE(ends_a_character(whole, std::string_view(whole).substr(0, at + body.size())));

  const auto found = body.find(kKeyword);
  ASSERT_NE(found, std::string::npos) << "the match is not in it";
  const auto offset = tgpanel::utf16_length(
      std::string_view(alert.text).substr(0, std::string_view(alert.text).find(body) + found));
  EXPECT_TRUE(std::ranges::any_of(alert.entities, [&](const testdc::Json& entity) {
    return entity.at("_") == "messageEntityBold" && entity.at("offset") == offset &&
           entity.at("length") == tgpanel::utf16_length(kKeyword);
  })) << alert.entities.dump();
}

std::string name_of(const testing::TestParamInfo<LongAlert::ParamType>& one) {
  const auto [language, place] = one.param;
  constexpr std::array<std::string_view, 3> kPlaces{"Begin", "Middle", "End"};
  return fmt::format("{}{}", language == tgpanel::Language::fa ? "Persian" : "English",
                     kPlaces.at(static_cast<std::size_t>(place)));
}

INSTANTIATE_TEST_SUITE_P(Alert, LongAlert,
                         testing::Combine(testing::Values(tgpanel::Language::en,
                                                          tgpanel::Language::fa),
                                          testing::Values(Place::begin, Place::middle, Place::end)),
                         name_of);

}  // namespace
}  // namespace e2e
