// What an admin takes out of the panel as a file.

#include "bot/admin_chat.hpp"
#include "bot/document.hpp"
#include "monitor/keyword_file.hpp"
#include "words/job_control.hpp"
#include "words/monitor.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace tgpanel::bot {

Sentence AdminChat::export_keywords() {
  if (tools_.panel.keywords().empty()) return words::no_keyword_to_export;
  spawn(send_keywords(me_));
  return words::file_is_coming;
}

Awaitable<> AdminChat::send_keywords(std::weak_ptr<AdminChat*> self) {
  std::shared_ptr<Sender> sender;
  std::filesystem::path folder;
  UserId admin = 0;
  DocumentFile file{.name = "keywords.txt", .content = {}};
  {
    const auto chat = self.lock();
    if (!chat) co_return;
    auto& me = **chat;
    sender = me.tools_.sender;
    folder = me.tools_.folder;
    admin = me.admin_;
    const auto keywords = me.tools_.panel.keywords();
    file.content = monitor::write_keyword_file(keywords);
  }
  const auto sent =
      co_await send_document(std::move(sender), admin, std::move(folder), std::move(file));
  if (sent) co_return;
  spdlog::warn("bot: the file of keywords was not sent: {}", sent.error().message);
  const auto chat = self.lock();
  if (chat) (*chat)->tell(say((*chat)->language(), words::keyword_file_not_sent));
}

}  // namespace tgpanel::bot
