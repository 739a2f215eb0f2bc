#pragma once
// The update types that somebody uses. Everything else is dropped on the receive thread, unbuilt.
// Whoever needs another type adds it here, with its reader.

#include <algorithm>
#include <array>
#include <string_view>

namespace tgpanel::telegram {

/// Sorted. Source: td_api 1.8.62.
inline constexpr std::array<std::string_view, 13> kWantedUpdates = {
    "updateAuthorizationState",    // logins, accounts, bot
    "updateBasicGroup",            // monitor: who is in which group
    "updateChatLastMessage",       // monitor: what was not pushed
    "updateChatTitle",             // monitor: titles in alerts
    "updateConnectionState",       // accounts, bot: connected since Ready
    "updateFreezeState",           // accounts: frozen by Telegram
    "updateMessageContent",        // monitor: edits
    "updateMessageSendFailed",     // SendTracker
    "updateMessageSendSucceeded",  // SendTracker
    "updateNewCallbackQuery",      // bot: buttons
    "updateNewChat",               // monitor: titles and kinds of chats
    "updateNewMessage",            // monitor, bot
    "updateSupergroup",            // monitor: public names, who is in which chat
};
static_assert(std::ranges::is_sorted(kWantedUpdates));

constexpr bool is_wanted_update(std::string_view type) {
  return std::ranges::binary_search(kWantedUpdates, type);
}

}  // namespace tgpanel::telegram
