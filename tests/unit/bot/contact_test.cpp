// Messages and comments, the do-not-contact list, stopped accounts.

#include "bot/menus.hpp"
#include "bot_fixture.hpp"
#include "draw.hpp"

#include <gmock/gmock.h>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

jobs::DoNotContact person(std::int64_t id, UserId user, std::string username, std::string name) {
  jobs::DoNotContact one;
  one.id = id;
  one.user_id = user;
  one.username = std::move(username);
  one.name = std::move(name);
  return one;
}

TEST(ContactMenus, TheListAndItsQuestion) {
  View view;
  EXPECT_THAT(draw(menu_screen({Menu::do_not_contact, 0}, view)),
              HasSubstr("Nobody is on the list"));
  view.do_not_contact = {person(3, 77, "walter", "Walter"), person(4, 78, "", ""),
                         person(5, 0, "mallory", "")};
  const auto list = draw(menu_screen({Menu::do_not_contact, 0}, view));
  EXPECT_THAT(list, HasSubstr("[✕ \u2068Walter\u2069 · @walter]\n[✕ 78]\n[✕ @mallory]\n"
                              "[Add somebody]\n[‹ Back]\n"));
  EXPECT_THAT(draw(menu_screen({Menu::do_not_contact_remove, 4}, view)),
              HasSubstr("May this person be written to again?\n\n78\n[Yes, remove]"));
  EXPECT_THAT(draw(menu_screen({Menu::do_not_contact_remove, 9}, view)),
              HasSubstr("not on the list"));
}

TEST(ContactMenus, StoppedAccounts) {
  View view;
  EXPECT_THAT(draw(menu_screen({Menu::stopped_accounts, 0}, view)),
              HasSubstr("No account is stopped"));
  view.stopped = {{7, "Alice", std::chrono::hours{3}}};
  EXPECT_THAT(draw(menu_screen({Menu::do_not_contact, 0}, view)),
              HasSubstr("[Stopped accounts (1)]"));
  EXPECT_THAT(draw(menu_screen({Menu::stopped_accounts, 0}, view)),
              HasSubstr("\u2068Alice\u2069: ends by itself in 3 h"));
  EXPECT_THAT(draw(menu_screen({Menu::stop_end, 7}, view)), HasSubstr("[Yes, let it write]"));
  EXPECT_THAT(draw(menu_screen({Menu::stop_end, 8}, view)), HasSubstr("may write again already"));
}

TEST(ContactMenus, StayWithinTelegramsLimits) {
  View view;
  const std::string wide(300, 'W');
  for (int i = 0; i < 200; ++i) {
    view.do_not_contact.push_back(person(i + 1, i, wide, wide));
    view.stopped.push_back({i + 1, wide, std::chrono::hours{24}});
  }
  for (const auto menu : {Menu::do_not_contact, Menu::do_not_contact_remove, Menu::stopped_accounts,
                          Menu::stop_end}) {
    for (const std::int64_t parameter : {0, 1, 7, 999}) {
      EXPECT_TRUE(within_limits(menu_screen({menu, parameter}, view)));
    }
  }
}

class ContactTest : public BotTest {
 protected:
  void SetUp() override {
    panel.add_accounts(2);
    start_and_serve();
  }

  void open_list() {
    say("/start");
    press("Bulk");
    press("Do not contact");
  }

  /// To the question for the text.
  void ask_text(const char* action) {
    say("/start");
    press("Bulk");
    press(action);
    say("2");
    say(std::string_view(action) == "Message" ? "@walter" : "https://t.me/walter");
  }
};

TEST_F(ContactTest, SomebodyIsAddedAndTakenOff) {
  open_list();
  press("Add somebody");
  sticker();
  EXPECT_THAT(shown(), HasSubstr("Send the @name, the link or the id of the person as a text."));
  for (const auto& bad :
       {std::string("x"), std::string("👍"), std::string("/help"), std::string(4'096, 'x')}) {
    say(bad);
    EXPECT_THAT(shown(), HasSubstr("for example @durov"));
  }
  say("@walter");
  EXPECT_THAT(shown(), StartsWith("On the list now: @walter\n\nDo not contact"));
  press("✕ @walter");
  press("Yes, remove");
  EXPECT_THAT(shown(), StartsWith("Off the list: @walter"));
  EXPECT_TRUE(panel.listed_rows.empty());
  press("Add somebody");
  press("‹ Back");
  EXPECT_THAT(shown(), StartsWith("Do not contact"));
}

TEST_F(ContactTest, AStopIsEndedAfterAQuestion) {
  panel.stopped_rows = {{1, "Alice", std::chrono::hours{3}}};
  open_list();
  press("Stopped accounts (1)");
  press("Let \u2068Alice\u2069 write again");
  EXPECT_EQ(panel.stopped_rows.size(), 1U);
  press("Yes, let it write");
  EXPECT_THAT(shown(), StartsWith("The account may write again."));
  EXPECT_TRUE(panel.stopped_rows.empty());
}

TEST_F(ContactTest, TextsThatBeginWithASlashAreTexts) {
  for (const char* action : {"Message", "Comment"}) {
    for (const std::string text : {"/help", "/start_here", "/cancelled or not", "//", "👍"}) {
      ask_text(action);
      say(text);
      EXPECT_THAT(shown(), HasSubstr("This takes about")) << action << " " << text;
      press("Start");
      const auto& spec = panel.job_rows.rbegin()->second.action;
      const auto* message = std::get_if<jobs::MessageSpec>(&spec);
      EXPECT_EQ(message != nullptr ? message->text : std::get<jobs::CommentSpec>(spec).text, text);
    }
  }
}

TEST_F(ContactTest, BadTextsAreExplainedAndTheStepGoesOn) {
  ask_text("Message");
  sticker();
  EXPECT_THAT(shown(), HasSubstr("Send the text itself"));
  say("\u200b \u2060");
  EXPECT_THAT(shown(), HasSubstr("There is no text to send"));
  say(std::string(4'096, 'x'));
  EXPECT_THAT(shown(), HasSubstr("This takes about")) << "as long as Telegram takes";
  press("‹ Back");
  EXPECT_THAT(shown(), HasSubstr("Send the text of the message"));
  say("/cancel");
  EXPECT_THAT(shown(), StartsWith("Cancelled."));
  EXPECT_TRUE(panel.job_rows.empty());
}

}  // namespace
}  // namespace tgpanel::bot
