#pragma once
// The message behind a link, as one account sees it.

#include "actions/message_link.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"

#include <memory>
#include <string>

namespace tgpanel::actions {

/// A message as one account sees it.
struct FoundMessage {
  ChatId chat_id = 0;
  MessageId message_id = 0;
  UserId sender_id = 0;  // 0: a chat wrote it
  std::string excerpt;   // the text or caption on one line, at most 80 characters; may be empty
  std::string chosen;    // this account's own emoji reaction; empty: none
  Json content;          // td_api MessageContent
};

/// Looks a message up by this account (getMessageLinkInfo: ids and access differ per account).
/// not_found: no member of that chat, or no such message; a sentence.
Awaitable<Result<FoundMessage>> find_message(std::shared_ptr<telegram::Client> client,
                                             MessageLink link);

/// Title of a chat the account has seen. Empty when there is none.
Awaitable<Result<std::string>> chat_title(std::shared_ptr<telegram::Client> client, ChatId chat);

}  // namespace tgpanel::actions
