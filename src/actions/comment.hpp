#pragma once
// Comment below a channel post, or reply in a group, by one account. Done at most once: see
// outgoing.hpp.

#include "actions/message_link.hpp"
#include "actions/outgoing.hpp"
#include "actions/send_message.hpp"
#include "base/async.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"

#include <memory>
#include <string>

namespace tgpanel::actions {

/// Where a comment on a message goes.
struct CommentPlace {
  Destination destination;
  Person author;            // who is replied to; id 0: a channel or a chat
  std::string title;        // of the chat that the link names
  std::string excerpt;      // of the message, as FoundMessage has it
  bool below_post = false;  // in the discussion group of the post
};

/// Looks up where a comment goes: below a post the thread in its discussion group
/// (getMessageThread), else a reply to the message itself. invalid: a channel whose posts take no
/// comments; a private chat. not_found: as find_message.
Awaitable<Result<CommentPlace>> find_comment_place(std::shared_ptr<telegram::Client> client,
                                                   MessageLink link);

}  // namespace tgpanel::actions
