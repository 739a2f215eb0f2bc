#pragma once
// React to a message, by one account.

#include "actions/message_link.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::actions {

/// The usual six. Each is on Telegram's list (messages.getAvailableReactions), spelled as there:
/// the heart has no variation selector.
inline constexpr std::array<std::string_view, 6> kReactions{"👍", "\u2764", "🔥", "👏", "🎉", "😁"};

/// The spelling of kReactions for what a person typed (a heart with a variation selector, a thumb
/// with a skin colour, surrounding spaces). Nothing when it is none of the six.
[[nodiscard]] std::optional<std::string_view> normalise_reaction(std::string_view emoji);

/// A message as one account sees it.
struct FoundMessage {
  ChatId chat_id = 0;
  MessageId message_id = 0;
  std::string excerpt;  // the text or caption on one line, at most 80 characters; else what it is
  std::string chosen;   // this account's own emoji reaction; empty: none
};

/// Looks a message up by this account (getMessageLinkInfo: ids and access differ per account).
/// not_found: no member of that chat, or no such message; a sentence.
Awaitable<Result<FoundMessage>> find_message(std::shared_ptr<telegram::Client> client,
                                             MessageLink link);

/// Title of a chat the account has seen. Empty when there is none.
Awaitable<Result<std::string>> chat_title(std::shared_ptr<telegram::Client> client, ChatId chat);

/// Adds the reaction (one of kReactions). Idempotent: a reaction that is chosen already is success
/// without a call. Errors of Telegram come as Errc::telegram; explain() has the sentences.
Awaitable<Result<void>> react(std::shared_ptr<telegram::Client> client, MessageLink link,
                              std::string emoji);

/// True when this account's reaction is on the message.
Awaitable<Result<bool>> has_reacted(std::shared_ptr<telegram::Client> client, MessageLink link,
                                    std::string emoji);

}  // namespace tgpanel::actions
