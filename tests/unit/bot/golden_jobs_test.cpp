// Transcripts of job cards, the list of jobs, alerts, notices, and the sentences of the start.

#include "bot/job_card.hpp"
#include "golden.hpp"
#include "telegram/open_client.hpp"
#include "words/accounts.hpp"
#include "words/actions.hpp"
#include "words/alerts.hpp"
#include "words/job_control.hpp"
#include "words/menus.hpp"

#include <array>

namespace tgpanel::bot {
namespace {

using namespace words;
using jobs::ItemState;

jobs::Job job_of(JobId id, jobs::ActionSpec action, int items) {
  jobs::Job job;
  job.id = id;
  job.action = std::move(action);
  job.started_by = kAdmin;
  job.created = from_unix_ms(1'000'000);
  for (int i = 1; i <= items; ++i) {
    job.items.push_back(
        {.account_id = i, .account_name = i % 2 == 0 ? "علی رضایی" : "Sara Miller", .reason = {}});
  }
  return job;
}

TEST_P(Golden, JobCards) {
  auto job = job_of(3, jobs::ReactionSpec{"https://t.me/market/123", "👍"}, 8);
  panel.job_rows[3] = job;
  start_and_serve();
  note("at the start: it goes on");
  look();
  constexpr std::array kItemStates{ItemState::queued,  ItemState::claimed, ItemState::handed,
                                   ItemState::waiting, ItemState::done,    ItemState::failed,
                                   ItemState::skipped, ItemState::unknown};
  for (std::size_t i = 0; i < kItemStates.size(); ++i) job.items[i].state = kItemStates.at(i);
  job.items[3].not_before = clock.now() + std::chrono::minutes(90);
  job.items[5].reason = kRefusal;
  panel.time_left = Millis{5'400'000};
  change(job);
  tap(pause_job);
  job.state = jobs::JobState::paused;
  change(job);
  panel.order_error = refusal();
  tap(resume_job);
  panel.order_error.reset();
  tap(resume_job);
  job.state = jobs::JobState::running;
  change(job);
  tap(cancel);
  job.state = jobs::JobState::cancelled;
  job.finished = from_unix_ms(1'000'000 + 59'000);
  for (auto& item : job.items) {
    if (!jobs::is_final(item.state)) item.state = ItemState::skipped;
  }
  change(job);
  tap(results_as_file);
  telegram.refused["inputMessageDocument"] = {400, "FILE_PARTS_INVALID"};
  tap(results_as_file);
  telegram.refused.clear();
  tap({retry_failed, 1});
  note("a press on an older picture of the card");
  press_card(3, kCancelJob);
  job.items.resize(1);
  job.items[0].state = ItemState::done;
  job.state = jobs::JobState::done;
  job.started_by = kOther;
  job.retries = 2;
  job.finished = from_unix_ms(1'000'000 + 3'600'000 + 300'000);
  change(job);
  note("a press on the card of a job that is gone");
  press_card(9, kCancelJob);
  press_card(9, "p0");
}

TEST_P(Golden, JobCardPages) {
  auto job = job_of(4, jobs::CommentSpec{"https://t.me/market/123", "آفرین"}, 23);
  for (auto& item : job.items) item.state = ItemState::done;
  job.items[1].reason = kRefusal;
  job.state = jobs::JobState::done;
  job.finished = from_unix_ms(1'000'000 + 120'000);
  panel.job_rows[4] = job;
  start_and_serve();
  walk(bulk, Sentence(recent_jobs_n, 1));
  tap({job_button, 4});
  tap(next);
  tap(previous);
}

TEST_P(Golden, JobList) {
  using namespace jobs;
  const std::vector<ActionSpec> actions{ReactionSpec{"https://t.me/market/1", "👍"},
                                        VoteSpec{"https://t.me/market/1", {0}, "قرمز"},
                                        JoinSpec{"@market"},
                                        LeaveSpec{"@market"},
                                        BlockSpec{"@walter"},
                                        UnblockSpec{"@walter"},
                                        MessageSpec{"@walter", "سلام"},
                                        CommentSpec{"https://t.me/market/1", "آفرین"},
                                        JoinSpec{"https://t.me/+AbCd"}};
  for (std::size_t i = 0; i < actions.size(); ++i) {
    auto job = job_of(static_cast<JobId>(i) + 1, actions[i], 2);
    job.state = i == 0   ? JobState::cancelled
                : i == 1 ? JobState::running
                : i == 2 ? JobState::paused
                         : JobState::done;
    for (auto& item : job.items)
      item.state = i == 1 || i == 2 ? ItemState::queued : ItemState::done;
    panel.job_rows[job.id] = job;
  }
  start_and_serve();
  walk(bulk, Sentence(recent_jobs_n, actions.size()), next, previous);
  walk(report_status);
}

monitor::Alert alert(AlertId id) {
  monitor::Alert alert;
  alert.id = id;
  alert.account_name = "علی رضایی";
  alert.chat_title = "Market";
  alert.sender_id = 555;
  alert.sender_name = "Walter";
  alert.keyword = "دوچرخه";
  alert.text = "یک دوچرخه می‌خرم.";
  alert.marks = {{3, 6}};
  alert.link = "https://t.me/market/9";
  return alert;
}

TEST_P(Golden, Alerts) {
  start_and_serve();
  ASSERT_TRUE(run(bot->newest(0)));
  look();
  ASSERT_TRUE(run(bot->send(alert(1))));
  look();
  const auto message = shown_id(kChannel);
  press_alert(message, ignore_user);
  press_alert(message, ignored_mark);
  note("no link, no sender");
  auto bare = alert(2);
  bare.link.clear();
  bare.sender_id = 0;
  bare.sender_name.clear();
  ASSERT_TRUE(run(bot->send(bare)));
  look();
  press_alert(shown_id(kChannel), {no_sender_button, 2});
  note("a chat that wrote as itself");
  auto chat = alert(3);
  chat.sender_id = 0;
  chat.sender_chat_id = -1009;
  ASSERT_TRUE(run(bot->send(chat)));
  look();
  press_alert(shown_id(kChannel), ignore_user);
  note("names that nobody knows");
  auto nameless = alert(7);
  nameless.account_name.clear();
  nameless.sender_name.clear();
  nameless.chat_title.clear();
  nameless.chat_id = -1001;
  ASSERT_TRUE(run(bot->send(nameless)));
  look();
  note("several in one message");
  std::vector<monitor::Alert> several{alert(4), bare};
  ASSERT_TRUE(run(bot->send_digest(std::move(several))));
  look();
}

TEST_P(Golden, Notices) {
  panel.stopped_rows = {{7, "علی رضایی", std::chrono::hours{24}}};
  std::int64_t id = 0;
  for (const std::string what : {"login_needed", "banned", "duplicated_key", "wrong_key", "frozen",
                                 "limited", "unwanted", "deleted"}) {
    panel.account_desk.notice_rows.push_back(
        {.id = ++id,
         .admin = kAdmin,
         .account = 7,
         .account_name = id % 2 == 0 ? "Sara Miller" : "علی رضایی",
         .what = what,
         .reason = id == 1 ? Sentence(kRefusal) : Sentence()});
  }
  start_and_serve();
  look();
}

TEST_P(Golden, ReportStatus) {
  using enum actions::ReportAnswer::Verdict;
  add_people(12);
  auto& reports = panel.account_desk.reports;
  reports[1] = {clear, Instant{}, ""};
  reports[2] = {limited, Instant{}, ""};
  reports[3] = {limited, from_unix_ms(1'790'000'000'000), ""};
  reports[4] = {unclear, Instant{}, "Dear Sara, …"};
  start_and_serve();
  walk(report_status, check_report);
  type("hello");
  tap(report_start);
  tap(next);
  tap(previous);
}

TEST_P(Golden, Starting) {
  const auto fails = [&] {
    const auto started = start();
    ASSERT_FALSE(started);
    print(sentence_of(started.error()));
    bot.reset();
  };
  note("the key");
  telegram.refused["setTdlibParameters"] = {401, telegram::kWrongKey};
  fails();
  telegram.refused.clear();
  note("the token");
  options.token = Secret("42:wrong");
  fails();
  options.token = Secret("42:good");
  note("Telegram refuses");
  telegram.refused["checkAuthenticationBotToken"] = {429, "Too Many Requests: retry after 30"};
  fails();
  telegram.refused["checkAuthenticationBotToken"] = {500, "Internal"};
  fails();
  telegram.refused.clear();
  note("the channel");
  telegram.refused["getChat"] = {400, "Chat not found"};
  fails();
  telegram.refused["getChat"] = {429, "Too Many Requests: retry after 30"};
  fails();
  telegram.refused.clear();
  telegram.channel_status["rights"]["can_post_messages"] = false;
  fails();
  telegram.channel_status["rights"]["can_post_messages"] = true;
  telegram.channel_type = {{"@type", "chatTypePrivate"}, {"user_id", 7}};
  fails();
  options.channel = std::monostate{};
  ASSERT_TRUE(start());
  const auto sent = run(bot->send(alert(1)));
  print(sentence_of(sent.error()));
  note("the session ends");
  bot->on_lost([&](const Error& error) { print(sentence_of(error)); });
  telegram.update({{"@type", "updateAuthorizationState"},
                   {"authorization_state", {{"@type", "authorizationStateClosed"}}}});
  settle();
}

}  // namespace
}  // namespace tgpanel::bot
