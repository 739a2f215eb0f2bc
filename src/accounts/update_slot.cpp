#include "accounts/update_slot.hpp"

#include "telegram/td_types.hpp"

namespace tgpanel::accounts {

SlottedClient make_slotted_client(telegram::ClientFactory& factory) {
  SlottedClient made;
  made.slot = std::make_shared<UpdateSlot>();
  made.client = factory.create([slot = made.slot](const Json& update) {
    if (telegram::type_of(update) == "updateConnectionState") {
      const auto state = telegram::type_of(telegram::object_field(update, "state"));
      slot->online = state == "connectionStateReady";
      slot->reached = slot->online || state == "connectionStateUpdating";
    }
    if (telegram::type_of(update) == "updateFreezeState") slot->freeze = update;
    const auto handler = slot->handler;  // a copy: the handler may replace itself
    if (handler) handler(update);
  });
  return made;
}

}  // namespace tgpanel::accounts
