#pragma once
// Files that the bot sends.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "bot/sender.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace tgpanel::bot {

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

}  // namespace tgpanel::bot
