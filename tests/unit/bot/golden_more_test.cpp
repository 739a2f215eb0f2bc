// Transcripts of settings, statistics, groups, and of trying a keyword.

#include "golden.hpp"
#include "words/accounts.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"
#include "words/settings.hpp"
#include "words/statistics.hpp"

namespace tgpanel::bot {
namespace {

using namespace words;
using panel::Preference;

TEST_P(Golden, Settings) {
  panel.settings.values[{kAdmin, Preference::language}] = GetParam() == Language::fa ? 1 : 0;
  start_and_serve();
  walk(words::settings);
  for (std::size_t i = 0; i < panel::preference_table().size(); ++i) {
    tap_row(i);
    tap(back);
  }
  tap_row(1);
  tap(digits(GetParam(), 5));
  tap_row(1);
  tap({setting_reset, Sentence(bare_number, 3)});
  tap_row(1);
  tap(setting_type);
  type("many");
  panel.settings.error = fail(Errc::invalid, {setting_out_of_range, 0, 100}).error();
  type("5000");
  panel.settings.error.reset();
  type("7");
}

TEST_P(Golden, Statistics) {
  auto& now = panel.statistics_now;
  now.at = from_unix_ms(1'795'520'700'000);
  now.accounts = {{accounts::AccountState::active, 2}, {accounts::AccountState::banned, 1}};
  now.limited = 1;
  now.keywords = 4;
  now.matches = {1, 2, 3, 50};
  now.alerts = {0, 1, 2, 49};
  now.jobs = {{"running", 1}, {"done", 7}};
  now.actions = {40, 15, 2};
  now.recent_actions = {4, 1, 0};
  now.waits = {{5, "Sara Miller", now.at + std::chrono::minutes(138)},
               {6, "علی رضایی", now.at + std::chrono::hours(30)}};
  start_and_serve();
  walk(report_status, show_stats);
  now.waits.assign(25, now.waits.front());
  tap(refresh);
  tap(back);
  panel.statistics_error = refusal(Errc::storage);
  tap(show_stats);
}

TEST_P(Golden, Audit) {
  start_and_serve();
  walk(report_status, export_audit);
  panel.audit = {.csv = "time\r\n", .acts = 3, .whole = true};
  walk(report_status, export_audit);
  telegram.refused["inputMessageDocument"] = {400, "FILE_PARTS_INVALID"};
  walk(report_status, export_audit);
  note("the caption when older acts are left out");
  print({audit_newest, 20'000});
}

TEST_P(Golden, UpdateGroups) {
  start_and_serve();
  walk(account_management, update_groups);
  tap(cancel);
  add_people(9);
  auto& news = panel.account_desk.group_news;
  news[1].now = 3;
  news[1].first = true;
  news[2].now = 3;
  news[3] = {.added = {"Market", "بازار بزرگ"}, .gone = {"Noise"}, .now = 4};
  news[4] = {.added = {"1", "2", "3", "4", "5", "6", "7"}, .gone = {}, .now = 9};
  walk(account_management, update_groups);
  type("hello");
  tap(update_groups_start);
  tap(next);
  tap(previous);
}

TEST_P(Golden, TryKeyword) {
  panel.group_rows = {{-1001, "Market", "market"}, {-1002, "بازار بزرگ", ""}};
  for (int i = 3; i <= 12; ++i) panel.group_rows.push_back({-1000 - i, "Market", ""});
  panel.trial.title = "Market";
  panel.trial.looked_at = 100;
  for (int i = 1; i <= 7; ++i) {
    panel.trial.matches.push_back({.text = "یک دوچرخه می‌خرم.",
                                   .marks = {{.offset = 3, .length = 6}},
                                   .link = i == 1 ? "" : "https://t.me/market/7"});
  }
  start_and_serve();
  walk(monitor_mode, try_keyword);
  type_sticker();
  type("two\nlines");
  type("دوچرخه");
  tap(next);
  tap(previous);
  type_sticker();
  for (const auto* why : {&trial_of_exclusion, &trial_no_group, &trial_no_member}) {
    panel.trial_error = fail(Errc::invalid, *why).error();
    type("@nobody");
  }
  panel.trial_error.reset();
  tap_row(0);
  tap(trial_other_group);
  tap_row(1);
  tap(trial_change);
  tap(back);
  tap(try_keyword);
  type("دوچرخه");
  tap_row(0);
  tap(trial_add);
}

}  // namespace
}  // namespace tgpanel::bot
