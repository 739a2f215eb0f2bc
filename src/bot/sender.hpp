#pragma once
// Writes to Telegram for the bot: sends, edits, deletes and answers, within the rates.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "bot/gate.hpp"
#include "bot/screen.hpp"
#include "telegram/client.hpp"
#include "telegram/send_tracker.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace tgpanel::bot {

/// What is written, and where to.
struct Outgoing {
  MessageId edit = 0;      // 0: a new message
  Json content;            // td_api InputMessageContent; null: an edit of the buttons alone
  Json markup;             // td_api ReplyMarkup or null
  bool silent = false;     // nobody is notified
  std::uint64_t once = 0;  // not 0: a number of its own, under which it is never there twice
};

[[nodiscard]] Outgoing outgoing(const Screen& screen);

/// Executor: the domain's. Coroutines may outlive their caller, not the Sender's shared state.
class Sender {
 public:
  Sender(std::shared_ptr<telegram::Client> client, std::shared_ptr<telegram::SendTracker> tracker,
         std::shared_ptr<Gate> gate, const Clock& clock,
         Millis send_deadline = telegram::kDefaultDeadline);

  /// Waits for the turn, asks `next` what to write now, writes it and returns the id of the message
  /// that holds it. An edit that changes nothing is success. flood_wait: nothing was written, the
  /// chat's line waits by itself. not_found: the message to edit is gone or cannot be edited.
  /// timeout: unknown; with `once`, the same number again waits for what is still under way.
  Awaitable<Result<MessageId>> write(ChatId chat, Priority priority, Instant not_before,
                                     std::function<Outgoing()> next);

  /// When this object last wrote the message; the epoch: not lately.
  [[nodiscard]] Instant last_written(ChatId chat, MessageId message) const;

  /// The newest message that this object wrote in the chat; 0: none.
  [[nodiscard]] MessageId newest_in(ChatId chat) const;

  /// Deletes for both sides; failures are logged.
  Awaitable<> erase(ChatId chat, MessageId message);
  /// Answers a button press; `toast` is read when the answer leaves.
  Awaitable<> answer(std::string query, std::shared_ptr<const std::string> toast);

  [[nodiscard]] telegram::Client& client() { return *client_; }

  [[nodiscard]] std::shared_ptr<telegram::Client> shared_client() const { return client_; }

 private:
  Awaitable<Result<MessageId>> edit(ChatId chat, Outgoing what);
  Awaitable<Result<MessageId>> send(ChatId chat, Outgoing what);
  /// TDLib unloads a message after half an hour; until then an edit needs no getMessage.
  [[nodiscard]] bool loaded(ChatId chat, MessageId message) const;
  void touched(ChatId chat, MessageId message);

  std::shared_ptr<telegram::Client> client_;
  std::shared_ptr<telegram::SendTracker> tracker_;
  std::shared_ptr<Gate> gate_;
  const Clock& clock_;
  Millis send_deadline_;
  std::map<std::pair<ChatId, MessageId>, Instant> touched_;
  std::map<ChatId, MessageId> newest_;
};

}  // namespace tgpanel::bot
