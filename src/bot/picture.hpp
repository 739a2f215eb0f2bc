#pragma once
// The QR picture of a chat: kept equal to a wish, the old one deleted when a new one is there.

#include "base/ids.hpp"
#include "bot/sender.hpp"
#include "bot/works.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace tgpanel::bot {

/// Make with std::make_shared. Executor: the domain's.
class Picture : public std::enable_shared_from_this<Picture> {
 public:
  /// `folder`: where the file lies while it is sent; 0700. `on_failure`: a picture was wished and
  /// cannot be shown.
  Picture(std::shared_ptr<Sender> sender, Works& works, ChatId chat,
          const std::filesystem::path& folder, std::function<void()> on_failure);

  /// Shows the QR code of `content`; empty: shows none.
  void show(std::string content);

 private:
  static Awaitable<> pump(std::shared_ptr<Picture> self);
  static Awaitable<bool> send(std::shared_ptr<Picture> self, std::string content);

  std::shared_ptr<Sender> sender_;
  Works& works_;
  ChatId chat_;
  std::filesystem::path file_;
  std::function<void()> on_failure_;
  std::string wish_;
  std::string shown_;
  MessageId message_ = 0;
  bool pumping_ = false;
};

}  // namespace tgpanel::bot
