// Transcripts of actions, by several accounts and by one.

#include "golden.hpp"
#include "words/actions.hpp"
#include "words/job_control.hpp"
#include "words/menus.hpp"

namespace tgpanel::bot {
namespace {

using namespace words;

constexpr const char* kLink = "https://t.me/market/123";

TEST_P(Golden, React) {
  add_people(4);
  start_and_serve();
  walk(bulk, reaction);
  type("9");
  type_sticker();
  tap({all_accounts, 4});
  type_sticker();
  type("nothing");
  panel.details_error = refusal();
  type(kLink);
  panel.details_error.reset();
  type(kLink);
  type("text");
  tap(back);
  panel.allowed_reactions = {"👍", "🎉", "💯"};
  type(kLink);
  panel.preview_error = refusal();
  tap("🎉");
  panel.preview_error.reset();
  type(kLink);
  tap("🎉");
  type("text");
  tap(start_job);
  tap({recent_jobs_n, 1});
  tap_row(0);
}

TEST_P(Golden, WhoActs) {
  add_people(24);
  start_and_serve();
  walk(bulk, join, pick_accounts);
  type("2");
  tap(next);
  tap_row(0);
  tap(previous);
  tap_row(0);
  tap({these_accounts, 3});
  tap(back);
  type("x");
  type("99");
  type("3, 5-7");
  tap(cancel);
  note("all are excluded, one can act, none can act");
  for (auto& row : panel.account_rows) row.excluded = true;
  tap(bulk);
  tap(join);
  type("1");
  tap(cancel);
  panel.account_rows.front().excluded = false;
  tap(bulk);
  tap(join);
  type("2");
  tap(cancel);
  panel.account_rows.clear();
  tap(bulk);
  tap(join);
  type("1");
}

TEST_P(Golden, ByLabel) {
  add_people(30);
  for (auto& row : panel.account_rows) row.labels = {"desk " + std::to_string(row.id)};
  account(1).labels = {"support", "تهران"};
  account(2).labels = {"support"};
  start_and_serve();
  walk(bulk, join, by_label);
  type_sticker();
  type("nobody");
  tap(next);
  tap(previous);
  tap(back);
  tap(by_label);
  type("Support");
  type("@market");
}

TEST_P(Golden, ManyAct) {
  add_people(24);
  start_and_serve();
  walk(bulk, join, Sentence(all_accounts, 24));
  type("@market");
  tap(start_job);
}

TEST_P(Golden, Votes) {
  add_people(2);
  panel.poll.question = "کدام رنگ؟ / Which colour?";
  panel.poll.options = {"قرمز", "Blue", "سبز"};
  start_and_serve();
  walk(bulk, vote, Sentence(all_accounts, 2));
  type_sticker();
  type(kLink);
  type("Blue");
  tap("Blue");
  tap(cancel);
  panel.poll.several = true;
  tap(bulk);
  tap(vote);
  tap({all_accounts, 2});
  type(kLink);
  tap("قرمز");
  tap("Blue");
  tap(poll_answers_done);
  tap(cancel);
  panel.poll.several = false;
  panel.poll.quiz = true;
  tap(bulk);
  tap(vote);
  tap({all_accounts, 2});
  type(kLink);
}

TEST_P(Golden, PeopleAndChats) {
  add_people(2);
  start_and_serve();
  type("/start");
  for (const auto* action : {&join, &leave, &block, &unblock}) {
    tap(bulk);
    tap(*action);
    tap({all_accounts, 2});
    type_sticker();
    type("nobody");
    type("@walter");
    tap(cancel);
  }
}

TEST_P(Golden, MessagesAndComments) {
  add_people(2);
  start_and_serve();
  walk(bulk, message, Sentence(all_accounts, 2));
  type_sticker();
  type("@walter");
  type_sticker();
  type(" ");
  type("سلام! Hello.");
  tap(start_job);
  tap(comment);
  tap({all_accounts, 2});
  type_sticker();
  type(kLink);
  type("آفرین");
}

TEST_P(Golden, OneActs) {
  add_people(2);
  start_and_serve();
  walk(individual);
  tap_row(1);
  tap(reaction);
  type(kLink);
  tap("👍");
  tap(start_job);
}

}  // namespace
}  // namespace tgpanel::bot
