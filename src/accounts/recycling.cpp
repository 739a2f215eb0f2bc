// Clients that have grown are closed and opened again, one after the other.

#include "accounts/manager_impl.hpp"
#include "accounts/tasks.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace tgpanel::accounts {

void Manager::Impl::arm_recycling() {
  if (stopping || options.recycle.messages_per_chat == 0) return;
  recycle_timer.expires_after(options.recycle.look);
  recycle_timer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self) self->look_for_recycling();
  });
}

void Manager::Impl::look_for_recycling() {
  std::vector<OpenClient> clients;
  for (const auto& [id, session] : sessions) {
    if (session->client() == nullptr) continue;
    clients.push_back({.id = id,
                       .messages = session->messages(),
                       .chats = session->chats(),
                       .opened = session->opened(),
                       .idle = session->idle() && !held.contains(id)});
  }
  if (const auto id = recycler.look(clients, clock.now())) {
    launch(executor, recycle(shared_from_this(), *id));
  }
  arm_recycling();
}

Awaitable<> Manager::Impl::recycle(Self self, AccountId id) {
  const auto row = co_await self->accounts.one(id);
  auto key =
      row ? self->keyring.unwrap(row->wrapped_key) : Result<Secret>(std::unexpected(row.error()));
  // A client that works is not closed when it could not be opened again.
  std::error_code error;
  if (!key || !std::filesystem::is_directory(self->folder_path(row->folder), error) ||
      !self->begin_recycling(id)) {
    self->recycler.ended(id);
    co_return;
  }
  auto session = self->sessions.at(id);
  auto settings = self->options.client;
  auto folder = self->folder_path(row->folder);
  co_await AccountSession::reopen(std::move(session), &self->factory, std::move(settings),
                                  std::move(folder), std::move(*key));
}

bool Manager::Impl::begin_recycling(AccountId id) {
  const auto found = sessions.find(id);
  if (stopping || found == sessions.end() || held.contains(id)) return false;
  const auto session = found->second;
  if (!session->idle()) return false;
  spdlog::debug("account {}: its client is opened anew; it held {} messages of {} chats", id,
                session->messages(), session->chats());
  if (!session->begin_reopening()) return false;
  const auto observers = reopen_observers;
  for (const auto& observer : observers) observer(id);
  return true;
}

bool Manager::Impl::is_reopening(AccountId id) const {
  const auto found = sessions.find(id);
  if (stopping || found == sessions.end()) return false;
  return found->second->account().state == AccountState::active && found->second->reopening();
}

void Manager::Impl::end_recycling(AccountId id) {
  if (recycler.at_work() != id || is_reopening(id)) return;
  recycler.ended(id);
  for (auto& waiter : std::exchange(reopening_waiters, {})) waiter(true);  // resume by post
}

Awaitable<> Manager::Impl::reopened(Self self, AccountId id) {
  while (self->is_reopening(id)) {
    auto wait = [self](telegram::Completion<bool> done) {
      self->reopening_waiters.push_back(std::move(done));
    };
    co_await telegram::await_completion<bool>(std::move(wait));
  }
}

bool Manager::is_reopening(AccountId id) const {
  return impl_->is_reopening(id);
}

Awaitable<std::shared_ptr<telegram::Client>> Manager::client_soon(AccountId id) const {
  const auto self = impl_;
  co_await Impl::reopened(self, id);
  const auto found = self->sessions.find(id);
  co_return found == self->sessions.end() ? nullptr : found->second->client();
}

}  // namespace tgpanel::accounts
