#pragma once
// How several alerts look as one message of the channel.

#include "bot/screen.hpp"
#include "monitor/alert_sink.hpp"

#include <vector>

namespace tgpanel::bot {

/// Numbered, each with its excerpt and link, and a row of numbered Ignore buttons. The first button
/// carries the first alert's id: by it the message is recognised. At most 4,096 units.
[[nodiscard]] Screen digest_message(Language language, const std::vector<monitor::Alert>& alerts);

}  // namespace tgpanel::bot
