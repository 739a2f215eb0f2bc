#include "bot/notices.hpp"

#include "base/crash_point.hpp"
#include "bot/find_message.hpp"
#include "bot/job_card.hpp"
#include "bot/notice_message.hpp"
#include "panel/panel.hpp"
#include "words/accounts.hpp"
#include "words/people.hpp"

#include <boost/asio/redirect_error.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tgpanel::bot {
namespace {

// Beside the numbers of alerts.
constexpr std::uint64_t kNumbers = std::uint64_t{1} << 62U;

/// It may be told late, after a restart: what is left then. Nothing: an admin has ended it.
Sentence left_of_stop(const panel::Panel& panel, AccountId account) {
  for (const auto& stop : panel.stopped_accounts()) {
    if (stop.id != account) continue;
    const auto left = std::chrono::ceil<std::chrono::minutes>(stop.left);
    return {words::unwanted_left, duration(left)};
  }
  return {};
}

}  // namespace

Notices::Notices(const Executor& executor, std::shared_ptr<Sender> sender, Works& works,
                 panel::Panel& panel, const std::vector<UserId>& reachable, Millis settle,
                 Millis retry, std::function<Language(UserId)> language_of)
    : sender_(std::move(sender)),
      works_(works),
      panel_(panel),
      reachable_(reachable.begin(), reachable.end()),
      settle_(settle),
      retry_(retry),
      language_of_(std::move(language_of)),
      timer_(executor) {}

void Notices::tell() {
  if (closed_) return;
  wanted_ = true;
  if (running_) return;
  running_ = true;
  works_.start(run(shared_from_this()));
}

void Notices::saw(UserId admin, MessageId message) {
  const bool on_its_way = from_server_message_id(server_message_id(message)) != message;
  if (!on_its_way) newest_[admin] = std::max(newest_[admin], message);
  if (reachable_.insert(admin).second) tell();
}

void Notices::close() {
  closed_ = true;
  timer_.cancel();
}

Awaitable<> Notices::wait(Self self, Millis time) {
  if (self->closed_) co_return;
  self->timer_.expires_after(time);
  boost::system::error_code ignored;
  co_await self->timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

Awaitable<> Notices::run(Self self) {
  co_await wait(self, self->settle_);
  while (!self->closed_ && std::exchange(self->wanted_, false)) {
    auto notices = co_await self->panel_.desk().notices();
    bool again = !notices;
    if (notices) {
      for (auto& notice : *notices) {
        if (self->closed_) break;
        if (!self->reachable_.contains(notice.admin)) continue;
        const bool done = co_await deliver(self, std::move(notice));
        again = again || !done;
      }
    }
    if (!again || self->closed_) continue;
    co_await wait(self, self->retry_);
    self->wanted_ = true;
  }
  self->running_ = false;
}

Awaitable<Result<MessageId>> Notices::newest(Self self, UserId admin) {
  const auto known = std::max(self->newest_[admin], self->sender_->newest_in(admin));
  if (known != 0) co_return known;
  const auto stored = co_await self->panel_.desk().newest_in_chat(admin);
  if (!stored || *stored != 0) co_return stored;
  // Nothing is known of the chat yet. Should this be repeated after a crash, it does no harm; a
  // notice would.
  Outgoing what =
      outgoing(Screen{.text = RichText(say(self->language_of_(admin), words::notices_here))});
  what.silent = true;
  std::function<Outgoing()> next = [what = std::move(what)] { return what; };
  const auto sent =
      co_await self->sender_->write(admin, Priority::reply, Instant{}, std::move(next));
  if (sent) self->saw(admin, *sent);
  co_return sent;
}

Awaitable<bool> Notices::deliver(Self self, accounts::Notice notice) {
  auto& desk = self->panel_.desk();
  const UserId admin = notice.admin;
  if (notice.after != 0) {
    std::function<bool(const Json&)> fits = [id = notice.id](const Json& message) {
      return notice_id_of(message) == id;
    };
    auto client = self->sender_->shared_client();
    const auto found = co_await find_message(std::move(client), admin, notice.after,
                                             self->newest_[admin], std::move(fits));
    if (self->closed_) co_return true;
    if (found) {
      const auto noted = co_await desk.notice_told(notice.id, *found);
      co_return noted.has_value();
    }
    if (found.error().code != Errc::not_found) co_return false;
  } else {
    const auto after = co_await newest(self, admin);
    if (!after) co_return false;
    if (self->closed_) co_return true;
    const auto handed = co_await desk.hand_over_notice(notice.id, *after);
    if (!handed) {
      if (handed.error().code == Errc::not_found) self->wanted_ = true;
      co_return handed.error().code == Errc::not_found;
    }
    crash_point("notice.handed_over");
  }
  const Language language = self->language_of_(admin);
  if (notice.what == accounts::kUnwanted)
    notice.reason = left_of_stop(self->panel_, notice.account);
  Outgoing what = outgoing(in_direction(language, notice_message(language, notice)));
  what.once = kNumbers | static_cast<std::uint64_t>(notice.id);
  std::function<Outgoing()> next = [what = std::move(what)] { return what; };
  const auto sent =
      co_await self->sender_->write(admin, Priority::reply, Instant{}, std::move(next));
  if (!sent) {
    if (!self->closed_) {
      spdlog::warn("bot: admin {} is not told of an account: {}", admin, sent.error().message);
    }
    co_return false;
  }
  crash_point("notice.sent");
  self->saw(admin, *sent);
  const auto noted = co_await desk.notice_told(notice.id, *sent);
  co_return noted.has_value();
}

}  // namespace tgpanel::bot
