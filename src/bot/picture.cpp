#include "bot/picture.hpp"

#include "bot/photo.hpp"
#include "bot/qr_png.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

namespace tgpanel::bot {

Picture::Picture(std::shared_ptr<Sender> sender, Works& works, ChatId chat,
                 const std::filesystem::path& folder, std::function<void()> on_failure)
    : sender_(std::move(sender)),
      works_(works),
      chat_(chat),
      file_(folder / fmt::format("qr-{}.png", chat)),
      on_failure_(std::move(on_failure)) {}

void Picture::show(std::string content) {
  if (content == wish_) return;
  wish_ = std::move(content);
  if (pumping_) return;
  pumping_ = true;
  works_.start(pump(shared_from_this()));
}

Awaitable<> Picture::pump(std::shared_ptr<Picture> self) {
  while (self->shown_ != self->wish_) {
    std::string content = self->wish_;
    const MessageId old = std::exchange(self->message_, 0);
    if (!content.empty()) {
      const bool sent = co_await send(self, content);
      if (!sent && self->wish_ == content) {
        self->wish_.clear();
        if (self->on_failure_) self->on_failure_();
      }
    }
    if (old != 0) co_await self->sender_->erase(self->chat_, old);
    self->shown_ = self->message_ != 0 ? content : std::string();
  }
  self->pumping_ = false;
}

Awaitable<bool> Picture::send(std::shared_ptr<Picture> self, std::string content) {
  const auto pixels = qr_pixels(content);
  if (!pixels) co_return false;
  const auto png = to_png(*pixels);
  if (!png) co_return false;
  Photo photo{*png, pixels->side, pixels->side};
  auto sent = co_await send_photo(self->sender_, self->chat_, std::move(photo), self->file_);
  if (!sent) {
    spdlog::warn("bot: the QR picture was not sent: {}", sent.error().message);
    co_return false;
  }
  self->message_ = *sent;
  co_return true;
}

}  // namespace tgpanel::bot
