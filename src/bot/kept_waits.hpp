#pragma once
// Telegram's waits of the bot, kept by somebody who outlives it.

#include "base/ids.hpp"
#include "base/time.hpp"

#include <functional>

namespace tgpanel::bot {

/// Each may be empty: then no wait outlives the bot.
struct KeptWaits {
  std::function<Instant(ChatId)> until{};  // the bot must not write to the chat; the epoch: it may
  std::function<void(ChatId, Instant until)> keep{};
};

}  // namespace tgpanel::bot
