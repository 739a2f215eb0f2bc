#include "bot/menus.hpp"

#include "draw.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace tgpanel::bot {
namespace {

using accounts::AccountState;

constexpr std::array kMenus{Menu::main,
                            Menu::accounts,
                            Menu::account_list,
                            Menu::monitor,
                            Menu::keyword_list,
                            Menu::keyword_remove,
                            Menu::ignored_list,
                            Menu::ignored_remove,
                            Menu::bulk,
                            Menu::job_list,
                            Menu::report,
                            Menu::individual,
                            Menu::individual_account,
                            Menu::account,
                            Menu::account_delete,
                            Menu::account_labels,
                            Menu::account_groups,
                            Menu::inactive};

accounts::Account account(std::string name, AccountState state) {
  accounts::Account account;
  account.id = 1;
  account.name = std::move(name);
  account.state = state;
  return account;
}

TEST(Menus, Main) {
  EXPECT_EQ(
      draw(menu_screen({Menu::main, 0}, {})),
      "Telegram Panel\n\nChoose what to do.\n"
      "[Account Management]\n[Individual]\n[Bulk]\n[Monitor Mode]\n[Report Status]\n[Settings]\n");
}

TEST(Menus, AccountList) {
  View view;
  view.accounts = {account("Ali", AccountState::active),
                   account("Bea", AccountState::login_needed)};
  view.accounts[1].id = 2;
  view.accounts[0].username = "ali";
  view.accounts[0].masked_phone = "+1 ••• ••67";
  view.accounts[1].reason = Sentence::plain("Telegram ended the session");
  for (auto& one : view.accounts) one.since = from_unix_ms(1'795'520'700'000);
  view.zone = "Asia/Tehran";
  view.group_counts = {{1, 12}};
  view.accounts[0].labels = {"desk"};
  EXPECT_EQ(draw(menu_screen({Menu::account_list, 0}, view)),
            "List accounts\n\n"
            "1. \u2068Ali\u2069 (@ali) · +1 ••• ••67\n    active, since 2026-11-24 15:15\n"
            "    groups: 12 · Labels: \u2068desk\u2069\n"
            "2. \u2068Bea\u2069\n    login needed, since 2026-11-24 15:15: Telegram ended the "
            "session\n\n"
            "[1. \u2068Ali\u2069]\n[2. \u2068Bea\u2069]\n[Search]\n[‹ Back]\n");
}

TEST(Menus, MonitorAndItsLists) {
  View view;
  view.keywords = {{7, "buy", {}}, {8, "می‌خواهم", {}}};
  view.ignored = {{3, 555, "Spammer", {}}, {4, 556, "", {}}};
  EXPECT_EQ(draw(menu_screen({Menu::monitor, 0}, view)),
            "Monitor Mode\n\nMessages that contain a keyword are reported in the channel.\n\n"
            "2 keywords\n2 ignored users\n"
            "[Add keyword]\n[Try a keyword]\n[List keywords]\n[Ignored users]\n[‹ Back]\n");
  EXPECT_EQ(draw(menu_screen({Menu::keyword_list, 0}, view)),
            "List keywords\n\nPress a keyword to remove it.\n"
            "[✕ buy]\n[✕ می‌خواهم]\n[Add keyword]\n[Export as a file]\n[‹ Back]\n");
  EXPECT_EQ(draw(menu_screen({Menu::keyword_remove, 7}, view)),
            "Remove this keyword?\n\nbuy\n[Yes, remove]\n[‹ Back]\n");
  EXPECT_EQ(draw(menu_screen({Menu::keyword_remove, 9}, view)),
            "That keyword is not there any more.\n[‹ Back]\n");
  EXPECT_EQ(draw(menu_screen({Menu::ignored_list, 0}, view)),
            "Ignored users\n\nPress a user to stop ignoring them.\n"
            "[✕ \u2068Spammer\u2069 (555)]\n[✕ 556]\n[Ignore somebody]\n[‹ Back]\n");
}

TEST(Menus, ReportCountsWhatIsThere) {
  View view;
  view.accounts = {account("A", AccountState::active), account("B", AccountState::active),
                   account("C", AccountState::banned)};
  view.keywords = {{7, "buy", {}}};
  view.jobs.resize(2);
  view.jobs[0].state = jobs::JobState::done;
  EXPECT_EQ(
      draw(menu_screen({Menu::report, 0}, view)),
      "Report Status\n\n3 accounts\n    active: 2\n    banned by Telegram: 1\n\n"
      "1 keyword\n0 ignored users\n\n1 job is running\n[Show stats]\n[Audit as a file]\n[Refresh]\n"
      "[Check report status]\n[‹ Back]\n");
}

TEST(Menus, JobListShowsStateAndCount) {
  View view;
  jobs::Job job;
  job.id = 12;
  job.state = jobs::JobState::cancelled;
  job.action = jobs::ReactionSpec{"https://t.me/news/5", "🔥"};
  job.items.resize(5);
  job.items[1].state = jobs::ItemState::done;
  view.jobs = {job};
  EXPECT_EQ(draw(menu_screen({Menu::job_list, 0}, view)),
            "Recent jobs\n\nPress a job to see its card.\n\n"
            "Job 12 · Reaction 🔥 · cancelled · 1 of 5 done\n[Job 12]\n[‹ Back]\n");
}

/// More of everything than fits, with the longest names that can come.
View crowded() {
  View view;
  const std::string longest(300, 'W');
  for (int i = 0; i < 1'000; ++i) {
    auto row = account(longest, AccountState::wrong_key);
    row.username = std::string(32, 'u');
    row.masked_phone = "+1 ••• ••67";
    row.reason = Sentence::plain(longest);
    view.accounts.push_back(row);
    view.keywords.push_back({1'000'000'000'000 + i, longest, {}});
    view.ignored.push_back({1'000'000'000'000 + i, 9'000'000'000'000'000'000, longest, {}});
    jobs::Job job;
    job.id = 9'000'000'000'000'000'000 + i;
    job.action = jobs::ReactionSpec{"https://t.me/news/5", "🔥"};
    view.jobs.push_back(job);
  }
  return view;
}

TEST(Menus, EveryMenuStaysWithinTelegramsLimits) {
  const View many = crowded();
  for (const auto menu : kMenus) {
    for (const std::int64_t parameter : {std::int64_t{0}, std::int64_t{5}, INT64_MAX}) {
      EXPECT_TRUE(within_limits(menu_screen({menu, parameter}, many))) << encode(MenuRef{menu});
      EXPECT_TRUE(within_limits(menu_screen({menu, parameter}, {}))) << encode(MenuRef{menu});
    }
  }
}

TEST(Menus, EveryAccountIsOnSomePage) {
  View view;
  for (int i = 1; i <= 25; ++i) {
    view.accounts.push_back(account("name" + std::to_string(i) + ".", AccountState::active));
  }
  std::string all;
  for (const std::int64_t page : {0, 1, 2}) {
    all += menu_screen({Menu::account_list, page}, view).text.text();
  }
  for (int i = 1; i <= 25; ++i) {
    EXPECT_NE(all.find("name" + std::to_string(i) + "."), std::string::npos) << i;
  }
  const auto last = menu_screen({Menu::account_list, 99}, view);
  EXPECT_NE(last.text.text().find("Page 3 of 3"), std::string::npos);
}

TEST(Menus, ButtonsChangeWithWhatTheyStandOn) {
  View view;
  view.keywords = {{7, "buy", {}}};
  const auto before = menu_screen({Menu::keyword_remove, 7}, view).rows[0][0].data;
  view.keywords[0].text = "sell";
  EXPECT_NE(menu_screen({Menu::keyword_remove, 7}, view).rows[0][0].data, before);
  view.keywords[0].text = "buy";
  EXPECT_EQ(menu_screen({Menu::keyword_remove, 7}, view).rows[0][0].data, before);
}

TEST(Screen, PagesAreBroughtIntoRange) {
  EXPECT_EQ(page_of(0, 10, 3).count, 1U);
  EXPECT_EQ(page_of(0, 10, 3).end, 0U);
  const Page last = page_of(21, 10, 99);
  EXPECT_EQ(last.index, 2U);
  EXPECT_EQ(last.begin, 20U);
  EXPECT_EQ(last.end, 21U);
}

TEST(Screen, FingerprintsTellScreensApart) {
  std::set<std::string> prints;
  const Screen one{RichText("a"), {{{"x", "1"}, {"y", "2"}}}};
  const Screen two{RichText("a"), {{{"x", "1"}}, {{"y", "2"}}}};
  const Screen three{RichText("ax"), {{{"", "1"}, {"y", "2"}}}};
  for (const auto& screen : {one, two, three}) prints.insert(fingerprint(screen));
  EXPECT_EQ(prints.size(), 3U);
  EXPECT_EQ(fingerprint(one), fingerprint(Screen(one)));
}

}  // namespace
}  // namespace tgpanel::bot
