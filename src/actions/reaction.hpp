#pragma once
// React to a message, by one account.

#include "actions/message_link.hpp"
#include "base/async.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::actions {

/// The usual six. Each is on Telegram's list (messages.getAvailableReactions), spelled as there:
/// the heart has no variation selector.
inline constexpr std::array<std::string_view, 6> kReactions{"👍", "\u2764", "🔥", "👏", "🎉", "😁"};

/// The spelling of kReactions for what a person typed (a heart with a variation selector, a thumb
/// with a skin colour, surrounding spaces). Nothing when it is none of the six.
[[nodiscard]] std::optional<std::string_view> normalise_reaction(std::string_view emoji);

/// Telegram's spelling of any reaction that a person typed; nothing when it is no emoji. Whether
/// Telegram knows it is for Telegram to say.
[[nodiscard]] std::optional<std::string> spell_reaction(std::string_view emoji);

/// The emoji reactions that this account may give to the message, in Telegram's order; empty when
/// TDLib names none. Errors of the look-up as find_message.
Awaitable<Result<std::vector<std::string>>> available_reactions(
    std::shared_ptr<telegram::Client> client, MessageLink link);

/// Adds the reaction, spelled as spell_reaction does. Idempotent: a reaction that is chosen already
/// is success without a call. Errors of Telegram come as Errc::telegram; explain() has the
/// sentences.
Awaitable<Result<void>> react(std::shared_ptr<telegram::Client> client, MessageLink link,
                              std::string emoji);

/// True when this account's reaction is on the message.
Awaitable<Result<bool>> has_reacted(std::shared_ptr<telegram::Client> client, MessageLink link,
                                    std::string emoji);

}  // namespace tgpanel::actions
