#include "monitor/catch_up.hpp"

#include <boost/asio/co_spawn.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <exception>
#include <string_view>
#include <utility>

namespace tgpanel::monitor {

namespace {

constexpr Millis kFirstPause{5'000};
constexpr Millis kLongestPause{300'000};

// Answers that say that the account is not in the chat any more. Sources: core.telegram.org/method/
// messages.getHistory and channels.getMessages; TDLib's own for a chat that it may not read.
constexpr std::array<std::string_view, 5> kNoAccess = {"CHANNEL_PRIVATE", "CHANNEL_INVALID",
                                                       "CHAT_ID_INVALID", "Can't access the chat",
                                                       "Chat not found"};

void rethrow(const std::exception_ptr& bug) {
  if (bug) std::rethrow_exception(bug);
}

}  // namespace

CatchUp::CatchUp(Executor executor, Parts parts)
    : executor_(std::move(executor)), parts_(std::move(parts)), sweep_begun_(parts_.clock.now()) {}

void CatchUp::behind(HistoryKey key, AccountId reporter) {
  const auto [it, inserted] = pending_.try_emplace(key);
  it->second.reporter = reporter;
  it->second.reporter_gone = false;
  if (inserted) ++parts_.stats.gaps;
  pump();
}

void CatchUp::tick() {
  pump();
  begin_round();
  look_for_due();
  reread();
  sweep();
}

bool CatchUp::usable(AccountId account) const {
  if (parts_.accounts.client(account) == nullptr) return false;
  const auto wait = waits_.find(account);
  return wait == waits_.end() || wait->second <= parts_.clock.now();
}

bool CatchUp::free(AccountId account) const {
  return usable(account) && !busy_.contains(account);
}

void CatchUp::account_gone(AccountId account) {
  for (auto& [key, pending] : pending_) {
    if (!key.dense() && key.account == account) pending.reporter_gone = true;
  }
  // At once: a client that is closed and opened again may be back before the next tick.
  members_changed_ = true;
  look_for_due();
  pump();
}

AccountId CatchUp::elected(ChatId chat) const {
  for (const auto member : parts_.book.members(chat)) {
    if (parts_.accounts.client(member) != nullptr) return member;
  }
  return 0;
}

bool CatchUp::covered(HistoryKey key) const {
  if (key.dense() || parts_.accounts.client(key.account) == nullptr) return false;
  const auto reader = elected(key.chat);
  return reader != 0 && reader != key.account;
}

std::optional<AccountId> CatchUp::reader_of(HistoryKey key, const Pending& pending) const {
  const auto can = [&](AccountId account) {
    return account != 0 && free(account) && !pending.tried.contains(account);
  };
  if (!key.dense()) {
    const bool gone = pending.reporter_gone && parts_.accounts.client(key.account) == nullptr;
    const auto reader = gone ? elected(key.chat) : key.account;
    return can(reader) ? std::optional(reader) : std::nullopt;
  }
  if (can(pending.reporter)) return pending.reporter;
  for (const auto member : parts_.book.members(key.chat)) {
    if (can(member)) return member;
  }
  return std::nullopt;
}

void CatchUp::put_off(HistoryKey key, Pending& pending) const {
  if (pending.tried.empty()) return;
  const bool others_left =
      std::ranges::any_of(parts_.book.members(key.chat),
                          [&](AccountId member) { return !pending.tried.contains(member); });
  if (key.dense() && others_left) return;
  pending.tried.clear();
  pending.pause = std::clamp(pending.pause * 2, kFirstPause, kLongestPause);
  pending.not_before = parts_.clock.now() + pending.pause;
}

void CatchUp::pump() {
  if (stopped_) return;
  std::vector<std::pair<HistoryKey, AccountId>> begin;
  for (auto it = pending_.begin(); it != pending_.end();) {
    const auto& key = it->first;
    auto& pending = it->second;
    if (!reading_.contains(key) && covered(key)) {
      parts_.marks.settle(key);
      it = pending_.erase(it);
      continue;
    }
    if (!reading_.contains(key) && pending.not_before <= parts_.clock.now()) {
      if (const auto reader = reader_of(key, pending)) {
        reading_.insert(key);
        busy_.insert(*reader);
        begin.emplace_back(key, *reader);
      } else {
        put_off(key, pending);
      }
    }
    ++it;
  }
  // Begun last: a coroutine may run at once and come back here.
  for (const auto& [key, reader] : begin) {
    asio::co_spawn(executor_, read(shared_from_this(), key, reader), &rethrow);
  }
}

Awaitable<> CatchUp::read(Self self, HistoryKey key, AccountId reader) {
  auto& parts = self->parts_;
  const bool other_mailbox = !key.dense() && reader != key.account;
  HistoryRequest request{.chat = key.chat,
                         .mark = other_mailbox ? 0 : parts.marks.mark(key).value_or(0),
                         .look_back = other_mailbox ? kOtherMailbox : parts.limits.look_back,
                         .deadline = parts.limits.call_deadline};
  auto client = parts.accounts.client(reader);
  Result<History> history = fail(Errc::cancelled, "the account was closed");
  if (client != nullptr) history = co_await read_history(client, request);
  if (self->stopped_) co_return;
  self->busy_.erase(reader);
  self->reading_.erase(key);
  if (history) {
    parts.stats.history_calls += history->calls;
    if (history->given_up && !other_mailbox) {
      ++parts.stats.given_up;
      spdlog::warn("monitor: chat {} missed more than {} messages: the older ones are given up",
                   key.chat, request.look_back);
    }
    parts.on_missed(reader, history->messages);
    self->finish_read(key, reader, *history);
  } else {
    self->note_failure(reader, key.chat, history.error());
    self->pending_[key].tried.insert(reader);
  }
  self->pump();
}

void CatchUp::finish_read(HistoryKey key, AccountId reader, const History& history) {
  auto& pending = pending_[key];
  const bool foreign = !key.dense() && reader != key.account;
  const bool closed = !foreign && parts_.marks.on_read(key, history.newest);
  // What showed the hole is not in the history of the one who saw it: it was deleted meanwhile.
  if (!closed && (foreign || reader == pending.reporter)) parts_.marks.settle(key);
  if (parts_.marks.behind(key)) {
    pending.tried.insert(reader);
  } else {
    pending_.erase(key);
  }
}

void CatchUp::note_failure(AccountId account, ChatId chat, const Error& error) {
  spdlog::debug("monitor: account {} could not read chat {}: {}", account, chat, error.message);
  if (error.code == Errc::flood_wait) {
    waits_[account] = parts_.clock.now() + Millis{error.retry_after_s * 1'000};
  }
  const auto no_access = std::ranges::find(kNoAccess, std::string_view(error.message));
  if (no_access != kNoAccess.end()) parts_.book.remove_member(account, chat);
}

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
  for (; !stopped_ && sweep_left_ > 0 && sweep_allowance_ >= 1; --sweep_left_) {
    const auto chat = parts_.book.next_shared(sweep_at_);
    if (!chat) {
      sweep_left_ = 0;
      return;
    }
    auto readers = parts_.book.members(*chat);
    std::erase_if(readers, [&](AccountId account) { return !usable(account); });
    if (!readers.empty()) {
      // Another member in each round: one that Telegram keeps in the dark does not hide the chat.
      std::ranges::rotate(
          readers, readers.begin() + static_cast<std::ptrdiff_t>(sweep_round_ % readers.size()));
      const auto reader =
          std::ranges::find_if(readers, [&](auto account) { return free(account); });
      if (reader == readers.end()) return;  // all are busy: goes on when one is free
      sweep_allowance_ -= 1;
      busy_.insert(*reader);
      asio::co_spawn(executor_, ask(shared_from_this(), *chat, *reader), &rethrow);
    }
    sweep_at_ = *chat;
  }
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
  self->busy_.erase(reader);
  if (!newest) {
    self->note_failure(reader, chat, newest.error());
  } else if (newest->id != 0) {
    parts.on_newest(reader, *newest);
  }
  self->pump();
  self->sweep();
}

}  // namespace tgpanel::monitor
