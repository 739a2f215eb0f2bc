// The deletion of an account, in steps: on record, logged out at Telegram, folder gone, row gone.
// A restart goes on where the last step on record was.

#include "accounts/manager_impl.hpp"
#include "accounts/tasks.hpp"
#include "base/crash_point.hpp"
#include "words/catalogue.hpp"
#include "words/errors_accounts.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace tgpanel::accounts {

namespace {

constexpr const char* kLoggedOut = "logged_out";  // account.deleting_from

/// What was done with an account whose session was over before; empty: Telegram has to be asked.
Sentence without_telegram(AccountState before) {
  switch (before) {
    case AccountState::login_needed:
      return words::removed_ended_before;
    case AccountState::banned:
      return words::removed_banned;
    case AccountState::duplicated_key:
      return words::removed_used_twice;
    case AccountState::wrong_key:
      return words::removed_unasked;
    case AccountState::connecting:
    case AccountState::active:
    case AccountState::disabled:
    case AccountState::deleting:
      return {};
  }
  return {};
}

}  // namespace

Awaitable<Result<void>> Manager::Impl::remove(Self self, AccountId id, UserId asked_by) {
  co_await reopened(self, id);
  const auto session = self->free_session(id);
  if (!session) co_return std::unexpected(session.error());
  const auto state = (*session)->account().state;
  if (state == AccountState::deleting) {
    co_return fail(Errc::exists, words::deleting_already);
  }
  const Hold hold(self, id);
  // A session that cannot be read may live on at Telegram, as one of another key may.
  const bool unread = (*session)->account().reason == Sentence(words::session_damaged);
  const auto before = unread                              ? AccountState::wrong_key
                      : state == AccountState::connecting ? AccountState::active
                                                          : state;
  std::string from = to_string(before);
  const auto stored =
      co_await self->accounts.begin_deletion(id, std::move(from), asked_by, self->clock.now());
  if (!stored) co_return std::unexpected(stored.error());
  crash_point("delete.recorded");
  auto row = co_await self->accounts.one(id);
  if (!row) co_return std::unexpected(row.error());
  // The open client of a working account logs out by itself, and session_gone() follows.
  const bool working = state == AccountState::active || state == AccountState::connecting;
  const bool by_itself = working && (*session)->has_client() && !(*session)->reopening();
  if (!by_itself) co_await (*session)->close(kCloseBound);
  (*session)->begin_deletion();
  if (!by_itself) launch(self->executor, go_on_deleting(self, std::move(*row)));
  co_return Result<void>();
}

Awaitable<> Manager::Impl::go_on_deleting(Self self, storage::AccountRow row) {
  if (self->stopping) co_return;  // the next start goes on with it
  Sentence done = words::removed_confirmed;
  if (row.deleting_from != kLoggedOut) {
    done = without_telegram(state_from_row(row.deleting_from));
  }
  if (!done.empty()) {
    co_await finish_deletion(self, row.id, std::move(done));
    co_return;
  }
  const auto session = self->sessions.at(row.id);
  const auto folder = self->folder_path(row.folder);
  auto key = self->keyring.unwrap(row.wrapped_key);
  std::error_code ignored;
  if (!key || !std::filesystem::is_directory(folder, ignored)) {
    done = words::removed_unasked;
    co_await finish_deletion(self, row.id, std::move(done));
    co_return;
  }
  co_await session->open(self->factory, self->options.client, folder, std::move(*key));
}

Awaitable<Result<void>> Manager::go_on_deleting(AccountId id) {
  const auto self = impl_;
  auto row = co_await self->accounts.one(id);
  if (!row) co_return std::unexpected(row.error());
  if (row->state != "deleting") co_return fail(Errc::not_found, words::not_being_deleted);
  co_await Impl::go_on_deleting(self, std::move(*row));
  co_return Result<void>();
}

void Manager::Impl::session_gone(AccountId id, bool asked) {
  if (stopping) return;
  const auto self = shared_from_this();
  launch(executor,
         asked ? confirm_deletion(self, id) : finish_deletion(self, id, words::removed_unasked));
}

void Manager::Impl::removal_failed(AccountId id, const Error& error) {
  spdlog::error("account {}: not removed: {}", id, error.message);
  const auto observers = removal_failure_observers;
  for (const auto& observer : observers) observer(id, error);
}

Awaitable<> Manager::Impl::confirm_deletion(Self self, AccountId id) {
  const auto stored = co_await self->accounts.logged_out(id);
  if (!stored) {
    self->removal_failed(id, stored.error());
    co_return;  // the next start finds out again that the session is gone
  }
  crash_point("delete.logged_out");
  Sentence done = words::removed_confirmed;
  co_await finish_deletion(self, id, std::move(done));
}

Awaitable<> Manager::Impl::finish_deletion(Self self, AccountId id, Sentence what) {
  if (!self->finishing.insert(id).second) co_return;
  const auto row = co_await self->accounts.one(id);
  if (!row) {
    self->removal_failed(id, row.error());
    co_return;
  }
  const auto session = self->sessions.at(id);
  co_await session->close(kCloseBound);
  // Until the folder is gone the row is what knows of it; the next start tries again.
  const auto folder = self->folder_path(row->folder);
  const bool gone = co_await self->remove_folder(folder);
  if (!gone) {
    const Error error{Errc::storage, "The session folder could not be removed."};
    self->removal_failed(id, error);
    co_return;
  }
  crash_point("delete.folder_removed");
  storage::Telling tell{{}, kDeleted, words::encode(what)};
  if (row->deleting_for != 0) tell.admins.push_back(row->deleting_for);
  const auto removed = co_await self->accounts.remove(id, self->clock.now(), std::move(tell));
  if (!removed) {
    self->removal_failed(id, removed.error());
    co_return;
  }
  crash_point("delete.row_removed");
  spdlog::info("account {}: deleted", id);
  self->sessions.erase(id);
  const auto removal = self->removal_observers;
  for (const auto& observer : removal) observer(id, what);
  const auto notices = self->notice_observers;
  for (const auto& observer : notices) observer();
}

}  // namespace tgpanel::accounts
