#include "accounts/manager.hpp"

#include "accounts/manager_impl.hpp"
#include "accounts/tasks.hpp"
#include "base/crash_point.hpp"
#include "base/files.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "words/catalogue.hpp"
#include "words/errors_accounts.hpp"
#include "words/errors_common.hpp"

#include <string_view>
#include <utility>

namespace tgpanel::accounts {

namespace {

constexpr std::size_t kMostLogins = 10;

/// Its folder could not be opened, which says nothing of the session at Telegram.
bool did_not_open(const storage::AccountRow& row) {
  if (row.state != "login_needed") return false;
  const auto* why = words::decode(row.reason).phrase();
  return why != nullptr && std::string_view(why->name) == words::folder_does_not_open.name;
}

}  // namespace

Manager::Manager(Executor executor, telegram::ClientFactory& factory, storage::Database& database,
                 storage::Keyring& keyring, const Clock& clock, ManagerOptions options)
    : impl_(std::make_shared<Impl>(std::move(executor), factory, database, keyring, clock,
                                   std::move(options))) {}

Manager::~Manager() {
  impl_->update_observers.clear();
  impl_->ready_observers.clear();
  impl_->reopen_observers.clear();
  impl_->change_observers.clear();
  impl_->note_observers.clear();
  impl_->notice_observers.clear();
  impl_->removal_observers.clear();
  impl_->removal_failure_observers.clear();
}

void Manager::on_update(std::function<void(AccountId, const Json&)> observer) {
  impl_->update_observers.push_back(std::move(observer));
}

void Manager::on_ready(std::function<void(AccountId)> observer) {
  impl_->ready_observers.push_back(std::move(observer));
}

void Manager::on_reopen(std::function<void(AccountId)> observer) {
  impl_->reopen_observers.push_back(std::move(observer));
}

void Manager::on_change(std::function<void(const Account&)> observer) {
  impl_->change_observers.push_back(std::move(observer));
}

void Manager::on_note(std::function<void()> observer) {
  impl_->note_observers.push_back(std::move(observer));
}

void Manager::on_notice(std::function<void()> observer) {
  impl_->notice_observers.push_back(std::move(observer));
}

void Manager::on_removed(std::function<void(AccountId, const Sentence&)> observer) {
  impl_->removal_observers.push_back(std::move(observer));
}

void Manager::on_removal_failed(std::function<void(AccountId, const Error&)> observer) {
  impl_->removal_failure_observers.push_back(std::move(observer));
}

Awaitable<Result<void>> Manager::start() {
  return Impl::start(impl_);
}

Awaitable<> Manager::stop(Millis bound) {
  return Impl::stop(impl_, bound);
}

std::vector<Account> Manager::list() const {
  std::vector<Account> all;
  for (const auto& [id, session] : impl_->sessions) all.push_back(session->account());
  return all;
}

Result<Account> Manager::find(AccountId id) const {
  const auto found = impl_->sessions.find(id);
  if (found == impl_->sessions.end()) return fail(Errc::not_found, words::no_such_account);
  return found->second->account();
}

std::shared_ptr<telegram::Client> Manager::client(AccountId id) const {
  const auto found = impl_->sessions.find(id);
  return found == impl_->sessions.end() ? nullptr : found->second->client();
}

AccountId Manager::account_of(UserId user) const {
  const auto* session = impl_->session_of(user);
  return session == nullptr ? 0 : session->account().id;
}

std::vector<UserId> Manager::my_user_ids() const {
  std::vector<UserId> users;
  for (const auto& [id, session] : impl_->sessions) users.push_back(session->account().user_id);
  return users;
}

void Manager::set_known_groups(AccountId id, KnownGroups groups) {
  const auto found = impl_->sessions.find(id);
  if (found != impl_->sessions.end()) found->second->set_known_groups(groups);
}

Awaitable<Result<std::shared_ptr<Login>>> Manager::begin_login(AccountId again) {
  return Impl::begin_login(impl_, again);
}

void Manager::hold_logins(std::optional<Sentence> why) {
  impl_->logins_held = std::move(why);
}

std::vector<Sentence> Manager::take_recovery_notes() {
  return std::exchange(impl_->notes, {});
}

bool Manager::had_unfinished_login() const {
  return impl_->had_unfinished_login;
}

void Manager::retry_kept_logins() {
  impl_->retry_kept_logins();
}

Awaitable<Result<std::vector<Account>>> Manager::stored() {
  auto rows = co_await impl_->accounts.all();
  if (!rows) co_return std::unexpected(std::move(rows.error()));
  std::vector<Account> accounts;
  for (const auto& row : *rows) {
    accounts.push_back(account_from(row));
    auto& state = accounts.back().state;
    if (state == AccountState::connecting) state = AccountState::active;
  }
  co_return accounts;
}

// ---- start and stop

Awaitable<Result<void>> Manager::Impl::start(Self self) {
  if (auto made = make_private_folder(self->options.folder / "sessions"); !made) co_return made;
  auto rows = co_await self->accounts.all();
  if (!rows) co_return std::unexpected(std::move(rows.error()));
  auto unfinished = co_await self->logins.all();
  if (!unfinished) co_return std::unexpected(std::move(unfinished.error()));
  if (self->stopping) co_return fail(Errc::cancelled, words::panel_stopping);

  self->fill(*rows);
  std::vector<Awaitable<>> work;
  for (auto& row : *rows) {
    // Another master key, or this machine, may have been the trouble: such an account is tried
    // again.
    if (row.state == "active" || row.state == "wrong_key" || did_not_open(row)) {
      work.push_back(open_account(self, std::move(row)));
    } else if (row.state == "deleting") {
      work.push_back(go_on_deleting(self, std::move(row)));
    }
  }
  self->had_unfinished_login = !unfinished->empty();
  for (auto& row : *unfinished) {
    work.push_back(recover(self, std::move(row), Recovery::at_start));
  }
  self->opening = work.size();
  for (auto& task : work) launch(self->executor, counted(self, std::move(task)));
  self->arm_recycling();
  co_await wait_settled(self, self->options.start_bound);
  co_return Result<void>();
}

Awaitable<> Manager::Impl::counted(Self self, Awaitable<> work) {
  co_await std::move(work);
  --self->opening;
  self->settle_if_done();
}

Awaitable<> Manager::Impl::open_account(Self self, storage::AccountRow row) {
  // A session that opens forgets that it was to stop: its closed client would be a lost session.
  if (self->stopping) co_return;
  const auto session = self->sessions.at(row.id);
  const auto folder = self->folder_path(row.folder);
  auto key = self->keyring.unwrap(row.wrapped_key);
  if (!key) {
    session->cannot_open(AccountState::wrong_key, words::session_key_wrong);
    co_return;
  }
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    session->cannot_open(AccountState::login_needed, words::folder_missing);
    co_return;
  }
  co_await session->open(self->factory, self->options.client, folder, std::move(*key));
}

Awaitable<> Manager::Impl::wait_settled(Self self, Millis bound) {
  if (self->is_settled()) co_return;
  auto begin = [self](telegram::Completion<bool> done) {
    self->settled = std::move(done);
    self->settle_if_done();  // it may have happened meanwhile
  };
  auto wait = [](decltype(begin) wait_begin) -> Awaitable<> {
    co_await telegram::await_completion<bool>(std::move(wait_begin));
  };
  std::vector<Awaitable<>> work;
  work.push_back(wait(std::move(begin)));
  const bool done = co_await run_all(self->executor, std::move(work), bound);
  if (done) co_return;
  if (auto pending = std::exchange(self->settled, nullptr)) pending(false);
}

bool Manager::Impl::is_settled() const {
  return stopping || (opening == 0 && !any_connecting());
}

void Manager::Impl::settle_if_done() {
  if (!is_settled()) return;
  if (auto done = std::exchange(settled, nullptr)) done(true);
}

Awaitable<> Manager::Impl::stop(Self self, Millis bound) {
  self->stopping = true;
  self->retry_timer.cancel();
  self->recycle_timer.cancel();
  for (auto& waiter : std::exchange(self->reopening_waiters, {})) waiter(false);
  self->update_observers.clear();
  self->ready_observers.clear();
  self->reopen_observers.clear();
  self->change_observers.clear();
  self->note_observers.clear();
  self->notice_observers.clear();
  self->removal_observers.clear();
  self->removal_failure_observers.clear();
  self->settle_if_done();
  std::vector<Awaitable<>> work;
  const auto logins_open = self->open_logins;
  work.reserve(logins_open.size() + self->sessions.size());
  for (const auto& login : logins_open) work.push_back(login->suspend());
  for (const auto& [id, session] : self->sessions) work.push_back(session->close(bound));
  co_await run_all(self->executor, std::move(work), bound);
}

// ---- logins

Awaitable<Result<std::shared_ptr<Login>>> Manager::Impl::begin_login(Self self, AccountId again) {
  using Made = Result<std::shared_ptr<Login>>;
  if (self->stopping) co_return Made(fail(Errc::cancelled, words::panel_stopping));
  if (self->logins_held) co_return Made(fail(Errc::storage, *self->logins_held));
  if (again != 0) {
    const auto account = self->free_session(again);
    if (!account) co_return Made(std::unexpected(account.error()));
    if (in_use((*account)->account().state)) {
      co_return Made(fail(Errc::exists, words::login_not_needed));
    }
  }
  if (self->open_logins.size() >= kMostLogins) {
    co_return Made(fail(Errc::busy, words::logins_open_already));
  }
  if (auto made = make_private_folder(self->options.folder / "sessions"); !made) {
    co_return Made(std::unexpected(made.error()));
  }
  LoginRecord record;
  record.folder = random_hex(16);
  record.path = self->folder_path(record.folder);
  record.key = storage::Keyring::new_database_key();
  record.wrapped_key = self->keyring.wrap(record.key);
  storage::LoginRow row;
  row.folder = record.folder;
  row.wrapped_key = record.wrapped_key;
  row.begun = self->clock.now();
  row.again = record.again = again;
  const auto id = co_await self->logins.add(std::move(row));
  if (!id) co_return Made(std::unexpected(id.error()));
  record.row = *id;
  crash_point("login.recorded");
  if (self->stopping) {
    co_await self->logins.erase(record.row);
    co_return Made(fail(Errc::cancelled, words::panel_stopping));
  }
  const auto session = self->make_session(std::move(record));
  session->open(self->options.client, self->options.login_deadline);
  co_return Made(make_login(session, self->executor));
}

std::shared_ptr<LoginSession> Manager::Impl::make_session(LoginRecord record) {
  auto session =
      std::make_shared<LoginSession>(executor, clock, *this, std::move(record),
                                     make_slotted_client(factory), options.login_patience);
  open_logins.push_back(session);
  return session;
}

Awaitable<Result<Account>> Manager::Impl::adopt(std::shared_ptr<LoginSession> login,
                                                telegram::User user) {
  const auto self = shared_from_this();
  if (login->record().unwanted) co_return fail(Errc::cancelled, words::login_cancelled);
  const auto* present = session_of(user.id);
  if (const auto again = login->record().again; again != 0) {
    const auto found = sessions.find(again);
    if (found == sessions.end()) {
      co_return fail(Errc::exists, words::login_of_deleted);
    }
    const auto& account = found->second->account();
    if (account.user_id != user.id) {
      co_return fail(Errc::exists, Sentence(words::login_of_another, user.name, account.name));
    }
  }
  if (present != nullptr && in_use(present->account().state)) {
    co_return fail(Errc::exists, Sentence(words::account_here_as, present->account().name));
  }
  if (user.is_bot) {
    co_return fail(Errc::invalid, words::account_is_bot);
  }
  if (present != nullptr && held.contains(present->account().id)) {
    co_return fail(Errc::busy, words::account_busy_login);
  }
  const Hold hold(self, present == nullptr ? 0 : present->account().id);
  const auto& record = login->record();
  storage::AccountRow row;
  row.id = record.again;
  row.user_id = user.id;
  row.name = user.name;
  row.username = user.username;
  row.masked_phone = mask_phone(user.phone);
  row.folder = record.folder;
  row.wrapped_key = record.wrapped_key;
  row.state = to_string(AccountState::active);
  row.since = clock.now();

  Account account;
  account.user_id = user.id;
  account.name = row.name;
  account.username = row.username;
  account.masked_phone = row.masked_phone;
  account.state = AccountState::active;
  account.since = row.since;

  auto adopted = co_await logins.adopt(record.row, std::move(row));
  if (!adopted) {
    if (adopted.error().code == Errc::exists) {
      co_return fail(Errc::exists, words::account_here);
    }
    co_return std::unexpected(std::move(adopted.error()));
  }
  crash_point("login.adopted");
  account.id = adopted->id;
  auto& session = self->sessions[account.id];
  if (!session)
    session =
        std::make_shared<AccountSession>(executor, clock, *this, account, options.outage_bound);
  const auto keep = session;
  keep->take_over(login->client(), account, stopping);
  account_changed(keep->account());
  if (stopping) co_await keep->close(kCloseBound);
  if (!adopted->replaced_folder.empty()) {
    co_await self->remove_folder(self->folder_path(adopted->replaced_folder));
  }
  co_return keep->account();
}

Awaitable<> Manager::Impl::forget(LoginRecord record) {
  const auto self = shared_from_this();
  // The folder first: a crash in between leaves a record whose folder is gone.
  co_await remove_folder(record.path);
  co_await self->logins.erase(record.row);
}

void Manager::Impl::login_ended(const LoginSession& login) {
  if (login.kept()) keep(login);
  std::erase_if(open_logins, [&](const auto& open) { return open.get() == &login; });
}

}  // namespace tgpanel::accounts
