#include "bot/document.hpp"

#include "base/files.hpp"
#include "base/random.hpp"
#include "bot/rich_text.hpp"

#include <fmt/format.h>

#include <functional>
#include <system_error>
#include <utility>

namespace tgpanel::bot {

Awaitable<Result<MessageId>> send_document(std::shared_ptr<Sender> sender, ChatId chat,
                                           std::filesystem::path folder, DocumentFile file) {
  // A folder of its own: the name is what people see, and two may be on their way.
  const auto own = folder / fmt::format("file-{:08x}", random_below(0xFFFFFFFFU));
  if (auto made = make_private_folder(own); !made) co_return std::unexpected(made.error());
  const auto path = own / file.name;
  std::error_code ignored;
  if (auto written = write_file_atomically(path, file.content); !written) {
    std::filesystem::remove_all(own, ignored);
    co_return std::unexpected(written.error());
  }
  Json what{{"@type", "inputMessageDocument"},
            {"document", {{"@type", "inputFileLocal"}, {"path", path.string()}}},
            {"disable_content_type_detection", true}};
  if (!file.caption.empty()) what["caption"] = RichText(file.caption).to_td();
  std::function<Outgoing()> next = [what = std::move(what)] { return Outgoing{0, what, nullptr}; };
  auto sent = co_await sender->write(chat, Priority::reply, Instant{}, std::move(next));
  std::filesystem::remove_all(own, ignored);
  co_return sent;
}

}  // namespace tgpanel::bot
