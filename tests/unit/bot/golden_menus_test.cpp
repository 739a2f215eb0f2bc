// Transcripts of the menus, and of what the chat says by itself.

#include "golden.hpp"
#include "words/accounts.hpp"
#include "words/actions.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"
#include "words/people.hpp"

namespace tgpanel::bot {
namespace {

using namespace words;

TEST_P(Golden, EmptyPanel) {
  start_and_serve();
  walk(account_management, list_accounts, back, inactive_accounts, back, search);
  type("Ali");
  walk(individual, back, bulk, recent_jobs, back, do_not_contact, back, reaction);
  type("1");
  walk(monitor_mode, list_keywords, back, ignored_users, back, back, report_status, check_report);
  tap(back);
  note("no report check bot is set");
  panel.account_desk.has_report_bot = false;
  tap(check_report);
}

TEST_P(Golden, AccountLists) {
  using enum accounts::AccountState;
  add_people(13);
  for (const auto state :
       {connecting, disabled, login_needed, banned, duplicated_key, wrong_key, deleting}) {
    account(static_cast<AccountId>(state) + 2).state = state;
  }
  account(5).reason = kRefusal;
  account(4).known_groups = {12, from_unix_ms(1'790'000'000'000)};
  start_and_serve();
  walk(account_management, list_accounts, next, previous, back, inactive_accounts);
  walk(individual, next, previous);
  tap_row(0);
  tap(back);
  note("an account that is not active");
  tap_row(1);
  walk(report_status, refresh);
}

TEST_P(Golden, AccountPages) {
  using enum accounts::AccountState;
  add_people(1);
  auto& one = account(1);
  panel.account_desk.group_rows = {{-1001, "Market", "market"}, {-1002, "بازار بزرگ", ""}};
  start_and_serve();
  walk(account_management, list_accounts);
  tap_row(0);
  tap(switch_off);
  one.state = disabled;
  tap(refresh);
  tap(switch_on);
  one.state = active;
  tap(refresh);
  tap(exclude);
  one.excluded = true;
  tap(refresh);
  tap(include);
  one.limit.on = true;
  tap(refresh);
  one.limit.until = from_unix_ms(1'790'000'000'000);
  tap(refresh);
  one.excluded = false;
  for (const auto state : {connecting, login_needed, banned, duplicated_key, wrong_key}) {
    one.state = state;
    one.limit = {};
    if (state == banned) one.reason = kRefusal;
    tap(refresh);
    one.reason = {};
  }
  one.known_groups = {12, from_unix_ms(1'790'000'000'000)};
  tap(refresh);
  one.state = active;
  note("frozen, and kept waiting by Telegram");
  one.freeze.on = true;
  one.freeze.since = one.since;
  one.waiting_until = from_unix_ms(1'790'000'000'000);
  tap(refresh);
  one.freeze.until = from_unix_ms(1'800'000'000'000);
  one.freeze.appeal = "https://t.me/spambot";
  tap(refresh);
  one.freeze = {};
  tap(refresh);
  tap(back);
  tap_row(0);
  one.waiting_until = {};
  note("a refusal");
  tap(refresh);
  panel.account_desk.refusal = refusal();
  tap(exclude);
  tap(delete_account);
  tap(yes_delete);
  one.state = deleting;
  tap(refresh);
  note("it is gone");
  panel.account_rows.clear();
  tap(refresh);
}

TEST_P(Golden, AccountGroups) {
  add_people(1);
  start_and_serve();
  walk(account_management, list_accounts);
  tap_row(0);
  tap(show_groups);
  tap(back);
  for (int i = 1; i <= 22; ++i) {
    panel.account_desk.group_rows.push_back(
        {-1000 - i, i % 2 == 0 ? "Market " + std::to_string(i) : "بازار " + std::to_string(i),
         i % 3 == 0 ? "market" + std::to_string(i) : ""});
  }
  panel.account_desk.group_rows.front().title.clear();
  tap(show_groups);
  tap(next);
  tap(previous);
}

TEST_P(Golden, AccountLabels) {
  add_people(1);
  start_and_serve();
  walk(account_management, list_accounts);
  tap_row(0);
  tap(labels);
  tap(add_label);
  type_sticker();
  panel.account_desk.refusal = refusal();
  type("support");
  account(1).labels = {"support", "تهران"};
  type("تهران");
  tap("✕ support");
}

TEST_P(Golden, AccountSearch) {
  add_people(20);
  start_and_serve();
  walk(account_management, search);
  type_sticker();
  type("…");
  type("nobody");
  type("رضایی 2");
  type("name");
  tap(next);
  tap(previous);
  tap(back);
}

TEST_P(Golden, Keywords) {
  start_and_serve();
  walk(monitor_mode, add_keyword);
  type_sticker();
  type("/help");
  tap(add_keyword);
  type("دوچرخه");
  tap(add_keyword);
  type("دوچرخه");
  type("bike\nدوچرخه\n-lottery\n" + std::string(201, 'x'));
  tap(add_keyword);
  panel.keyword_error = refusal();
  type("red");
  panel.keyword_error.reset();
  note("many at once");
  std::string many;
  for (int i = 1; i <= 10; ++i) many += "bike " + std::to_string(i) + "\n";
  type(many);
  tap(list_keywords);
  tap(next);
  tap(previous);
  tap("✕ bike");
  tap(back);
  tap("✕ bike");
  panel.keyword_rows.clear();
  tap(yes_remove);
  panel.keyword_rows = {{7, "دوچرخه", {}}};
  tap(back);
  tap("✕ دوچرخه");
  tap(yes_remove);
}

TEST_P(Golden, KeywordFiles) {
  start_and_serve();
  walk(monitor_mode, list_keywords, export_keywords, add_keyword);
  type_file("red", 300 * 1024 + 1);
  type_file("red\n\xff");
  type_file("# nothing\n\n");
  telegram.refused["downloadFile"] = {400, "FILE_REFERENCE_EXPIRED"};
  type_file("red");
  telegram.refused.clear();
  type_file("# ours\nدوچرخه\nbike\n-lottery\n" + std::string(201, 'x'));
  walk(monitor_mode, list_keywords);
  telegram.refused["inputMessageDocument"] = {400, "FILE_PARTS_INVALID"};
  tap(export_keywords);
  telegram.refused.clear();
  tap(export_keywords);
}

TEST_P(Golden, IgnoredUsers) {
  start_and_serve();
  walk(monitor_mode, ignored_users, ignore_somebody);
  type_sticker();
  type("/help");
  type("nobody");
  type("@spammer");
  tap(back);
  tap(ignored_users);
  panel.ignored_rows = {{1, 4711, "Spammer", {}}, {2, -1009, "گروه تبلیغ", {}}, {3, 555, "", {}}};
  for (int i = 4; i <= 10; ++i) panel.ignored_rows.push_back({i, 6000 + i, "", {}});
  note("the list has changed meanwhile");
  tap(ignore_somebody);
  tap(next);
  tap(previous);
  tap_row(0);
  tap(yes_remove);
  note("removed meanwhile");
  tap_row(0);
  panel.ignored_rows.clear();
  tap(yes_remove);
}

TEST_P(Golden, DoNotContact) {
  add_people(2);
  start_and_serve();
  walk(bulk, do_not_contact, add_do_not_contact);
  type_sticker();
  type("nobody");
  type("@walter");
  jobs::DoNotContact other;
  other.id = 77;
  other.user_id = 4712;
  other.name = "والتر";
  panel.listed_rows.push_back(other);
  note("the list has changed meanwhile");
  tap(add_do_not_contact);
  tap_row(0);
  tap(yes_remove);
  tap_row(0);
  panel.listed_rows.clear();
  tap(yes_remove);
  panel.stopped_rows = {{1, "Sara Miller", std::chrono::hours{3}},
                        {2, "علی رضایی", std::chrono::minutes{5}}};
  tap(back);
  tap({stopped_accounts_n, 2});
  tap_row(0);
  tap(back);
  tap_row(0);
  tap(yes_end_stop);
  tap_row(0);
  panel.stopped_rows.clear();
  tap(yes_end_stop);
  tap(back);
}

TEST_P(Golden, ByItself) {
  add_people(1);
  panel.notes = {kRefusal, kRefusal};
  jobs::Job job;
  job.id = 5;
  job.action = jobs::JoinSpec{"@market"};
  job.started_by = kAdmin;
  job.items = {{.account_id = 1, .account_name = "Sara Miller", .reason = {}}};
  panel.job_rows[5] = job;
  start_and_serve();
  note("at the start");
  look();
  note("a text that nobody asked for");
  type("hello");
  type("/cancel");
  note("a text of before the start");
  telegram.say(kAdmin, "hello", 0, telegram.server_time - 1);
  settle();
  look();
  note("one that may be the password of a login that was unfinished then");
  panel.unfinished_login = true;
  telegram.say(kAdmin, "hello", 0, telegram.server_time - 1);
  settle();
  look();
  type("/start");
  const auto menu = telegram.last(kAdmin);
  tap(monitor_mode);
  tap(add_keyword);
  const auto prompt = telegram.last(kAdmin);
  note("a button of a menu while a question is open");
  telegram.chats[kAdmin][menu.id + 1] = menu;
  telegram.chats[kAdmin][menu.id + 1].id = menu.id + 1;
  look();
  tap(bulk);
  telegram.chats[kAdmin].erase(menu.id + 1);
  type("/start");
  note("a button of a question that is over");
  telegram.chats[kAdmin][prompt.id] = prompt;
  look();
  tap(cancel);
  note("a button that nobody knows");
  telegram.press_data(kAdmin, kAdmin, shown_id(), "garbage");
  settle();
  look();
  note("a button of a menu that has changed");
  panel.keyword_rows = {{1, "دوچرخه", {}}};
  walk(monitor_mode, list_keywords);
  tap("✕ دوچرخه");
  panel.keyword_rows.clear();
  tap(yes_remove);
}

}  // namespace
}  // namespace tgpanel::bot
