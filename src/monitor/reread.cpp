// Edits that nobody watched: the newest messages of a chat are read again.
#include "monitor/catch_up.hpp"
#include "monitor/intake.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace tgpanel::monitor {

namespace {

constexpr int kMostFailures = 5;  // until the chat is watched anew

}  // namespace

void CatchUp::look_for_due() {
  if (!std::exchange(members_changed_, false)) return;
  for (const auto chat : parts_.book.all()) {
    if (elected(chat) == 0) {
      watched_.erase(chat);
      reread_failures_.erase(chat);
    } else if (watched_.insert(chat).second && known_.contains(chat)) {
      read_soon(chat);
    }
    known_.insert(chat);
  }
}

void CatchUp::read_soon(ChatId chat) {
  if (std::ranges::find(due_, chat) == due_.end()) due_.push_back(chat);
  known_.insert(chat);
  watched_.insert(chat);
}

std::optional<AccountId> CatchUp::rereader(ChatId chat) const {
  // The mailbox of a basic group that is read is the elected member's, as for everything in it.
  auto readers = parts_.book.members(chat);
  if (scope_of(chat) == ChatScope::basic_group) readers = {elected(chat)};
  std::erase_if(readers, [&](AccountId account) {
    return account == 0 || parts_.accounts.client(account) == nullptr;
  });
  if (readers.empty()) return std::nullopt;
  const auto reader =
      std::ranges::find_if(readers, [&](AccountId account) { return turns_.free(account); });
  return reader == readers.end() ? 0 : *reader;
}

void CatchUp::reread() {
  for (auto left = due_.size(); !stopped_ && left > 0 && sweep_allowance_ >= 1; --left) {
    const auto chat = due_.front();
    due_.pop_front();
    const auto reader = rereader(chat);
    if (!reader) {
      watched_.erase(chat);  // due again when somebody is there
    } else if (*reader == 0) {
      due_.push_back(chat);
    } else {
      sweep_allowance_ -= 1;
      turns_.take(*reader);
      asio::co_spawn(executor_, read_again(shared_from_this(), chat, *reader),
                     [](const std::exception_ptr& bug) {
                       if (bug) std::rethrow_exception(bug);
                     });
    }
  }
}

Awaitable<> CatchUp::read_again(Self self, ChatId chat, AccountId reader) {
  // Not within reread(), which began it.
  co_await asio::post(self->executor_, asio::use_awaitable);
  if (self->stopped_) co_return;
  auto& parts = self->parts_;
  const HistoryRequest request{.chat = chat,
                               .mark = 0,
                               .look_back = parts.limits.reread,
                               .deadline = parts.limits.call_deadline};
  Result<History> history = fail(Errc::cancelled, "the account was closed");
  auto client = parts.accounts.client(reader);
  if (client != nullptr) history = co_await read_history(client, request);
  if (self->stopped_) co_return;
  if (!history) self->note_failure(reader, chat, history.error());
  self->turns_.give_back(reader);
  if (history) {
    parts.stats.history_calls += history->calls;
    self->reread_failures_.erase(chat);
    parts.on_reread(reader, history->messages);
  } else {
    const bool waits = history.error().code == Errc::flood_wait;
    if (waits || ++self->reread_failures_[chat] < kMostFailures) self->due_.push_back(chat);
  }
  self->pump();
}

}  // namespace tgpanel::monitor
