#include "accounts/recycler.hpp"

namespace tgpanel::accounts {

namespace {

// What a client that knows few chats may hold besides, in chats.
constexpr std::size_t kOwnShare = 3;

}  // namespace

std::size_t Recycler::share_of(const OpenClient& client) const {
  return limits_.messages_per_chat * (client.chats + kOwnShare);
}

std::optional<AccountId> Recycler::look(const std::vector<OpenClient>& clients, Instant now) {
  if (at_work_ != 0 || limits_.messages_per_chat == 0) return std::nullopt;
  std::size_t held = 0;
  std::size_t allowed = 0;
  const OpenClient* oldest = nullptr;
  const OpenClient* fullest = nullptr;
  for (const auto& client : clients) {
    held += client.messages;
    allowed += share_of(client);
    if (!client.idle || now - client.opened < limits_.youngest) continue;
    if (oldest == nullptr || client.opened < oldest->opened) oldest = &client;
    if (client.messages <= share_of(client)) continue;
    if (fullest == nullptr || client.messages > fullest->messages) fullest = &client;
  }
  if (oldest != nullptr && now - oldest->opened >= limits_.oldest) {
    at_work_ = oldest->id;
  } else if (fullest != nullptr && held > allowed) {
    at_work_ = fullest->id;
  }
  return at_work_ == 0 ? std::nullopt : std::optional(at_work_);
}

void Recycler::ended(AccountId id) {
  if (at_work_ == id) at_work_ = 0;
}

}  // namespace tgpanel::accounts
