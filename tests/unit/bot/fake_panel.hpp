#pragma once
// A panel in memory, and logins that do what the test says.

#include "accounts/login.hpp"
#include "fake_desk.hpp"
#include "fake_preferences.hpp"
#include "hold.hpp"
#include "monitor/rule_syntax.hpp"
#include "panel/panel.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::bot {

class FakeLogin final : public accounts::Login {
 public:
  [[nodiscard]] const accounts::LoginStep& step() const override { return step_; }

  void on_step(std::function<void(const accounts::LoginStep&)> observer) override {
    observer_ = std::move(observer);
  }

  Awaitable<Result<void>> submit_phone(std::string phone) override {
    calls.push_back("phone " + phone);
    co_return next_answer();
  }

  Awaitable<Result<void>> submit_code(Secret code) override {
    calls.push_back("code " + code.reveal());
    co_return next_answer();
  }

  Awaitable<Result<void>> submit_email_address(std::string address) override {
    calls.push_back("email " + address);
    co_return next_answer();
  }

  Awaitable<Result<void>> submit_email_code(Secret code) override {
    calls.push_back("email code " + code.reveal());
    co_return next_answer();
  }

  Awaitable<Result<void>> resend_code() override {
    calls.emplace_back("resend");
    co_return next_answer();
  }

  Awaitable<Result<void>> submit_password(Secret password) override {
    calls.push_back("password " + password.reveal());
    co_return next_answer();
  }

  Awaitable<Result<void>> request_qr() override {
    calls.emplace_back("qr");
    co_return next_answer();
  }

  Awaitable<> cancel() override {
    calls.emplace_back("cancel");
    co_return;
  }

  void become(accounts::LoginStep step) {
    step_ = std::move(step);
    if (observer_) observer_(step_);
  }

  std::vector<std::string> calls;
  std::deque<Result<void>> answers;  // success once they are used up

 private:
  Result<void> next_answer() {
    if (answers.empty()) return {};
    auto answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }

  accounts::LoginStep step_ = accounts::WaitPhone{};
  std::function<void(const accounts::LoginStep&)> observer_;
};

class FakePanel final : public panel::Panel {
 public:
  [[nodiscard]] std::vector<accounts::Account> accounts() const override { return account_rows; }

  Awaitable<Result<std::shared_ptr<accounts::Login>>> begin_login() override {
    if (too_many_logins) co_return fail(Errc::busy, "Ten logins are open already.");
    logins.push_back(std::make_shared<FakeLogin>());
    logins.back()->become(next_login_step);
    co_return logins.back();
  }

  std::vector<Sentence> take_recovery_notes() override { return std::exchange(notes, {}); }

  [[nodiscard]] bool had_unfinished_login() const override { return unfinished_login; }

  void retry_kept_logins() override { ++retries; }

  bool unfinished_login = false;
  int retries = 0;

  panel::AccountDesk& desk() override { return account_desk; }

  [[nodiscard]] const panel::AccountDesk& desk() const override { return account_desk; }

  [[nodiscard]] std::vector<monitor::Keyword> keywords() const override { return keyword_rows; }

  Awaitable<Result<std::vector<monitor::RuleOutcome>>> add_keywords(
      std::vector<std::string> lines) override {
    using Fate = monitor::RuleOutcome::Fate;
    if (keyword_error) co_return std::unexpected(*keyword_error);
    std::vector<monitor::RuleOutcome> outcomes;
    for (auto& line : lines) {
      auto& outcome = outcomes.emplace_back();
      outcome.keyword.text = line;
      const auto rule = monitor::parse_rule(line);
      if (!rule) {
        outcome.reason = sentence_of(rule.error());
      } else if (std::ranges::find(keyword_rows, line, &monitor::Keyword::text) !=
                 keyword_rows.end()) {
        outcome.fate = Fate::existed;
      } else {
        outcome.fate = Fate::added;
        outcome.kind = rule->kind;
        keyword_rows.push_back({++last_id, std::move(line), Instant{}});
        outcome.keyword = keyword_rows.back();
      }
    }
    co_return outcomes;
  }

  Awaitable<Result<monitor::Ignored>> ignore(std::string who) override {
    if (people_error) co_return std::unexpected(*people_error);
    if (!who.starts_with('@')) co_return fail(Errc::invalid, "That names nobody.");
    ignored_rows.push_back({++last_id, 4711, who, Instant{}});
    co_return ignored_rows.back();
  }

  Awaitable<Result<monitor::Trial>> try_keyword(std::string line, std::string where,
                                                std::size_t) override {
    tried = line + " in " + where;
    if (trial_error) co_return std::unexpected(*trial_error);
    co_return trial;
  }

  [[nodiscard]] std::vector<monitor::Group> watched_groups() const override { return group_rows; }

  monitor::Trial trial;
  std::optional<Error> trial_error;
  std::string tried;
  std::vector<monitor::Group> group_rows;

  Awaitable<Result<monitor::Keyword>> remove_keyword(KeywordId id) override {
    const auto found = std::ranges::find(keyword_rows, id, &monitor::Keyword::id);
    if (found == keyword_rows.end()) co_return fail(Errc::not_found, "It was removed already.");
    auto removed = *found;
    keyword_rows.erase(found);
    co_return removed;
  }

  [[nodiscard]] std::vector<monitor::Ignored> ignored() const override { return ignored_rows; }

  Awaitable<Result<monitor::Ignored>> ignore_sender_of(AlertId alert) override {
    if (alert == 0) co_return fail(Errc::invalid, "This alert has no sender.");
    const auto found = std::ranges::find(ignored_rows, alert, &monitor::Ignored::peer_id);
    if (found != ignored_rows.end()) co_return fail(Errc::exists, "ignored already");
    ignored_rows.push_back({++last_id, alert, "Spammer", Instant{}});
    co_return ignored_rows.back();
  }

  Awaitable<Result<monitor::Ignored>> remove_ignored(std::int64_t row) override {
    const auto found = std::ranges::find(ignored_rows, row, &monitor::Ignored::id);
    if (found == ignored_rows.end()) co_return fail(Errc::not_found, "It was removed already.");
    auto removed = *found;
    ignored_rows.erase(found);
    co_return removed;
  }

  [[nodiscard]] Result<void> check_target(jobs::ActionKind kind,
                                          std::string_view target) const override {
    using enum jobs::ActionKind;
    const bool peer = kind != reaction && kind != vote && kind != comment;
    if (peer && target.starts_with('@')) return {};
    if (peer) return fail(Errc::invalid, "That is no name, for example @name.");
    if (target.starts_with("https://t.me/")) return {};
    return fail(Errc::invalid, "That is no message link, for example https://t.me/name/123.");
  }

  Awaitable<Result<actions::Poll>> read_poll(std::string, panel::Choice) override {
    co_await hold.pass();
    if (details_error) co_return std::unexpected(*details_error);
    co_return poll;
  }

  Awaitable<Result<std::vector<std::string>>> reactions_for(std::string, panel::Choice) override {
    co_await hold.pass();
    if (details_error) co_return std::unexpected(*details_error);
    co_return allowed_reactions;
  }

  Awaitable<Result<panel::ActionPreview>> preview_action(jobs::ActionSpec spec,
                                                         panel::Choice who) override {
    choices.push_back(who);
    co_await hold.pass();
    if (preview_error) co_return std::unexpected(*preview_error);
    panel::ActionPreview preview;
    preview.spec = std::move(spec);
    preview.title = "News";
    preview.excerpt = "Hello";
    if (const auto* some = std::get_if<panel::Some>(&who)) {
      preview.accounts.assign(account_rows.begin(), account_rows.begin() + some->count);
    } else if (const auto* picked = std::get_if<panel::Picked>(&who)) {
      for (const auto& account : account_rows) {
        const bool in = std::ranges::find(picked->ids, account.id) != picked->ids.end();
        if (in) preview.accounts.push_back(account);
      }
    } else {
      preview.accounts = account_rows;
    }
    preview.left_out = {Sentence::plain("Dora: login needed")};
    preview.waits = waits;
    preview.expected_duration = Millis{90'000};
    co_return preview;
  }

  Awaitable<Result<JobId>> start_action(panel::ActionPreview preview, UserId admin) override {
    co_await hold.pass();
    if (start_error) co_return std::unexpected(*start_error);
    if (before_start) {
      before_start();
      // What it has set going comes first.
      for (int i = 0; i < 20; ++i) {
        co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
      }
    }
    jobs::Job job;
    job.id = ++last_id;
    job.action = preview.spec;
    job.started_by = admin;
    for (const auto& account : preview.accounts)
      job.items.push_back({.account_id = account.id, .account_name = account.name, .reason = {}});
    job_rows[job.id] = job;
    co_return job.id;
  }

  Awaitable<Result<void>> pause_job(JobId id) override {
    orders.push_back("pause " + std::to_string(id));
    if (order_error) co_return std::unexpected(*order_error);
    co_return Result<void>{};
  }

  Awaitable<Result<void>> resume_job(JobId id) override {
    orders.push_back("resume " + std::to_string(id));
    if (order_error) co_return std::unexpected(*order_error);
    co_return Result<void>{};
  }

  Awaitable<Result<void>> cancel_job(JobId id) override {
    cancelled.push_back(id);
    co_return Result<void>{};
  }

  Awaitable<Result<void>> retry_failed(JobId id, int round) override {
    orders.push_back("retry " + std::to_string(id) + " " + std::to_string(round));
    if (order_error) co_return std::unexpected(*order_error);
    co_return Result<void>{};
  }

  [[nodiscard]] std::optional<Millis> job_time_left(JobId) const override { return time_left; }

  [[nodiscard]] Result<jobs::Job> job(JobId id) const override {
    const auto found = job_rows.find(id);
    if (found == job_rows.end()) return fail(Errc::not_found, "no such job");
    return found->second;
  }

  [[nodiscard]] std::vector<jobs::Job> recent_jobs(std::size_t limit) const override {
    std::vector<jobs::Job> rows;
    for (auto it = job_rows.rbegin(); it != job_rows.rend() && rows.size() < limit; ++it) {
      rows.push_back(it->second);
    }
    return rows;
  }

  [[nodiscard]] panel::Subscription watch_jobs(
      std::function<void(const jobs::Job&)> observer) override {
    observer_ = std::move(observer);
    return panel::Subscription([this] { observer_ = nullptr; });
  }

  [[nodiscard]] std::vector<jobs::DoNotContact> do_not_contact() const override {
    return listed_rows;
  }

  Awaitable<Result<jobs::DoNotContact>> add_do_not_contact(std::string who, UserId) override {
    co_await hold.pass();
    if (people_error) co_return std::unexpected(*people_error);
    if (!who.starts_with('@')) co_return fail(Errc::invalid, "Send the @name, for example @durov.");
    jobs::DoNotContact person;
    person.id = ++last_id;
    person.username = who.substr(1);
    listed_rows.push_back(person);
    co_return person;
  }

  Awaitable<Result<jobs::DoNotContact>> remove_do_not_contact(std::int64_t row) override {
    const auto found = std::ranges::find(listed_rows, row, &jobs::DoNotContact::id);
    if (found == listed_rows.end()) co_return fail(Errc::not_found, "Off the list already.");
    auto removed = *found;
    listed_rows.erase(found);
    co_return removed;
  }

  [[nodiscard]] std::vector<panel::StoppedAccount> stopped_accounts() const override {
    return stopped_rows;
  }

  Awaitable<Result<void>> end_stop(AccountId account) override {
    const auto gone = std::erase_if(
        stopped_rows, [&](const panel::StoppedAccount& one) { return one.id == account; });
    if (gone == 0) co_return fail(Errc::not_found, "This stop is over already.");
    co_return Result<void>{};
  }

  Awaitable<Result<panel::AuditExport>> export_audit() override {
    if (audit_error) co_return std::unexpected(*audit_error);
    co_return audit;
  }

  panel::Preferences& preferences() override { return settings; }

  [[nodiscard]] const panel::Preferences& preferences() const override { return settings; }

  Awaitable<Result<panel::Statistics>> statistics() override {
    if (statistics_error) co_return std::unexpected(*statistics_error);
    co_return statistics_now;
  }

  void change(const jobs::Job& job) {
    job_rows[job.id] = job;
    if (observer_) observer_(job);
  }

  void add_accounts(int count) {
    for (int i = 1; i <= count; ++i) {
      accounts::Account account;
      account.id = i;
      account.user_id = 1000 + i;
      account.name = "Account " + std::to_string(i);
      account.username = "name" + std::to_string(i);
      account.masked_phone = "+1 ••• ••0" + std::to_string(i % 10);
      account.state = accounts::AccountState::active;
      account_rows.push_back(account);
    }
  }

  FakeDesk account_desk;
  FakePreferences settings;
  panel::AuditExport audit;
  std::optional<Error> audit_error;
  panel::Statistics statistics_now;
  std::optional<Error> statistics_error;
  std::vector<accounts::Account> account_rows;
  std::vector<monitor::Keyword> keyword_rows;
  std::vector<monitor::Ignored> ignored_rows;
  std::map<JobId, jobs::Job> job_rows;
  std::vector<std::shared_ptr<FakeLogin>> logins;
  std::vector<Sentence> notes;
  std::function<void()> before_start;  // happens while a job is being started
  std::vector<jobs::DoNotContact> listed_rows;
  std::vector<panel::StoppedAccount> stopped_rows;
  std::vector<std::string> orders;  // pause, resume and retry, as they came
  std::optional<Error> order_error;
  std::optional<Millis> time_left;
  std::vector<JobId> cancelled;
  std::vector<panel::Choice> choices;  // of every preview
  std::optional<Error> preview_error;
  std::optional<Error> details_error;
  std::optional<Error> start_error;
  actions::Poll poll;
  std::vector<std::string> allowed_reactions;
  std::optional<Error> keyword_error;
  std::optional<Error> people_error;  // of whom to ignore, and whom not to write to
  std::vector<panel::Waiting> waits;  // of every preview
  Hold hold;                          // of what is looked up at Telegram, and of starts
  std::int64_t last_id = 0;
  accounts::LoginStep next_login_step = accounts::WaitPhone{};
  bool too_many_logins = false;

 private:
  std::function<void(const jobs::Job&)> observer_;
};

}  // namespace tgpanel::bot
