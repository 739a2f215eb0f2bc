#pragma once
// Looking for what was sent before a crash, by ids: bots cannot read histories.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"

#include <functional>
#include <memory>

namespace tgpanel::bot {

/// The first message of the chat after `after` that fits. `newest`: known to be there, so it is
/// looked at least that far. not_found: there is none near. Executor: the domain's.
Awaitable<Result<MessageId>> find_message(std::shared_ptr<telegram::Client> client, ChatId chat,
                                          MessageId after, MessageId newest,
                                          std::function<bool(const Json& message)> fits);

}  // namespace tgpanel::bot
