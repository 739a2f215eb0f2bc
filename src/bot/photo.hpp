#pragma once
// Sends a picture that was made here.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "bot/sender.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace tgpanel::bot {

struct Photo {
  std::string png;
  std::size_t width = 0;  // pixels
  std::size_t height = 0;
};

/// `file`: where it lies while it is sent; removed afterwards. storage: it cannot be written;
/// otherwise as Sender::write.
Awaitable<Result<MessageId>> send_photo(std::shared_ptr<Sender> sender, ChatId chat, Photo photo,
                                        std::filesystem::path file);

}  // namespace tgpanel::bot
