#pragma once
// Files that the bot sends, and that it is sent.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "bot/conversation.hpp"
#include "bot/sender.hpp"
#include "telegram/client.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace tgpanel::bot {

/// Begins a CSV file: spreadsheets read it as UTF-8 then.
inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

struct DocumentFile {
  std::string name;  // as people see it: letters, digits, dots and hyphens
  std::string content;
  std::string caption{};  // may be empty
};

/// Sends the file as a message of its own. It lies below `folder` (0700) while it is sent, and is
/// removed then. Fails as Sender::write() does, or with storage when it cannot be written.
/// Executor: the domain's.
Awaitable<Result<MessageId>> send_document(std::shared_ptr<Sender> sender, ChatId chat,
                                           std::filesystem::path folder, DocumentFile file);

/// The file of a td_api messageDocument.
[[nodiscard]] Attachment attachment_of(const Json& content);

/// The content of the file; TDLib's copy is removed. Whoever calls looks at the file's size first:
/// all of it is downloaded. Errors: it could not be read from Telegram, or has more than `limit`
/// bytes. Executor: the domain's.
Awaitable<Result<std::string>> read_document(std::shared_ptr<telegram::Client> client,
                                             Attachment file, std::size_t limit);

}  // namespace tgpanel::bot
