// Looking up whom an admin names; ignoring them.
#include "monitor/monitor_impl.hpp"
#include "monitor/peer_name.hpp"
#include "words/errors_monitor.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace tgpanel::monitor {

namespace {

constexpr Millis kNameDeadline{15'000};
constexpr Millis kMemoryDeadline{3'000};  // TDLib answers from memory

bool is_nobody(const telegram::TdError& error) {
  return error.message == "USERNAME_NOT_OCCUPIED" || error.message == "USERNAME_INVALID" ||
         error.code == telegram::TdError::kNotFound;
}

/// Whom a name belongs to, as an account's TDLib says.
Awaitable<Result<telegram::Chat>> find_public(std::shared_ptr<telegram::Client> client,
                                              std::string username) {
  Json call = {{"@type", "searchPublicChat"}, {"username", username}};
  auto answer = co_await client->request(std::move(call), kNameDeadline);
  if (answer) co_return telegram::parse_chat(*answer);
  if (is_nobody(answer.error())) {
    co_return fail(Errc::not_found, Sentence(words::nobody_has_name, "@" + username));
  }
  co_return std::unexpected(answer.error().to_error());
}

}  // namespace

Awaitable<Result<Ignored>> Monitor::Impl::ignore(Self self, std::string who) {
  const auto named = parse_peer_name(who);
  if (!named) co_return std::unexpected(named.error());
  const auto active = self->accounts.active_accounts();
  if (named->id != 0) {
    auto name = self->book.title(named->id);
    std::shared_ptr<telegram::Client> client;
    if (named->id > 0 && !active.empty()) {
      client = co_await self->accounts.client_soon(active.front());
    }
    if (client != nullptr) {
      Json call = {{"@type", "getUser"}, {"user_id", named->id}};
      const auto user = co_await client->request(std::move(call), kMemoryDeadline);
      if (user) name = telegram::parse_user(*user).name;
    }
    co_return co_await add_ignored(self, named->id, std::move(name));
  }
  auto username = named->username;
  auto found = co_await find_public_peer(self, std::move(username));
  if (!found) co_return std::unexpected(found.error());
  auto title = std::move(found->chat.title);
  co_return co_await add_ignored(self, found->chat.id, std::move(title));
}

Awaitable<Result<Monitor::Impl::PublicPeer>> Monitor::Impl::find_public_peer(Self self,
                                                                             std::string username) {
  std::optional<Error> wait;
  for (const auto account : self->accounts.active_accounts()) {
    const auto now = self->clock.now();
    const auto until = self->name_waits[account];
    if (until > now) {
      const auto left = std::chrono::ceil<std::chrono::seconds>(until - now).count();
      if (!wait || left < wait->retry_after_s) wait = Error{Errc::flood_wait, {}, left};
      continue;
    }
    const auto client = co_await self->accounts.client_soon(account);
    if (client == nullptr) continue;
    auto name = username;
    auto chat = co_await find_public(client, std::move(name));
    if (chat) co_return PublicPeer{std::move(*chat), account};
    if (chat.error().code != Errc::flood_wait) co_return std::unexpected(chat.error());
    const auto seconds = chat.error().retry_after_s;
    self->name_waits[account] = self->clock.now() + Millis{seconds * 1'000};
    if (!wait || seconds < wait->retry_after_s) wait = std::move(chat.error());
  }
  if (wait) {
    const auto seconds = wait->retry_after_s;
    co_return fail(Errc::flood_wait, Sentence(words::name_wait, seconds), seconds);
  }
  co_return fail(Errc::login_needed, words::name_no_account);
}

}  // namespace tgpanel::monitor
