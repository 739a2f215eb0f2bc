#pragma once
// Alerts in the channel, and the presses of their buttons.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/language.hpp"
#include "base/result.hpp"
#include "bot/callback.hpp"
#include "bot/sender.hpp"
#include "monitor/alert_sink.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tgpanel::panel {
class Panel;
}

namespace tgpanel::bot {

/// Make with std::make_shared. Executor: the domain's.
class Alerts : public std::enable_shared_from_this<Alerts> {
 public:
  /// `language`: of all that is written in the channel.
  Alerts(std::shared_ptr<Sender> sender, ChatId channel, Language language);

  /// A message of anybody in the channel.
  void saw(MessageId message);

  /// As monitor::AlertSink.
  Awaitable<Result<MessageId>> newest(MessageId known);
  Awaitable<Result<MessageId>> send(const monitor::Alert& alert);
  Awaitable<Result<MessageId>> send_digest(const std::vector<monitor::Alert>& alerts);
  Awaitable<Result<MessageId>> find_sent(AlertId id, MessageId after);

  /// A press of an admin in the channel: does what the button says and answers by a toast.
  static Awaitable<> press(std::shared_ptr<Alerts> self, panel::Panel* panel, std::string query,
                           MessageId message, AlertPress press);

 private:
  Awaitable<Result<MessageId>> post(AlertId id, Screen screen);
  static Awaitable<> show_ignored(std::shared_ptr<Alerts> self, MessageId message, AlertId alert);

  std::shared_ptr<Sender> sender_;
  ChatId channel_;
  Language language_;
  MessageId newest_ = 0;  // known to be, or to have been, there
};

}  // namespace tgpanel::bot
