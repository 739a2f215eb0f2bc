#pragma once
// How an alert looks in the channel.

#include "bot/screen.hpp"
#include "monitor/alert_sink.hpp"

#include <string>
#include <string_view>

namespace tgpanel::bot {

// Actions in the data of an alert's buttons. There is always one that carries the alert's id, so
// that an alert can be recognised in the channel.
inline constexpr std::string_view kIgnoreSender = "ignore";
inline constexpr std::string_view kIgnoredAlready = "ignored";
inline constexpr std::string_view kNoSender = "none";

/// Cut to 4,096 units around the match: the message gives way, its header does not.
[[nodiscard]] Screen alert_message(Language language, const monitor::Alert& alert);

// Names as they are shown: where nobody knew one, words that say so, with the id.
[[nodiscard]] std::string shown_account(Language language, const monitor::Alert& alert);
[[nodiscard]] std::string shown_chat(Language language, const monitor::Alert& alert);
/// Empty: there is no sender.
[[nodiscard]] std::string shown_sender(Language language, const monitor::Alert& alert);

/// Whether there is anybody whom *Ignore user* could mean: posts and anonymous admins write as the
/// chat itself.
[[nodiscard]] bool has_sender(const monitor::Alert& alert);

/// The id in the button data of a td_api `message`; 0: it is no alert.
[[nodiscard]] AlertId alert_id_of(const Json& message);

/// The message is that alert, or a digest with it.
[[nodiscard]] bool has_alert(const Json& message, AlertId alert);

/// A td_api `replyMarkupInlineKeyboard` of an alert with its Ignore button turned into a mark that
/// this was done; null when there is nothing to turn.
[[nodiscard]] Json mark_ignored(Language language, const Json& markup, AlertId alert);

}  // namespace tgpanel::bot
