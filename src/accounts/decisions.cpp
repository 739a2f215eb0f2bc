// What admins decide about one account: on disk first, then done.

#include "accounts/manager_impl.hpp"
#include "accounts/tasks.hpp"
#include "base/crash_point.hpp"
#include "words/catalogue.hpp"
#include "words/errors_accounts.hpp"
#include "words/errors_common.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace tgpanel::accounts {

namespace {

Notice notice_from(const storage::NoticeRow& row) {
  return {.id = row.id,
          .admin = row.admin,
          .account = row.account,
          .account_name = row.account_name,
          .what = row.what,
          .reason = words::decode(row.reason),
          .at = row.at,
          .after = row.after};
}

}  // namespace

void Manager::Impl::fill(const std::vector<storage::AccountRow>& rows) {
  for (const auto& row : rows) {
    sessions.emplace(row.id, std::make_shared<AccountSession>(
                                 executor, clock, *this, account_from(row), options.outage_bound));
  }
}

Awaitable<Result<void>> Manager::Impl::load(Self self) {
  self->opens_clients = false;
  const auto rows = co_await self->accounts.all();
  if (!rows) co_return std::unexpected(rows.error());
  self->fill(*rows);
  co_return Result<void>();
}

Result<std::shared_ptr<AccountSession>> Manager::Impl::free_session(AccountId id) const {
  if (stopping) return fail(Errc::cancelled, words::panel_stopping);
  const auto found = sessions.find(id);
  if (found == sessions.end()) return fail(Errc::not_found, words::no_such_account);
  if (held.contains(id)) {
    return fail(Errc::busy, words::account_busy);
  }
  return found->second;
}

void Manager::Impl::changed(AccountId id) {
  const auto found = sessions.find(id);
  if (found == sessions.end()) return;
  const Account account = found->second->account();
  for (const auto& observer : change_observers) observer(account);
}

Awaitable<Result<bool>> Manager::Impl::store_decision(Self self, AccountId id, AccountState state) {
  std::string word = to_string(state);
  std::string no_reason;
  std::vector<UserId> nobody;
  return self->accounts.set_state(id, std::move(word), std::move(no_reason), self->clock.now(),
                                  std::move(nobody));
}

Awaitable<Result<void>> Manager::Impl::disable(Self self, AccountId id) {
  co_await reopened(self, id);
  const auto session = self->free_session(id);
  if (!session) co_return std::unexpected(session.error());
  const auto state = (*session)->account().state;
  if (state == AccountState::disabled) {
    co_return fail(Errc::exists, words::off_already);
  }
  if (state != AccountState::active && state != AccountState::connecting) {
    co_return fail(Errc::invalid, words::nothing_to_switch_off);
  }
  const Hold hold(self, id);
  const auto stored = co_await store_decision(self, id, AccountState::disabled);
  if (!stored) co_return std::unexpected(stored.error());
  crash_point("account.disabled");
  co_await (*session)->switch_off(kCloseBound);
  co_return Result<void>();
}

Awaitable<Result<void>> Manager::Impl::enable(Self self, AccountId id) {
  const auto session = self->free_session(id);
  if (!session) co_return std::unexpected(session.error());
  if ((*session)->account().state != AccountState::disabled) {
    co_return fail(Errc::exists, words::not_off);
  }
  if ((*session)->has_client()) {
    co_return fail(Errc::busy, words::still_closing);
  }
  const Hold hold(self, id);
  auto row = co_await self->accounts.one(id);
  if (!row) co_return std::unexpected(row.error());
  const auto stored = co_await store_decision(self, id, AccountState::active);
  if (!stored) co_return std::unexpected(stored.error());
  crash_point("account.enabled");
  if (self->stopping) {
    // It is on disk: the next start opens it.
  } else if (self->opens_clients) {
    co_await open_account(self, std::move(*row));
  } else {
    (*session)->switch_on_unopened();
  }
  co_return Result<void>();
}

Awaitable<Result<void>> Manager::Impl::set_excluded(Self self, AccountId id, bool excluded) {
  const auto session = self->free_session(id);
  if (!session) co_return std::unexpected(session.error());
  const Hold hold(self, id);
  const auto stored = co_await self->accounts.set_excluded(id, excluded);
  if (!stored) co_return std::unexpected(stored.error());
  (*session)->set_excluded(excluded);
  self->changed(id);
  co_return Result<void>();
}

Awaitable<Result<void>> Manager::Impl::set_limit(Self self, AccountId id, Limit limit) {
  const auto found = self->sessions.find(id);
  if (found == self->sessions.end()) co_return fail(Errc::not_found, words::no_such_account);
  const auto session = found->second;
  if (session->account().limit == limit) co_return Result<void>();
  storage::Telling tell{self->options.admins, kLimited, {}, storage::Overtakes::its_own_kind};
  const auto stored = co_await self->accounts.set_limit(id, limit.on, limit.until,
                                                        self->clock.now(), std::move(tell));
  if (!stored) co_return std::unexpected(stored.error());
  session->set_limit(limit);
  self->changed(id);
  if (*stored) {
    for (const auto& observer : self->notice_observers) observer();
  }
  co_return Result<void>();
}

void Manager::Impl::account_frozen(AccountId id, Freeze freeze) {
  const auto found = sessions.find(id);
  if (found == sessions.end() || found->second->account().freeze == freeze) return;
  found->second->set_freeze(freeze);
  spdlog::info("account {}: {}", id, freeze.on ? "frozen by Telegram" : "not frozen any more");
  launch(executor, set_freeze(shared_from_this(), id, std::move(freeze)));
}

Awaitable<> Manager::Impl::set_freeze(Self self, AccountId id, Freeze freeze) {
  storage::FreezeRow row{freeze.on, freeze.since, freeze.until, std::move(freeze.appeal)};
  storage::Telling tell{self->options.admins, kFrozen, {}, storage::Overtakes::its_own_kind};
  const auto now = self->clock.now();
  const auto stored = co_await self->accounts.set_freeze(id, std::move(row), now, std::move(tell));
  if (!stored) {
    spdlog::error("account {}: its freeze was not stored: {}", id, stored.error().message);
    co_return;
  }
  self->changed(id);
  if (!*stored) co_return;
  for (const auto& observer : self->notice_observers) observer();
}

Awaitable<Result<void>> Manager::Impl::add_label(Self self, AccountId id, std::string label,
                                                 std::string folded) {
  const auto session = self->free_session(id);
  if (!session) co_return std::unexpected(session.error());
  const Hold hold(self, id);
  auto labels =
      co_await self->accounts.add_label(id, std::move(label), std::move(folded), kMostLabels);
  if (!labels) co_return std::unexpected(std::move(labels.error()));
  (*session)->set_labels(std::move(*labels));
  self->changed(id);
  co_return Result<void>();
}

Awaitable<Result<void>> Manager::Impl::remove_label(Self self, AccountId id, std::string label) {
  const auto session = self->free_session(id);
  if (!session) co_return std::unexpected(session.error());
  const Hold hold(self, id);
  auto labels = co_await self->accounts.remove_label(id, std::move(label));
  if (!labels) co_return std::unexpected(std::move(labels.error()));
  (*session)->set_labels(std::move(*labels));
  self->changed(id);
  co_return Result<void>();
}

Awaitable<Result<void>> Manager::load() {
  return Impl::load(impl_);
}

Awaitable<Result<void>> Manager::disable(AccountId id) {
  return Impl::disable(impl_, id);
}

Awaitable<Result<void>> Manager::enable(AccountId id) {
  return Impl::enable(impl_, id);
}

Awaitable<Result<void>> Manager::remove(AccountId id, UserId asked_by) {
  return Impl::remove(impl_, id, asked_by);
}

Awaitable<Result<void>> Manager::add_label(AccountId id, std::string label, std::string folded) {
  return Impl::add_label(impl_, id, std::move(label), std::move(folded));
}

Awaitable<Result<void>> Manager::remove_label(AccountId id, std::string label) {
  return Impl::remove_label(impl_, id, std::move(label));
}

Awaitable<Result<void>> Manager::set_excluded(AccountId id, bool excluded) {
  return Impl::set_excluded(impl_, id, excluded);
}

Awaitable<Result<void>> Manager::set_limit(AccountId id, Limit limit) {
  return Impl::set_limit(impl_, id, limit);
}

Awaitable<Result<std::vector<Notice>>> Manager::notices() {
  const auto self = impl_;
  const auto rows = co_await self->notices_.pending();
  if (!rows) co_return std::unexpected(rows.error());
  std::vector<Notice> notices;
  for (const auto& row : *rows) notices.push_back(notice_from(row));
  co_return notices;
}

Awaitable<Result<void>> Manager::hand_over_notice(std::int64_t id, MessageId after) {
  return impl_->notices_.hand_over(id, after);
}

Awaitable<Result<void>> Manager::notice_told(std::int64_t id, MessageId message) {
  return impl_->notices_.told(id, message);
}

Awaitable<Result<MessageId>> Manager::newest_in_chat(UserId admin) {
  return impl_->notices_.newest(admin);
}

}  // namespace tgpanel::accounts
