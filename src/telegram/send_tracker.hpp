#pragma once
// sendMessage answers with a temporary message; the truth comes later as an update.

#include "base/async.hpp"
#include "base/json.hpp"
#include "telegram/client.hpp"

#include <cstdint>
#include <memory>

namespace tgpanel::telegram {

/// Sends messages of one client and waits for their outcome. Feed it every update of that client.
/// Executor: the domain's.
class SendTracker {
 public:
  explicit SendTracker(std::shared_ptr<Client> client);
  SendTracker(const SendTracker&) = delete;
  SendTracker& operator=(const SendTracker&) = delete;
  /// As end().
  ~SendTracker();

  /// Sends in flight end with cancelled, and nothing is handed over any more. For an owner who
  /// shares it with those who wait: they would keep it, and it them.
  void end();

  void observe(const Json& update);

  /// Sends with `function` (td_api sendMessage or forwardMessages of one message) and returns the
  /// final `message` once Telegram has accepted it (updateMessageSendSucceeded). The error of
  /// updateMessageSendFailed or of the call otherwise; kDeadline: the outcome is unknown; TDLib was
  /// told to forget the message.
  Awaitable<Response> send(Json function, Millis deadline = kDefaultDeadline);

  /// For what must never be there twice. As send(), but after kDeadline TDLib keeps the message: it
  /// repeats it by itself after a reconnect, in a way in which Telegram takes it once. The same
  /// `number` again hands nothing over while that is under way, it waits for its outcome.
  Awaitable<Response> send_once(std::uint64_t number, Json function,
                                Millis deadline = kDefaultDeadline);
  /// Tells TDLib to forget what is under way by this number, if there is: it is not sent later.
  Awaitable<> forget(std::uint64_t number);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tgpanel::telegram
