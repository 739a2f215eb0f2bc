#pragma once
// A message that is kept equal to a wish: what is wished meanwhile replaces what was not yet
// written.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "bot/sender.hpp"
#include "bot/works.hpp"

#include <memory>

namespace tgpanel::bot {

/// Make with std::make_shared. Executor: the domain's.
class Surface : public std::enable_shared_from_this<Surface> {
 public:
  /// `gap`: least time between two writings.
  Surface(std::shared_ptr<Sender> sender, Works& works, const Clock& clock, ChatId chat,
          Priority priority, Millis gap);

  /// Writes the screen into the message, or into a new one below when `below` or when there is
  /// none.
  void show(const Screen& screen, bool below);
  /// From now on the message is this one; the gap counts from its last writing by whomever.
  void adopt(MessageId message);

  /// The message as last written; 0: none yet.
  [[nodiscard]] MessageId message() const { return message_; }

  /// Everything wished is written.
  [[nodiscard]] bool idle() const { return !pumping_; }

 private:
  static Awaitable<> pump(std::shared_ptr<Surface> self);
  /// The wish is what the message shows already.
  [[nodiscard]] bool as_it_is() const;
  Outgoing take();
  void written(const Result<MessageId>& result);

  std::shared_ptr<Sender> sender_;
  Works& works_;
  const Clock& clock_;
  ChatId chat_;
  Priority priority_;
  Millis gap_;

  Outgoing wish_;
  bool wished_ = false;  // `wish_` is not yet written
  bool below_ = false;   // ... and wants a new message
  bool pumping_ = false;
  MessageId message_ = 0;
  Instant last_{};
  Outgoing written_;       // as Telegram has it; its `edit` is the message
  MessageId writing_ = 0;  // what the writing in flight edits; 0: it sends
  bool adopted_ = false;   // since that writing began
};

}  // namespace tgpanel::bot
