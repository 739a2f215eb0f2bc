#pragma once
// Where alerts go: the bot implements it, the monitor's outbox drives it.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tgpanel::monitor {

/// One alert as it is stored in the outbox: everything that is needed to write it, nothing
/// rendered. A name is empty where nobody knew it; whoever shows the alert says so.
struct Alert {
  AlertId id = 0;
  AccountId account_id = 0;
  std::string account_name;
  ChatId chat_id = 0;
  std::string chat_title;
  MessageId message_id = 0;
  UserId sender_id = 0;       // 0: no sender (channel post, anonymous): no Ignore button
  ChatId sender_chat_id = 0;  // a chat that wrote as itself
  std::string sender_name;
  std::string keyword;  // as the admin wrote it
  std::string text;     // the message as people see it

  struct Span {
    std::int32_t offset = 0;  // UTF-16 units in `text`
    std::int32_t length = 0;
  };

  std::vector<Span> marks;  // where the keyword matched
  std::string link;         // https://t.me/...; empty where no link works: no View button
  std::int64_t date = 0;    // the message's, Unix seconds
};

/// Sends alerts to the channel. Executor: the domain's.
class AlertSink {
 public:
  AlertSink() = default;
  AlertSink(const AlertSink&) = delete;
  AlertSink& operator=(const AlertSink&) = delete;
  virtual ~AlertSink() = default;

  /// The newest message known in the channel, never 0: whatever is sent from now on has a greater
  /// id. `known`: the newest that an earlier run knew; when nobody knows one, a notice is posted.
  virtual Awaitable<Result<MessageId>> newest(MessageId known) = 0;

  /// Sends one alert and returns the channel's message id once Telegram has accepted it
  /// (updateMessageSendSucceeded). flood_wait: nothing was sent, try after the wait. timeout:
  /// unknown, ask find_sent before sending again; while it is under way, the same alert again only
  /// waits for it.
  virtual Awaitable<Result<MessageId>> send(Alert alert) = 0;

  /// The same for several alerts as one message, in order; it carries the id of the first.
  virtual Awaitable<Result<MessageId>> send_digest(std::vector<Alert> alerts) = 0;

  /// Looks in the channel, after message `after`, for the alert or digest that carries `id` in its
  /// button data. `after` must have been the newest message known before the alert was handed over.
  /// not_found: it was never sent.
  virtual Awaitable<Result<MessageId>> find_sent(AlertId id, MessageId after) = 0;
};

}  // namespace tgpanel::monitor
