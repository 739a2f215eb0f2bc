#pragma once
// Join and leave a chat, by one account. Both idempotent.

#include "actions/peer_link.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace tgpanel::actions {

/// A group or channel as one account sees it.
struct SeenChat {
  ChatId chat_id = 0;  // 0: known by its invite link alone
  std::string title;
  bool is_member = false;
  bool asks_first = false;        // an administrator has to let people in
  std::int64_t member_count = 0;  // 0: not known
};

/// Looks the chat up by this account. not_found and invalid: a sentence; Telegram's errors as
/// Errc::telegram (error_text.hpp has the sentences).
Awaitable<Result<SeenChat>> find_chat(std::shared_ptr<telegram::Client> client, ChatLink link);

enum class Joined : std::uint8_t {
  now_or_before,
  asked,  // an administrator has to approve
};

/// A member already: success without a call.
Awaitable<Result<Joined>> join_chat(std::shared_ptr<telegram::Client> client, ChatLink link);
/// No member: success without a call.
Awaitable<Result<void>> leave_chat(std::shared_ptr<telegram::Client> client, ChatLink link);

}  // namespace tgpanel::actions
