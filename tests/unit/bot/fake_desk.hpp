#pragma once
// An account desk in memory: what was asked of it, and answers that the test sets.

#include "hold.hpp"
#include "panel/account_desk.hpp"
#include "panel/label.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::bot {

class FakeDesk final : public panel::AccountDesk {
 public:
  Awaitable<Result<void>> disable(AccountId id) override {
    return answer("disable " + std::to_string(id));
  }

  Awaitable<Result<void>> enable(AccountId id) override {
    return answer("enable " + std::to_string(id));
  }

  Awaitable<Result<void>> remove(AccountId id, UserId admin) override {
    return answer("remove " + std::to_string(id) + " for " + std::to_string(admin));
  }

  Awaitable<Result<std::shared_ptr<accounts::Login>>> log_in_again(AccountId id) override {
    calls.push_back("log in " + std::to_string(id));
    if (failure) co_return std::unexpected(*failure);
    if (!login) co_return fail(Errc::exists, "This account needs no login.");
    co_return login;
  }

  Awaitable<Result<void>> add_label(AccountId id, std::string typed) override {
    if (auto label = panel::read_label(typed); !label) refusal = std::move(label.error());
    return answer("label " + std::to_string(id) + " " + typed);
  }

  Awaitable<Result<void>> remove_label(AccountId id, std::string label) override {
    return answer("drop label " + std::to_string(id) + " " + label);
  }

  Awaitable<Result<void>> set_excluded(AccountId id, bool excluded) override {
    return answer((excluded ? "exclude " : "include ") + std::to_string(id));
  }

  [[nodiscard]] std::vector<monitor::Group> groups(AccountId) const override { return group_rows; }

  Awaitable<Result<panel::GroupNews>> update_groups(AccountId id) override {
    calls.push_back("update groups " + std::to_string(id));
    co_await hold.pass();
    const auto found = group_news.find(id);
    if (found == group_news.end() && failure) co_return std::unexpected(*failure);
    if (found == group_news.end()) co_return fail(Errc::timeout, "Telegram did not answer.");
    co_return found->second;
  }

  [[nodiscard]] bool can_check_reports() const override { return has_report_bot; }

  Awaitable<Result<actions::ReportAnswer>> check_report(AccountId id) override {
    calls.push_back("check " + std::to_string(id));
    co_await hold.pass();
    const auto found = reports.find(id);
    if (found == reports.end() && failure) co_return std::unexpected(*failure);
    if (found == reports.end()) co_return fail(Errc::timeout, "no answer");
    co_return found->second;
  }

  Awaitable<Result<std::vector<accounts::Notice>>> notices() override { co_return notice_rows; }

  Awaitable<Result<void>> hand_over_notice(std::int64_t id, MessageId after) override {
    for (auto& notice : notice_rows) {
      if (notice.id == id) notice.after = after;
    }
    co_return Result<void>();
  }

  Awaitable<Result<void>> notice_told(std::int64_t id, MessageId message) override {
    std::erase_if(notice_rows, [&](const auto& notice) { return notice.id == id; });
    told.emplace_back(id, message);
    co_return Result<void>();
  }

  Awaitable<Result<MessageId>> newest_in_chat(UserId) override { co_return newest; }

  std::vector<std::string> calls;
  std::optional<Error> refusal;  // of what is asked next
  std::optional<Error> failure;  // of a login again; of who is asked and has no answer
  Hold hold;                     // of what accounts are asked
  std::shared_ptr<accounts::Login> login;
  std::vector<monitor::Group> group_rows;
  std::map<AccountId, panel::GroupNews> group_news;
  std::map<AccountId, actions::ReportAnswer> reports;
  std::vector<accounts::Notice> notice_rows;
  std::vector<std::pair<std::int64_t, MessageId>> told;
  MessageId newest = 0;
  bool has_report_bot = true;

 private:
  Awaitable<Result<void>> answer(std::string call) {
    calls.push_back(std::move(call));
    if (auto refused = std::exchange(refusal, {})) co_return std::unexpected(*refused);
    co_return Result<void>();
  }
};

}  // namespace tgpanel::bot
