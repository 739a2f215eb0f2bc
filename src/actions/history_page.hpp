#pragma once
// A page of a chat's history, as far as an empty one can be believed.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"

#include <memory>

namespace tgpanel::actions {

/// td_api's most for one call.
inline constexpr int kHistoryPage = 100;

/// The messages older than `from` (0: the newest), newest first, at most `limit`; an array. TDLib
/// may answer with none from memory before it has asked Telegram: empty means that it said so
/// twice.
Awaitable<Result<Json>> history_page(std::shared_ptr<telegram::Client> client, ChatId chat,
                                     MessageId from, int limit = kHistoryPage);

}  // namespace tgpanel::actions
