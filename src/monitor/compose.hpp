#pragma once
// From a matched message to the alert about it.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "monitor/alert_sink.hpp"
#include "monitor/chat_book.hpp"
#include "monitor/matcher.hpp"
#include "telegram/client.hpp"
#include "telegram/td_types.hpp"

#include <memory>
#include <optional>
#include <string>

namespace tgpanel::monitor {

/// A message that met a keyword, as the account saw it.
struct Found {
  AccountId account = 0;
  telegram::Message message;
  Match match;
  Instant at{};
};

/// Everything but the id. Names that `book` does not have are asked of `client` (TDLib has them in
/// memory); without a client (nullptr) or an answer within `deadline` the ids stand for them.
/// `book` must outlive the call. Nothing: a bot wrote it in a private chat, which is never
/// reported.
Awaitable<std::optional<Alert>> compose_alert(Found found, std::string account_name,
                                              const ChatBook* book,
                                              std::shared_ptr<telegram::Client> client,
                                              Millis deadline);

}  // namespace tgpanel::monitor
