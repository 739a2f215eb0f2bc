#pragma once
// Slow mode: in some groups one may write only so often. TDLib tells its wait as it tells any
// other.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "telegram/client.hpp"

#include <cstdint>
#include <memory>

namespace tgpanel::actions {

/// Whether a wait of so many seconds, the answer to a message to this chat, can be the chat's slow
/// mode, so that the account may write elsewhere. False when Telegram does not say.
Awaitable<bool> is_slow_mode(std::shared_ptr<telegram::Client> client, ChatId chat,
                             std::int64_t wait_s);

}  // namespace tgpanel::actions
