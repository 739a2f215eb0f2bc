// What an admin takes out of the panel as a file.

#include "bot/admin_chat.hpp"
#include "bot/document.hpp"
#include "monitor/keyword_file.hpp"
#include "words/job_control.hpp"
#include "words/monitor.hpp"
#include "words/statistics.hpp"

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

Awaitable<> AdminChat::send_audit(std::weak_ptr<AdminChat*> self, panel::Panel* panel) {
  auto read = co_await panel->export_audit();
  std::shared_ptr<Sender> sender;
  std::filesystem::path folder;
  UserId admin = 0;
  DocumentFile file{.name = "audit.csv", .content = {}};
  {
    const auto chat = self.lock();
    if (!chat) co_return;
    auto& me = **chat;
    if (!read || read->acts == 0) {
      me.tell(say(me.language(), read ? Sentence(words::audit_empty) : sentence_of(read.error())));
      co_return;
    }
    sender = me.tools_.sender;
    folder = me.tools_.folder;
    admin = me.admin_;
    file.content = kByteOrderMark;
    file.content += read->csv;
    if (!read->whole) file.caption = say(me.language(), words::audit_newest, read->acts);
  }
  const auto sent =
      co_await send_document(std::move(sender), admin, std::move(folder), std::move(file));
  if (sent) co_return;
  spdlog::warn("bot: the file with the audit was not sent: {}", sent.error().message);
  const auto chat = self.lock();
  if (chat) (*chat)->tell(say((*chat)->language(), words::audit_not_sent));
}

}  // namespace tgpanel::bot
