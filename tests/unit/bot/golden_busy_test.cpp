// Transcripts of what is on show while Telegram has not answered, and of screens that come after
// it.

#include "golden.hpp"
#include "words/accounts.hpp"
#include "words/actions.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"
#include "words/people.hpp"

namespace tgpanel::bot {
namespace {

using namespace words;

constexpr const char* kTarget = "https://t.me/market/123";

TEST_P(Golden, WhileItIsLookedUp) {
  add_people(3);
  panel.waits = {{"علی رضایی", from_unix_ms(1'500'000 + 5'400'000)},
                 {"Newsroom desk", from_unix_ms(1'500'000 + 60'000)}};
  const auto answered = [&](Hold& hold) {
    note("Telegram has answered");
    hold.open();
    settle();
    look();
  };
  start_and_serve();
  walk(bulk, reaction, Sentence(all_accounts, 3));
  panel.hold.close();
  type(kTarget);
  type("text");
  answered(panel.hold);
  panel.hold.close();
  tap("👍");
  type("text");
  answered(panel.hold);
  panel.hold.close();
  tap(start_job);
  type("text");
  answered(panel.hold);
  walk(bulk, do_not_contact, add_do_not_contact);
  panel.hold.close();
  type("@walter");
  type("@sara");
  answered(panel.hold);
}

TEST_P(Golden, WhileAccountsAreAsked) {
  using enum actions::ReportAnswer::Verdict;
  add_people(3);
  auto& desk = panel.account_desk;
  desk.reports[1] = {clear, Instant{}, ""};
  desk.group_news[1] = {.added = {"Market"}, .gone = {}, .now = 3};
  desk.failure = refusal(Errc::telegram);
  const auto answered = [&] {
    note("Telegram has answered");
    desk.hold.open();
    settle();
    look();
  };
  start_and_serve();
  walk(report_status, check_report);
  desk.hold.close();
  tap(report_start);
  type("text");
  answered();
  walk(account_management, update_groups);
  desk.hold.close();
  tap(update_groups_start);
  type("text");
  answered();
}

TEST_P(Golden, NobodyIsPickedAnyMore) {
  add_people(2);
  start_and_serve();
  walk(bulk, join, pick_accounts);
  tap_row(0);
  note("the account that was picked is banned meanwhile");
  account(1).state = accounts::AccountState::banned;
  tap({these_accounts, 1});
}

TEST_P(Golden, KindsOfKeywords) {
  start_and_serve();
  walk(monitor_mode, add_keyword);
  type("\"red bike\"");
  tap(add_keyword);
  type("re:bi(ke|cycle)s?\n\"دوچرخه قرمز\"\nبرنده -قرعه\n-lottery\nre:(\n-");
}

}  // namespace
}  // namespace tgpanel::bot
