// The panel in Persian: TGPANEL_LANG=fa.

#include "base/sentence.hpp"
#include "e2e_test.hpp"
#include "words/actions.hpp"
#include "words/alerts.hpp"
#include "words/jobs.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"

#include <fmt/format.h>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::Not;
using tgpanel::Language;
namespace words = tgpanel::words;

class Persian : public Test {
 protected:
  /// With logged-in accounts; the terminal has spoken English meanwhile.
  void begin(std::size_t accounts) {
    stage.add_accounts(accounts);
    stage.environment()["TGPANEL_LANG"] = "fa";
    start();
    stage.say("/start");
    stage.wait_bot(words::main_title.fa);
  }

  template <class... Gaps>
  static std::string fa(const tgpanel::Phrase& phrase, const Gaps&... gaps) {
    return tgpanel::say(Language::fa, phrase, gaps...);
  }
};

TEST_F(Persian, AKeywordIsAddedAndItsAlertIsPersian) {
  begin(1);
  stage.press(words::monitor_mode.fa);
  stage.press(words::add_keyword.fa);
  EXPECT_THAT(stage.wait_bot(words::add_keyword.fa).text, HasSubstr(words::ask_keyword.fa));
  stage.say("👍");
  stage.wait_bot("⚠");
  stage.say("دوچرخه");
  stage.wait_bot(fa(words::keyword_added, std::string("دوچرخه")));

  stage.world().write(stage.town().writer, "Market", "Hi! یک دوچرخه می‌خرم.");
  const auto is_alert = [](const testdc::SeenMessage& post) { return !post.keyboard.empty(); };
  const auto alert = stage.world().wait_message("Alerts", 0, is_alert, "an alert");
  EXPECT_THAT(alert.text,
              HasSubstr(fmt::format("{} \u2068دوچرخه\u2069\n", words::alert_keyword.fa)));
  EXPECT_THAT(alert.text, HasSubstr(fmt::format("{} \u2068Market\u2069\n", words::alert_chat.fa)));
  EXPECT_THAT(alert.text, HasSubstr("\nHi! یک دوچرخه می‌خرم."));
  ASSERT_EQ(alert.keyboard.size(), 1U);
  ASSERT_EQ(alert.keyboard[0].size(), 2U);
  EXPECT_EQ(alert.keyboard[0][0].text, words::view_message.fa);
  EXPECT_EQ(alert.keyboard[0][1].text, words::ignore_user.fa);
}

TEST_F(Persian, AReactionByTwoAccountsIsToldInPersian) {
  const auto message = stage.world().write(stage.town().writer, "Market", "Please react to this");
  begin(2);
  stage.press(words::bulk.fa);
  stage.press(words::reaction.fa);
  stage.wait_bot(fa(words::ask_count, 2));
  stage.say("۲");
  stage.wait_bot(words::ask_message_link.fa);
  stage.say(fmt::format("https://t.me/market/{}", message));
  stage.wait_bot(words::ask_reaction.fa);
  stage.press("🔥");
  const auto preview = stage.wait_bot("Please react to this");
  EXPECT_THAT(preview.text, HasSubstr("\n\u200F\u2068Please react to this\u2069\n"))
      << "right-aligned, in its own direction";
  EXPECT_THAT(preview.text, HasSubstr("\n\u200F• \u2068Alice\u2069\n"));
  EXPECT_THAT(preview.text, HasSubstr("۲"));
  stage.press(words::start_job.fa);
  const auto card = stage.wait_bot(fa(words::job_state, words::job_done));
  EXPECT_THAT(card.text, HasSubstr(fa(words::count_done, 2)));
  for (const auto* name : {"Alice", "Bob"}) {
    const auto line = fmt::format("\n✓ \u2068{}\u2069: {}", name, words::item_done.fa);
    EXPECT_THAT(card.text, HasSubstr(line));
  }
  EXPECT_THAT(card.text, Not(HasSubstr("State")));
}

}  // namespace
}  // namespace e2e
