#include "bot/photo.hpp"

#include "base/files.hpp"

#include <functional>
#include <system_error>
#include <utility>

namespace tgpanel::bot {

Awaitable<Result<MessageId>> send_photo(std::shared_ptr<Sender> sender, ChatId chat, Photo photo,
                                        std::filesystem::path file) {
  if (auto written = write_file_atomically(file, photo.png); !written) {
    co_return std::unexpected(written.error());
  }
  Json what{{"@type", "inputMessagePhoto"},
            {"photo", {{"@type", "inputFileLocal"}, {"path", file.string()}}},
            {"width", photo.width},
            {"height", photo.height}};
  std::function<Outgoing()> next = [what = std::move(what)] { return Outgoing{0, what, nullptr}; };
  auto sent = co_await sender->write(chat, Priority::reply, Instant{}, std::move(next));
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  co_return sent;
}

}  // namespace tgpanel::bot
