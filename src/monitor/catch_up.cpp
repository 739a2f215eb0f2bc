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
    : executor_(std::move(executor)),
      parts_(std::move(parts)),
      turns_(parts_.accounts, parts_.clock, parts_.limits.aside, parts_.on_flood_wait),
      sweep_begun_(parts_.clock.now()) {}

void CatchUp::behind(HistoryKey key, AccountId reporter, MessageId seen) {
  const auto [it, inserted] = pending_.try_emplace(key);
  // Who saw only what is within the hole cannot tell whether what showed it is gone.
  if (!key.dense() || seen >= parts_.marks.hole_top(key)) it->second.reporter = reporter;
  it->second.reporter_gone = false;
  if (inserted) ++parts_.stats.gaps;
  pump();
}

void CatchUp::forget_private() {
  std::erase_if(pending_, [](const auto& entry) { return entry.first.chat > 0; });
}

void CatchUp::end_call(AccountId reader, ChatId chat, const Error* failure) {
  if (stopped_) return;
  if (failure != nullptr) note_failure(reader, chat, *failure);
  turns_.give_back(reader);
  pump();
}

void CatchUp::stop() {
  stopped_ = true;
  turns_.stop();
}

void CatchUp::account_ready(AccountId account) {
  turns_.renewed(account);
  members_changed_ = true;
  pump();
}

void CatchUp::tick() {
  pump();
  begin_round();
  look_for_due();
  reread();
  sweep();
}

void CatchUp::account_gone(AccountId account) {
  turns_.renewed(account);
  for (auto& [key, pending] : pending_) {
    if (!key.dense() && key.account == account) pending.reporter_gone = true;
  }
  // At once: a client that is closed and opened again may be back before the next tick.
  members_changed_ = true;
  look_for_due();
  pump();
}

void CatchUp::forgets(AccountId account) {
  for (const auto chat : parts_.book.chats_of(account)) watched_.erase(chat);
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
  if (reader == 0 || reader == key.account) return false;
  // What was written before the elected member's own history began, it never read.
  return parts_.marks.began({reader, key.chat}) <= parts_.marks.began(key);
}

std::optional<AccountId> CatchUp::reader_of(HistoryKey key, const Pending& pending) const {
  const auto can = [&](AccountId account) {
    return account != 0 && turns_.free(account) && !pending.tried.contains(account);
  };
  if (!key.dense()) {
    const bool gone = pending.reporter_gone && parts_.accounts.client(key.account) == nullptr;
    const auto reader = gone ? elected(key.chat) : key.account;
    return can(reader) ? std::optional(reader) : std::nullopt;
  }
  const auto members = parts_.book.members(key.chat);
  const bool reporter_is_in = std::ranges::find(members, pending.reporter) != members.end();
  if (reporter_is_in && can(pending.reporter)) return pending.reporter;
  const auto member = std::ranges::find_if(members, can);
  return member == members.end() ? std::nullopt : std::optional(*member);
}

void CatchUp::put_off(HistoryKey key, Pending& pending) const {
  if (pending.tried.empty()) return;
  // A member that may not read for long is no reason to keep the others from trying again.
  const bool others_left = std::ranges::any_of(
      parts_.book.members(key.chat),
      [&](AccountId member) { return !pending.tried.contains(member) && turns_.usable(member); });
  if (key.dense() && others_left) return;
  pending.tried.clear();
  const auto& limits = parts_.limits;
  pending.pause = std::clamp(pending.pause * 2, limits.first_pause, limits.longest_pause);
  pending.not_before = parts_.clock.now() + pending.pause;
}

void CatchUp::pump() {
  if (stopped_) return;
  std::vector<std::pair<HistoryKey, AccountId>> begin;
  for (auto it = pending_.begin(); it != pending_.end();) {
    const auto& key = it->first;
    auto& pending = it->second;
    if (!reading_.contains(key) && covered(key)) {
      parts_.marks.settle(key, parts_.marks.hole_top(key));
      it = pending_.erase(it);
      continue;
    }
    // Nobody is in the chat: whoever joins it sees the hole again.
    if (!reading_.contains(key) && key.dense() && parts_.book.members(key.chat).empty()) {
      it = pending_.erase(it);
      continue;
    }
    if (!reading_.contains(key) && pending.not_before <= parts_.clock.now()) {
      if (const auto reader = reader_of(key, pending)) {
        reading_.insert(key);
        turns_.take(*reader);
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
  const auto pending = self->pending_.find(key);
  const Reading begun{
      .reader = reader,
      .mark = parts.marks.mark(key).value_or(0),
      .hole_top = parts.marks.hole_top(key),
      .other_mailbox = !key.dense() && reader != key.account,
      .saw_the_hole = pending != self->pending_.end() && pending->second.reporter == reader};
  HistoryRequest request{.chat = key.chat,
                         .mark = begun.other_mailbox ? 0 : begun.mark,
                         .look_back = begun.other_mailbox ? kOtherMailbox : parts.limits.look_back,
                         .deadline = parts.limits.call_deadline};
  auto client = parts.accounts.client(reader);
  Result<History> history = fail(Errc::cancelled, "the account was closed");
  if (client != nullptr) history = co_await read_history(client, request);
  if (self->stopped_) co_return;
  if (!history) self->note_failure(reader, key.chat, history.error());
  self->turns_.give_back(reader);
  self->reading_.erase(key);
  const auto it = self->pending_.find(key);  // gone: the history was forgotten meanwhile
  if (it != self->pending_.end() && history) {
    parts.stats.history_calls += history->calls;
    if (history->given_up && !begun.other_mailbox) {
      ++parts.stats.given_up;
      spdlog::warn("monitor: chat {} missed more than {} messages: the older ones are given up",
                   key.chat, request.look_back);
    }
    (begun.other_mailbox ? parts.on_other_mailbox : parts.on_missed)(reader, history->messages);
    self->finish_read(key, begun, *history);
  } else if (it != self->pending_.end()) {
    it->second.tried.insert(reader);
  }
  self->pump();
}

void CatchUp::finish_read(HistoryKey key, const Reading& begun, const History& history) {
  auto& marks = parts_.marks;
  // More is missing below than was asked for: it is read again.
  if (!begun.other_mailbox && marks.mark(key).value_or(0) < begun.mark) return;
  const bool closed = !begun.other_mailbox && marks.on_read(key, history.newest);
  // A hole that opened above while this was read was not asked for either.
  const bool grew = marks.hole_top(key) > begun.hole_top;
  // What showed the hole is not in the history of the one who saw it: it was deleted meanwhile.
  if (!closed && (begun.other_mailbox || begun.saw_the_hole)) marks.settle(key, begun.hole_top);
  if (!marks.behind(key)) {
    pending_.erase(key);
  } else if (!grew) {
    pending_[key].tried.insert(begun.reader);
  }
}

void CatchUp::note_failure(AccountId account, ChatId chat, const Error& error) {
  spdlog::debug("monitor: account {} could not read chat {}: {}", account, chat, error.message);
  turns_.failed(account, error);
  const auto no_access = std::ranges::find(kNoAccess, std::string_view(error.message));
  if (no_access != kNoAccess.end()) parts_.book.remove_member(account, chat);
}

}  // namespace tgpanel::monitor
