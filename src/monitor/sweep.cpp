// Asking every supergroup and channel for news.
#include "monitor/catch_up.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>

namespace tgpanel::monitor {

namespace {

constexpr std::size_t kMostLooks = 64;  // at chats put off, each time

}  // namespace

void CatchUp::begin_round() {
  const auto now = parts_.clock.now();
  const auto& limits = parts_.limits;
  if (sweep_left_ == 0 && now - sweep_begun_ >= limits.sweep_period) {
    sweep_begun_ = now;
    sweep_left_ = parts_.book.shared_count();
    ++sweep_round_;
  }
  const auto per_tick =
      static_cast<double>(limits.sweep_calls) * static_cast<double>(limits.tick.count()) / 1'000.0;
  sweep_allowance_ = std::min(sweep_allowance_ + per_tick, std::max(per_tick, 1.0));
}

void CatchUp::sweep() {
  auto looks = std::min(kMostLooks, sweep_later_.size());
  bool later = true;
  while (!stopped_ && looks + sweep_left_ > 0 && sweep_allowance_ >= 1 && turns_.any_free()) {
    // Those put off and those not seen yet by turns: neither keeps the other waiting.
    const bool again = looks > 0 && (later || sweep_left_ == 0);
    later = !later;
    std::optional<ChatId> chat;
    if (again) {
      --looks;
      chat = sweep_later_.front();
      sweep_later_.pop_front();
    } else {
      chat = next_of_round();
    }
    if (chat && !begin_ask(*chat)) sweep_later_.push_back(*chat);
  }
}

std::optional<ChatId> CatchUp::next_of_round() {
  --sweep_left_;
  const auto chat = parts_.book.next_shared(sweep_at_);
  if (!chat) {
    sweep_left_ = 0;
    return std::nullopt;
  }
  sweep_at_ = *chat;
  const bool waits = std::ranges::find(sweep_later_, *chat) != sweep_later_.end();
  return waits ? std::nullopt : chat;
}

bool CatchUp::begin_ask(ChatId chat) {
  auto readers = parts_.book.members(chat);
  std::erase_if(readers, [&](AccountId account) { return !turns_.usable(account); });
  if (readers.empty()) return true;
  // Another member in each round: one that Telegram keeps in the dark does not hide the chat.
  std::ranges::rotate(readers,
                      readers.begin() + static_cast<std::ptrdiff_t>(sweep_round_ % readers.size()));
  const auto reader =
      std::ranges::find_if(readers, [&](auto account) { return turns_.free(account); });
  if (reader == readers.end()) return false;
  sweep_allowance_ -= 1;
  turns_.take(*reader);
  asio::co_spawn(executor_, ask(shared_from_this(), chat, *reader),
                 [](const std::exception_ptr& bug) {
                   if (bug) std::rethrow_exception(bug);
                 });
  return true;
}

Awaitable<> CatchUp::ask(Self self, ChatId chat, AccountId reader) {
  // Not within sweep(), which began it.
  co_await asio::post(self->executor_, asio::use_awaitable);
  if (self->stopped_) co_return;
  auto& parts = self->parts_;
  Result<telegram::Message> newest = fail(Errc::cancelled, "the account was closed");
  if (auto client = parts.accounts.client(reader)) {
    ++parts.stats.sweep_calls;
    newest = co_await ask_newest(client, chat, parts.limits.call_deadline);
    if (self->stopped_) co_return;
  }
  if (!newest) self->note_failure(reader, chat, newest.error());
  self->turns_.give_back(reader);
  if (newest && newest->id != 0) parts.on_newest(reader, *newest);
  self->pump();
  self->sweep();
}

}  // namespace tgpanel::monitor
