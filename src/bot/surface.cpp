#include "bot/surface.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace tgpanel::bot {

Surface::Surface(std::shared_ptr<Sender> sender, Works& works, const Clock& clock, ChatId chat,
                 Priority priority, Millis gap)
    : sender_(std::move(sender)),
      works_(works),
      clock_(clock),
      chat_(chat),
      priority_(priority),
      gap_(gap) {}

void Surface::show(const Screen& screen, bool below) {
  wish_ = outgoing(screen);
  below_ = below_ || below;
  if (!pumping_ && as_it_is()) return;
  wished_ = true;
  if (pumping_) return;
  pumping_ = true;
  works_.start(pump(shared_from_this()));
}

// Telegram refuses an edit to what the message is already (MESSAGE_NOT_MODIFIED).
bool Surface::as_it_is() const {
  return !below_ && message_ != 0 && written_.edit == message_ &&
         written_.content == wish_.content && written_.markup == wish_.markup;
}

void Surface::adopt(MessageId message) {
  message_ = message;
  adopted_ = true;
  last_ = std::max(last_, sender_->last_written(chat_, message));
}

Outgoing Surface::take() {
  wished_ = false;
  adopted_ = false;
  Outgoing what = wish_;
  what.edit = std::exchange(below_, false) ? 0 : message_;
  writing_ = what.edit;
  written_ = what;
  return what;
}

void Surface::written(const Result<MessageId>& result) {
  if (result) {
    last_ = clock_.now();
    if (!adopted_) message_ = *result;
    written_.edit = *result;
    return;
  }
  written_ = {};
  const bool wait = result.error().code == Errc::flood_wait;  // the chat's line does the waiting
  const bool gone = result.error().code == Errc::not_found && writing_ != 0;
  if (wait || gone) {
    wished_ = true;
    below_ = below_ || gone || writing_ == 0;
    return;
  }
  spdlog::warn("bot: chat {}: not written: {}", chat_, result.error().message);
}

Awaitable<> Surface::pump(std::shared_ptr<Surface> self) {
  while (self->wished_) {
    if (self->as_it_is()) {  // wished for once more while it was being written
      self->wished_ = false;
      break;
    }
    const Instant not_before = self->gap_ > Millis{0} ? self->last_ + self->gap_ : Instant{};
    std::function<Outgoing()> next = [self] { return self->take(); };
    auto result =
        co_await self->sender_->write(self->chat_, self->priority_, not_before, std::move(next));
    if (!result && result.error().code == Errc::cancelled) break;
    self->written(result);
  }
  self->pumping_ = false;
}

}  // namespace tgpanel::bot
