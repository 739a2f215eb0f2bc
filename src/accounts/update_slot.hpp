#pragma once
// Where a client's updates go. It changes once: from the login to the account it became.

#include "telegram/client.hpp"

#include <memory>

namespace tgpanel::accounts {

struct UpdateSlot {
  telegram::UpdateHandler handler;
  Json freeze;           // the last updateFreezeState; null: none came
  bool online = false;   // the last updateConnectionState was connectionStateReady
  bool reached = false;  // it was this, or connectionStateUpdating
};

struct SlottedClient {
  std::shared_ptr<UpdateSlot> slot;
  std::shared_ptr<telegram::Client> client;
};

/// A new client whose updates go to whatever handler is in the slot.
[[nodiscard]] SlottedClient make_slotted_client(telegram::ClientFactory& factory);

}  // namespace tgpanel::accounts
