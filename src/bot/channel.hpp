#pragma once
// The alert channel at start: found, and open to the bot's posts.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "bot/bot.hpp"
#include "telegram/client.hpp"

#include <memory>

namespace tgpanel::bot {

/// The chat id of the channel; 0 for none. configuration: the bot cannot see it or may not post
/// there; the sentence says what to do. timeout: Telegram did not answer.
Awaitable<Result<ChatId>> find_channel(std::shared_ptr<telegram::Client> client, Channel channel);

/// The group where the posts of the channel are discussed; 0: there is none, or it cannot be read.
Awaitable<ChatId> find_discussion(std::shared_ptr<telegram::Client> client, ChatId channel);

}  // namespace tgpanel::bot
