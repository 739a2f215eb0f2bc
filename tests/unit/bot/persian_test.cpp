// Screens in Persian: the words, the digits, and the direction of every line.

#include "base/direction.hpp"
#include "bot/job_card.hpp"
#include "bot/menus.hpp"
#include "bot/notice_message.hpp"
#include "bot_fixture.hpp"
#include "draw.hpp"
#include "words/accounts.hpp"
#include "words/jobs.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

template <class... Gaps>
std::string fa(const Phrase& phrase, const Gaps&... gaps) {
  return tgpanel::say(Language::fa, phrase, gaps...);
}

/// Every line that has something in it begins at the right.
void expect_at_the_right(const Screen& screen) {
  std::string_view rest = screen.text.text();
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    EXPECT_TRUE(line.empty() || leads_right_to_left(line)) << line;
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
}

accounts::Account ali() {
  accounts::Account account;
  account.id = 12;
  account.user_id = 4711;
  account.name = "Ali";
  account.username = "ali";
  account.masked_phone = "+1 ••• ••67";
  account.state = accounts::AccountState::login_needed;
  account.since = from_unix_ms(1'795'520'700'000);
  account.labels = {"one", "two"};
  return account;
}

View view_of(accounts::Account account) {
  View view;
  view.accounts = {std::move(account)};
  view.zone = "Asia/Tehran";
  view.language = Language::fa;
  return view;
}

TEST(PersianScreens, AListOfAccounts) {
  const auto screen =
      in_direction(Language::fa, menu_screen({Menu::account_list, 0}, view_of(ali())));
  EXPECT_EQ(draw(screen),
            std::string(words::list_accounts.fa) +
                "\n\n\u200F۱۲. \u2068Ali\u2069 (\u2068@ali\u2069) · \u2068+1 ••• ••67\u2069\n    " +
                fa(words::state_since, words::state_login_needed, "۱۴۰۵/۰۹/۰۳ ۱۵:۱۵") + "\n    " +
                fa(words::account_labels_are, "\u2068one\u2069، \u2068two\u2069") + "\n\n[" +
                fa(words::account_button, 12, std::string("Ali")) + "]\n[" + words::search.fa +
                "]\n[" + words::back.fa + "]\n");
  expect_at_the_right(screen);
}

TEST(PersianScreens, ThePageOfAnAccount) {
  const auto screen = in_direction(Language::fa, menu_screen({Menu::account, 12}, view_of(ali())));
  const auto text = screen.text.text();
  EXPECT_THAT(text, HasSubstr("۱۴۰۵/۰۹/۰۳ ۱۵:۱۵"));
  EXPECT_THAT(text, HasSubstr("\u2068one\u2069، \u2068two\u2069"));
  EXPECT_THAT(text, HasSubstr(fa(words::what_to_do, words::next_login)));
  EXPECT_THAT(text, HasSubstr("\u20684711\u2069")) << "an id stays as Telegram writes it";
  expect_at_the_right(screen);
}

TEST(PersianScreens, AJobCard) {
  jobs::Job job;
  job.id = 12;
  job.action = jobs::ReactionSpec{"https://t.me/news/5", "🔥"};
  job.state = jobs::JobState::done;
  job.begun = from_unix_ms(1'000);
  job.finished = from_unix_ms(126'000);
  job.items = {{1, "Ali", jobs::ItemState::done, {}, {}},
               {2, "Bea", jobs::ItemState::failed, Sentence::plain("USER_BANNED"), {}}};
  const auto screen = in_direction(Language::fa, job_card({.language = Language::fa}, job, 0));
  const auto text = screen.text.text();
  EXPECT_THAT(text, HasSubstr("\n\u200F\u2068https://t.me/news/5\u2069\n"));
  EXPECT_THAT(text, HasSubstr(fa(words::count_done, 1) + " · " + fa(words::count_failed, 1)));
  EXPECT_THAT(text, HasSubstr(fa(words::job_took, Sentence(words::minutes, 2))));
  EXPECT_THAT(text, HasSubstr("\n✓ \u2068Ali\u2069: " + fa(words::item_done) + "\n"));
  EXPECT_THAT(text, HasSubstr("\n✗ \u2068Bea\u2069: " + fa(words::item_failed) +
                              " — \u2068USER_BANNED\u2069"));
  expect_at_the_right(screen);
}

TEST(PersianScreens, ANotice) {
  accounts::Notice notice;
  notice.id = 1;
  notice.account = 12;
  notice.account_name = "Ali";
  notice.what = "login_needed";
  const auto screen = in_direction(Language::fa, notice_message(Language::fa, notice));
  EXPECT_THAT(screen.text.text(), StartsWith("⚠ "));
  EXPECT_THAT(screen.text.text(), HasSubstr(words::next_login.fa));
  EXPECT_EQ(screen.rows.at(0).at(0).text, words::open_account.fa);
  expect_at_the_right(screen);
}

class PersianBotTest : public BotTest {
 protected:
  void SetUp() override {
    panel.add_accounts(3);
    options.language = Language::fa;
  }
};

TEST_F(PersianBotTest, SpeaksPersianInMenusConversationsAndToasts) {
  start_and_serve();
  say("/start");
  EXPECT_THAT(shown(), StartsWith(words::main_title.fa));
  press(words::monitor_mode.fa);
  press(words::add_keyword.fa);
  sticker();
  EXPECT_THAT(shown(), HasSubstr(words::expected_text.fa));
  const auto prompt = shown_id();
  say("bike");
  EXPECT_THAT(shown(), StartsWith(fa(words::keyword_added, std::string("bike"))));
  telegram.press_data(kAdmin, kAdmin, prompt, "m:m0:00000000:b.keyword");
  settle();
  EXPECT_EQ(toast(), words::outdated.fa);
}

TEST_F(PersianBotTest, EachAdminReadsTheirOwnLanguage) {
  options.language_of = [](UserId admin) { return admin == kOther ? Language::en : Language::fa; };
  start_and_serve();
  say("/start");
  say("/start", kOther);
  EXPECT_THAT(shown(), StartsWith(words::main_title.fa));
  EXPECT_THAT(shown(kOther), StartsWith("Telegram Panel"));
  EXPECT_THAT(shown(kOther), Not(HasSubstr(words::main_hint.fa)));
}

}  // namespace
}  // namespace tgpanel::bot
