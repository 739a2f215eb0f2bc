#include "panel/manager_desk.hpp"

#include "accounts/manager.hpp"
#include "actions/error_text.hpp"
#include "actions/report_question.hpp"
#include "jobs/limiter.hpp"
#include "monitor/monitor.hpp"
#include "panel/account_text.hpp"
#include "panel/label.hpp"
#include "words/errors_panel.hpp"

#include <utility>

namespace tgpanel::panel {

ManagerDesk::ManagerDesk(Executor executor, DeskParts parts, DeskOptions options)
    : executor_(std::move(executor)),
      manager_(parts.manager),
      monitor_(parts.monitor),
      limiter_(parts.limiter),
      clock_(parts.clock),
      groups_(parts.database),
      options_(std::move(options)) {}

void ManagerDesk::feed(AccountId account, const Json& update) {
  const auto found = questions_.find(account);
  if (found == questions_.end()) return;
  const auto question = found->second;
  question->observe(update);
}

Awaitable<Result<void>> ManagerDesk::disable(AccountId id) {
  return manager_.disable(id);
}

Awaitable<Result<void>> ManagerDesk::enable(AccountId id) {
  return manager_.enable(id);
}

Awaitable<Result<void>> ManagerDesk::remove(AccountId id, UserId admin) {
  return manager_.remove(id, admin);
}

Awaitable<Result<std::shared_ptr<accounts::Login>>> ManagerDesk::log_in_again(AccountId id) {
  return manager_.begin_login(id);
}

Awaitable<Result<void>> ManagerDesk::add_label(AccountId id, std::string typed) {
  auto label = read_label(typed);
  if (!label) co_return std::unexpected(std::move(label.error()));
  co_return co_await manager_.add_label(id, std::move(label->text), std::move(label->folded));
}

Awaitable<Result<void>> ManagerDesk::remove_label(AccountId id, std::string label) {
  return manager_.remove_label(id, std::move(label));
}

Awaitable<Result<void>> ManagerDesk::set_excluded(AccountId id, bool excluded) {
  return manager_.set_excluded(id, excluded);
}

std::vector<monitor::Group> ManagerDesk::groups(AccountId id) const {
  const auto account = manager_.find(id);
  if (!account || account->state != accounts::AccountState::active) return {};
  return monitor_.groups_of(id);
}

Awaitable<Result<GroupNews>> ManagerDesk::update_groups(AccountId id) {
  const auto account = manager_.find(id);
  if (!account) co_return std::unexpected(account.error());
  auto client = co_await manager_.client_soon(id);
  if (!client) co_return fail(Errc::login_needed, why_not(*account));
  // TDLib keeps the list of chats current by itself as long as Telegram answers: that it does is
  // asked by a call that changes nothing.
  const auto limited = limiter_.wrap(id, std::move(client));
  Json function = {{"@type", "getActiveSessions"}};
  const auto answer = co_await limited->request(std::move(function), options_.groups_deadline);
  if (!answer) {
    const auto error = answer.error().to_error();
    co_return fail(error.code, actions::explain(error), error.retry_after_s);
  }
  std::vector<storage::GroupRow> rows;
  for (const auto& group : monitor_.groups_of(id)) {
    rows.push_back({group.id, group.title.empty() ? std::to_string(group.id) : group.title});
  }
  const auto now = clock_.now();
  auto difference = co_await groups_.replace(id, std::move(rows), now);
  if (!difference) co_return std::unexpected(std::move(difference.error()));
  manager_.set_known_groups(id, {difference->now, now});
  GroupNews news{.added = {}, .gone = {}, .now = difference->now, .first = difference->first};
  for (auto& group : difference->added) news.added.push_back(std::move(group.title));
  for (auto& group : difference->gone) news.gone.push_back(std::move(group.title));
  co_return news;
}

bool ManagerDesk::can_check_reports() const {
  return !options_.report_bot.empty();
}

Awaitable<Result<actions::ReportAnswer>> ManagerDesk::check_report(AccountId id) {
  if (!can_check_reports()) {
    co_return fail(Errc::configuration, words::no_report_bot_set);
  }
  const auto account = manager_.find(id);
  if (!account) co_return std::unexpected(account.error());
  auto client = co_await manager_.client_soon(id);
  if (!client) co_return fail(Errc::login_needed, why_not(*account));
  if (questions_.contains(id)) co_return fail(Errc::exists, words::being_asked);
  auto held = limiter_.wrap(id, std::move(client));
  const auto question =
      std::make_shared<actions::ReportQuestion>(executor_, std::move(held), options_.report_bot);
  questions_[id] = question;
  const auto text = co_await question->ask(options_.report_deadline);
  questions_.erase(id);
  if (!text) {
    if (text.error().code == Errc::timeout) co_return std::unexpected(text.error());
    co_return fail(text.error().code, actions::explain(text.error()), text.error().retry_after_s);
  }
  auto answer = actions::read_report_answer(*text);
  using enum actions::ReportAnswer::Verdict;
  if (answer.verdict != unclear) {
    const accounts::Limit limit{answer.verdict == limited, answer.until};
    const auto noted = co_await manager_.set_limit(id, limit);
    if (!noted) co_return std::unexpected(noted.error());
  }
  co_return answer;
}

Awaitable<Result<std::vector<accounts::Notice>>> ManagerDesk::notices() {
  return manager_.notices();
}

Awaitable<Result<void>> ManagerDesk::hand_over_notice(std::int64_t id, MessageId after) {
  return manager_.hand_over_notice(id, after);
}

Awaitable<Result<void>> ManagerDesk::notice_told(std::int64_t id, MessageId message) {
  return manager_.notice_told(id, message);
}

Awaitable<Result<MessageId>> ManagerDesk::newest_in_chat(UserId admin) {
  return manager_.newest_in_chat(admin);
}

}  // namespace tgpanel::panel
