// A panel with 150 accounts: every menu and list is walked, and the data centre looks at every
// message of the bot beside Telegram's limits.

#include "account_fixture.hpp"
#include "support/menu_walk.hpp"
#include "support/seeded_accounts.hpp"

#include <map>
#include <set>

namespace e2e {
namespace {

using testing::Ge;
using testing::SizeIs;

constexpr std::string_view kNext = "Next ›";
constexpr int kAccounts = 150;
constexpr int kEnded = 45;  // whose sessions Telegram has ended

class ManyAccounts : public AccountTest {
 protected:
  void start_with_many() {
    users = support::seed_accounts(stage, kAccounts);
    stage.world().add_chat("supergroup", "Hall", "hall", users);
    start();
  }

  // All lists, and of the pages about one account only some. "z" sends a picture and shows no menu.
  static bool accept(std::string_view menu) {
    if (menu.front() == 'z') return false;
    constexpr std::string_view of_one_account = "cdtgA";
    if (of_one_account.find(menu.front()) == std::string_view::npos) return true;
    return menu.size() > 2 && menu.ends_with('3') && !menu.starts_with('g');
  }

  std::map<std::string, testdc::SeenMessage> walk() {
    support::MenuWalk walk(stage.world(), stage.town().admin, stage.town().bot);
    return walk.walk(accept);
  }

  /// Presses Next until there is no such button; what every page showed.
  std::vector<testdc::SeenMessage> pages(std::string_view title) {
    std::vector<testdc::SeenMessage> all{stage.wait_bot(title)};
    while (has(all.back(), kNext)) {
      stage.press(kNext);
      all.push_back(stage.wait_bot(fmt::format("Page {} of", all.size() + 1)));
    }
    return all;
  }

  static bool has(const testdc::SeenMessage& message, std::string_view button) {
    return std::ranges::any_of(message.keyboard, [&](const auto& row) {
      return std::ranges::any_of(row, [&](const auto& one) { return one.text == button; });
    });
  }

  /// The accounts that the buttons of these pages lead to, by the letter before the number.
  static std::set<std::string> buttons(const std::vector<testdc::SeenMessage>& pages,
                                       std::string_view action) {
    std::set<std::string> found;
    for (const auto& page : pages) {
      for (const auto& row : page.keyboard) {
        for (const auto& one : row) {
          const auto last = one.data.substr(one.data.rfind(':') + 1);
          if (last.starts_with(action)) found.insert(last);
        }
      }
    }
    return found;
  }

  static std::vector<testdc::SeenMessage> of_menu(
      const std::map<std::string, testdc::SeenMessage>& menus, char letter) {
    std::vector<testdc::SeenMessage> found;
    for (const auto& [name, message] : menus) {
      if (name.front() == letter) found.push_back(message);
    }
    return found;
  }

  /// Telegram ends the sessions of the first accounts, and the panel has noticed.
  void end_sessions() {
    for (int who = 0; who < kEnded; ++who) {
      stage.world().revoke(users[static_cast<std::size_t>(who)], "SESSION_REVOKED");
    }
    stage.world().wait_until("all told", [&] {
      std::size_t told = 0;
      for (const auto& message : bot_messages()) {
        for (std::size_t at = message.text.find(": login needed"); at != std::string::npos;
             at = message.text.find(": login needed", at + 1)) {
          ++told;
        }
      }
      return told >= kEnded;
    });
  }

  std::vector<testdc::SeenMessage> bot_messages() {
    return stage.world().messages(std::string(words::kBotName), stage.town().admin);
  }

  std::vector<std::int64_t> users;
};

TEST_F(ManyAccounts, EveryMenuOf150AccountsStaysWithinTelegramsLimits) {
  start_with_many();
  const auto menus = walk();
  EXPECT_THAT(buttons(of_menu(menus, 'l'), "g.c"), SizeIs(kAccounts)) << "the list";
  EXPECT_THAT(buttons(of_menu(menus, 'I'), "g.A"), SizeIs(kAccounts)) << "Individual";
  EXPECT_THAT(of_menu(menus, 'c'), SizeIs(kAccounts / 10 - 1)) << "pages of one account";
  EXPECT_THAT(menus.at("s0").text, HasSubstr("150 accounts"));

  end_sessions();
  const auto after = walk();
  EXPECT_THAT(buttons(of_menu(after, 'x'), "g.c"), SizeIs(kEnded)) << "inactive accounts";
  EXPECT_THAT(buttons(of_menu(after, 'l'), "g.c"), SizeIs(kAccounts)) << "nobody has vanished";
  EXPECT_THAT(after.at("s0").text, HasSubstr(fmt::format("login needed: {}", kEnded)));
}

TEST_F(ManyAccounts, ChoicesSearchesAndTheCardOf150AccountsStayWithinTelegramsLimits) {
  start_with_many();
  const auto message = stage.world().write(users[0], "Hall", "Please react to this");
  find_account("Twin");
  EXPECT_THAT(buttons(pages("accounts fit"), "a"), SizeIs(kAccounts / 5));
  stage.press(words::kCancel);

  // By picking: every account is on some page.
  management();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kBulk);
  stage.press(words::kReaction);
  stage.wait_bot("How many accounts");
  stage.press("Pick accounts");
  EXPECT_THAT(buttons(pages("Press the accounts that shall act"), "t"), SizeIs(kAccounts));
  stage.press(words::kBack);

  // And by a number that is typed.
  stage.wait_bot("How many accounts");
  stage.say(std::to_string(kAccounts));
  stage.wait_bot("link of the message");
  stage.say(fmt::format("https://t.me/hall/{}", message));
  stage.wait_bot("Choose the reaction");
  stage.press("🔥");
  stage.wait_bot("Please react to this");
  stage.press(words::kStartJob);
  stage.wait_bot("State: finished", 180s);  // slow under a sanitizer
  EXPECT_THAT(pages(fmt::format("done {}", kAccounts)), SizeIs(Ge(4U)));
}

}  // namespace
}  // namespace e2e
