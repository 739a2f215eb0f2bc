#include "bot/document.hpp"

#include "base/files.hpp"
#include "base/random.hpp"
#include "bot/rich_text.hpp"
#include "telegram/td_types.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <functional>
#include <system_error>
#include <utility>

namespace tgpanel::bot {
namespace {

constexpr int kPriority = 32;  // the highest of TDLib's

}  // namespace

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

Attachment attachment_of(const Json& content) {
  const auto& document = telegram::object_field(content, "document");
  const auto& file = telegram::object_field(document, "document");
  return {.file = telegram::int_field(file, "id"), .size = telegram::int_field(file, "size")};
}

Awaitable<Result<std::string>> read_document(std::shared_ptr<telegram::Client> client,
                                             Attachment file, std::size_t limit) {
  Json get{{"@type", "downloadFile"},
           {"file_id", file.file},
           {"priority", kPriority},
           {"offset", 0},
           {"limit", 0},
           {"synchronous", true}};
  const auto got = co_await client->request(std::move(get));
  if (!got) co_return fail(Errc::telegram, got.error().message);
  const auto& local = telegram::object_field(*got, "local");
  const std::filesystem::path path = telegram::string_field(local, "path");
  auto content = read_file(path, limit);
  Json forget{{"@type", "deleteFile"}, {"file_id", file.file}};
  const auto gone = co_await client->request(std::move(forget));
  if (!gone) spdlog::warn("bot: a file was not removed: {}", gone.error().message);
  co_return content;
}

}  // namespace tgpanel::bot
