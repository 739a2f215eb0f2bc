#include "accounts/manager_impl.hpp"

#include "accounts/tasks.hpp"
#include "base/crash_point.hpp"
#include "storage/database.hpp"
#include "telegram/td_types.hpp"
#include "words/catalogue.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tgpanel::accounts {

bool in_use(AccountState state) {
  switch (state) {
    case AccountState::connecting:
    case AccountState::active:
    case AccountState::disabled:
    case AccountState::deleting:
      return true;
    case AccountState::login_needed:
    case AccountState::banned:
    case AccountState::duplicated_key:
    case AccountState::wrong_key:
      return false;
  }
  return true;
}

AccountState state_from_row(const std::string& word) {
  constexpr std::array kAll{AccountState::active,         AccountState::disabled,
                            AccountState::login_needed,   AccountState::banned,
                            AccountState::duplicated_key, AccountState::wrong_key,
                            AccountState::deleting};
  for (const auto state : kAll) {
    if (word == to_string(state))
      return state == AccountState::active ? AccountState::connecting : state;
  }
  return AccountState::login_needed;
}

Account account_from(const storage::AccountRow& row) {
  Account account;
  account.id = row.id;
  account.user_id = row.user_id;
  account.name = row.name;
  account.username = row.username;
  account.masked_phone = row.masked_phone;
  account.state = state_from_row(row.state);
  account.reason = words::decode(row.reason);
  account.since = row.since;
  account.labels = row.labels;
  account.excluded = row.excluded;
  account.limit = {row.limited, row.limited_until};
  account.freeze = {row.freeze.on, row.freeze.since, row.freeze.until, row.freeze.appeal};
  account.known_groups = {row.known_groups, row.groups_known};
  return account;
}

Manager::Impl::Impl(Executor executor_, telegram::ClientFactory& factory_,
                    storage::Database& database_, storage::Keyring& keyring_, const Clock& clock_,
                    ManagerOptions options_)
    : executor(std::move(executor_)),
      factory(factory_),
      database(database_),
      keyring(keyring_),
      clock(clock_),
      options(std::move(options_)),
      accounts(database_),
      logins(database_),
      notices_(database_),
      retry_timer(executor),
      recycler(options.recycle),
      recycle_timer(executor) {}

void Manager::Impl::account_changed(const Account& account) {
  spdlog::info("account {}: {}{}{}", account.id, to_string(account.state),
               account.reason.empty() ? "" : ": ", account.reason.english());
  // "connecting" is what an active account does meanwhile: on disk it stays active. What admins
  // decided is on disk before it is done.
  const bool stored = account.state == AccountState::connecting ||
                      account.state == AccountState::disabled ||
                      account.state == AccountState::deleting;
  if (!stored) {
    launch(executor, store_state(shared_from_this(), account));
  }
  for (const auto& observer : change_observers) observer(account);
  end_recycling(account.id);
  settle_if_done();
}

void Manager::Impl::profile_changed(const Account& account) {
  launch(executor, store_profile(shared_from_this(), account));
  for (const auto& observer : change_observers) observer(account);
}

void Manager::Impl::account_ready(AccountId id) {
  for (const auto& observer : ready_observers) observer(id);
  end_recycling(id);
}

void Manager::Impl::account_update(AccountId id, const Json& update) {
  if (!kept_logins.empty() && telegram::came_online(update)) retry_kept_logins();
  for (const auto& observer : update_observers) observer(id, update);
}

void Manager::Impl::note(Sentence sentence) {
  notes.push_back(std::move(sentence));
  for (const auto& observer : note_observers) observer();
}

Awaitable<> Manager::Impl::store_state(Self self, Account account) {
  std::string word = to_string(account.state);
  auto why = words::encode(account.reason);
  auto tell = needs_person(account.state) ? self->options.admins : std::vector<UserId>();
  auto stored = co_await self->accounts.set_state(account.id, std::move(word), std::move(why),
                                                  account.since, std::move(tell));
  if (!stored) {
    spdlog::error("account {}: {}", account.id, stored.error().message);
  } else if (*stored) {
    crash_point("notice.recorded");
    for (const auto& observer : self->notice_observers) observer();
  }
}

Awaitable<> Manager::Impl::store_profile(Self self, Account account) {
  auto stored = co_await self->accounts.set_profile(account.id, account.name, account.username,
                                                    account.masked_phone);
  if (!stored) spdlog::error("account {}: {}", account.id, stored.error().message);
}

Awaitable<bool> Manager::Impl::remove_folder(std::filesystem::path folder) {
  // On the database's thread: it is the one that may wait for the disk.
  auto work = [folder](SQLite::Database&) {
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    return error.message();
  };
  const auto removed = co_await database.run(std::move(work));
  std::error_code ignored;
  if (removed && !std::filesystem::exists(folder, ignored)) co_return true;
  spdlog::error("the session folder {} could not be removed", folder.filename().string());
  co_return false;
}

std::filesystem::path Manager::Impl::folder_path(const std::string& name) const {
  return options.folder / "sessions" / name;
}

AccountSession* Manager::Impl::session_of(UserId user) const {
  for (const auto& [id, session] : sessions) {
    if (session->account().user_id == user) return session.get();
  }
  return nullptr;
}

bool Manager::Impl::any_connecting() const {
  return std::ranges::any_of(sessions, [](const auto& entry) {
    return entry.second->account().state == AccountState::connecting;
  });
}

}  // namespace tgpanel::accounts
