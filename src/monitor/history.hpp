#pragma once
// Reading a chat's history through TDLib.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "telegram/client.hpp"
#include "telegram/td_types.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace tgpanel::monitor {

struct HistoryRequest {
  ChatId chat = 0;
  MessageId mark = 0;         // read down to this one, without it
  std::size_t look_back = 0;  // at most so many messages, up to the page that reaches them
  Millis deadline{};          // of each call
};

struct History {
  std::vector<telegram::Message> messages;  // newer than the mark, the oldest first
  MessageId newest = 0;                     // of all read; 0: none
  bool given_up = false;                    // the mark was not met within look_back
  std::size_t calls = 0;
};

/// Reads from the newest message down to the mark with getChatHistory, 100 a call. A deleted mark
/// is met by the first older message. Fails as TdError::to_error.
Awaitable<Result<History>> read_history(std::shared_ptr<telegram::Client> client,
                                        HistoryRequest request);

/// Asks the server, not TDLib's memory, for the chat's newest message (searchChatMessages without a
/// query). The answer carries the chat's pts: when TDLib is behind it fetches what it missed, which
/// then arrives as updates. Returns the newest message; id 0: none.
Awaitable<Result<telegram::Message>> ask_newest(std::shared_ptr<telegram::Client> client,
                                                ChatId chat, Millis deadline);

}  // namespace tgpanel::monitor
