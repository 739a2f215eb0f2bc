#include "monitor/monitor.hpp"

#include "monitor/monitor_impl.hpp"

#include <boost/asio/co_spawn.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace tgpanel::monitor {

namespace {

constexpr Millis kPurgePeriod{86'400'000};
constexpr std::size_t kMostDigest = 1'000;

std::vector<Mark> make_marks(const std::vector<storage::MarkRow>& rows) {
  std::vector<Mark> marks;
  marks.reserve(rows.size());
  for (const auto& row : rows) marks.push_back({{row.account_id, row.chat_id}, row.message_id});
  return marks;
}

}  // namespace

Monitor::Impl::Impl(Executor with_executor, storage::Database& database, const Clock& with_clock,
                    const AccountsView& with_accounts, const Limits& with_limits)
    : executor(std::move(with_executor)),
      clock(with_clock),
      accounts(with_accounts),
      limits(with_limits),
      lists(database),
      outbox_rows(database),
      builder(executor),
      recent(limits.recent_messages),
      recorder(executor,
               {.outbox = outbox_rows,
                .accounts = accounts,
                .clock = clock,
                .book = book,
                .marks = marks,
                .stats = stats},
               [this](std::size_t stored) { outbox.on_stored(stored); }),
      outbox(executor, outbox_rows, clock, stats, limits.send, limits.digest_above),
      loop_ended(executor),
      tick_now(executor) {
  catch_up = std::make_shared<CatchUp>(
      executor,
      CatchUp::Parts{
          .accounts = accounts,
          .clock = clock,
          .book = book,
          .marks = marks,
          .stats = stats,
          .limits = limits,
          .on_missed =
              [this](AccountId reader, const std::vector<telegram::Message>& messages) {
                on_missed(reader, messages);
              },
          .on_newest = [this](AccountId reader,
                              const telegram::Message& message) { on_newest(reader, message); },
          .on_reread =
              [this](AccountId reader, const std::vector<telegram::Message>& messages) {
                on_reread(reader, messages);
              },
          .on_other_mailbox =
              [this](AccountId reader, const std::vector<telegram::Message>& messages) {
                on_other_mailbox(reader, messages);
              },
          .on_flood_wait = [this](AccountId account,
                                  Instant until) { on_flood_wait(account, until); }});
}

Awaitable<Result<void>> Monitor::Impl::start(Self self) {
  auto loaded = co_await load_lists(self);
  if (!loaded) co_return loaded;
  auto rows = co_await self->outbox_rows.marks();
  if (!rows) co_return std::unexpected(rows.error());
  self->marks.load(make_marks(*rows));
  for (const auto& row : *rows) self->catch_up->knew(row.chat_id);
  // They were switched off when nothing ran: what is written until they are on again is not for us.
  if (!self->private_chats) self->marks.forget_private();
  auto waits = co_await self->outbox_rows.history_waits(to_unix_ms(self->clock.now()));
  if (!waits) co_return std::unexpected(waits.error());
  for (const auto& row : *waits) {
    self->catch_up->turns().keep_waiting(row.account_id, from_unix_ms(row.until_ms));
  }
  auto begun = co_await self->outbox.begin();
  if (!begun) co_return begun;
  self->running = true;
  self->begin_loop(self->recorder.run());
  self->begin_loop(self->outbox.run());
  self->begin_loop(tick_loop(self));
  co_return Result<void>{};
}

Awaitable<> Monitor::Impl::stop(Self self, Millis bound) {
  self->running = false;
  self->catch_up->stop();
  self->recorder.stop();
  self->outbox.stop();
  self->tick_now.notify();
  const auto deadline = std::chrono::steady_clock::now() + bound;
  while (self->loops > 0) {
    const auto left =
        std::chrono::duration_cast<Millis>(deadline - std::chrono::steady_clock::now());
    if (left <= Millis{0}) break;
    co_await self->loop_ended.wait(left);
  }
  self->recorder.abandon();
  self->outbox.abandon();
  self->builder.stop();
}

void Monitor::Impl::set_private_chats(bool on) {
  if (running && on != private_chats) {
    catch_up->forget_private();
    marks.forget_private();
    recorder.save_marks();
  }
  private_chats = on;
}

void Monitor::Impl::on_flood_wait(AccountId account, Instant until) {
  if (!running) return;
  const storage::HistoryWaitRow row{.account_id = account, .until_ms = to_unix_ms(until)};
  begin_loop(store_flood_wait(shared_from_this(), row));
}

Awaitable<> Monitor::Impl::store_flood_wait(Self self, storage::HistoryWaitRow row) {
  auto stored = co_await self->outbox_rows.set_history_wait(row);
  if (!stored) spdlog::warn("monitor: a wait could not be stored: {}", stored.error().message);
}

void Monitor::Impl::begin_loop(Awaitable<> loop) {
  ++loops;
  asio::co_spawn(executor, counted(shared_from_this(), std::move(loop)),
                 [](const std::exception_ptr& bug) {
                   if (bug) std::rethrow_exception(bug);
                 });
}

Awaitable<> Monitor::Impl::counted(Self self, Awaitable<> loop) {
  co_await std::move(loop);
  --self->loops;
  self->loop_ended.notify();
}

Awaitable<> Monitor::Impl::tick_loop(Self self) {
  auto saved = self->clock.now();
  auto purged = Instant{};
  while (self->running) {
    const auto now = self->clock.now();
    self->catch_up->tick();
    if (now - saved >= self->limits.save_marks) {
      self->recorder.save_marks();
      saved = now;
    }
    if (now - purged >= kPurgePeriod) {
      purged = now;
      const auto bodies = to_unix_ms(now - self->limits.keep_text);
      const auto seen = to_unix_ms(now - self->limits.keep_seen);
      auto done = co_await self->outbox_rows.purge(bodies, seen);
      if (!done) spdlog::warn("monitor: old texts could not be erased: {}", done.error().message);
      if (!self->running) co_return;
    }
    co_await self->tick_now.wait(self->limits.tick);
  }
}

Monitor::Monitor(Executor executor, storage::Database& database, const Clock& clock,
                 const AccountsView& accounts, Limits limits)
    : impl_(std::make_shared<Impl>(std::move(executor), database, clock, accounts, limits)) {}

Monitor::~Monitor() {
  impl_->builder.stop();
}

Awaitable<Result<void>> Monitor::start() {
  return Impl::start(impl_);
}

Awaitable<> Monitor::stop(Millis bound) {
  return Impl::stop(impl_, bound);
}

void Monitor::feed(AccountId account, const Json& update) {
  impl_->feed(account, update);
}

void Monitor::account_ready(AccountId account) {
  if (impl_->running) impl_->account_ready(account);
}

void Monitor::account_reopens(AccountId account) {
  if (impl_->running) impl_->account_reopens(account);
}

void Monitor::account_gone(AccountId account) {
  if (impl_->running) impl_->account_gone(account);
}

void Monitor::set_alert_channel(ChatId channel, ChatId discussion) {
  impl_->alert_channel = channel;
  impl_->alert_discussion = discussion;
  impl_->outbox.set_channel(channel);
}

void Monitor::set_sink(AlertSink* sink) {
  impl_->outbox.set_sink(sink);
}

void Monitor::set_digest(std::size_t waiting) {
  impl_->outbox.set_digest(std::min(waiting, kMostDigest));
}

void Monitor::set_private_chats(bool on) {
  impl_->set_private_chats(on);
}

const std::vector<Keyword>& Monitor::keywords() const {
  return impl_->keywords;
}

Awaitable<Result<Keyword>> Monitor::add_keyword(std::string text) {
  return Impl::add_keyword(impl_, std::move(text));
}

Awaitable<Result<std::vector<RuleOutcome>>> Monitor::add_keywords(std::vector<std::string> lines) {
  return Impl::add_keywords(impl_, std::move(lines));
}

Awaitable<Result<Trial>> Monitor::try_rule(std::string line, std::string where, std::size_t count) {
  return Impl::try_rule(impl_, std::move(line), std::move(where), count);
}

Awaitable<Result<Keyword>> Monitor::remove_keyword(KeywordId id) {
  return Impl::remove_keyword(impl_, id);
}

const std::vector<Ignored>& Monitor::ignored() const {
  return impl_->ignored;
}

Awaitable<Result<Ignored>> Monitor::add_ignored(std::int64_t peer, std::string name) {
  return Impl::add_ignored(impl_, peer, std::move(name));
}

Awaitable<Result<Ignored>> Monitor::ignore(std::string who) {
  return Impl::ignore(impl_, std::move(who));
}

Awaitable<Result<Ignored>> Monitor::remove_ignored(std::int64_t row) {
  return Impl::remove_ignored(impl_, row);
}

Awaitable<Result<Ignored>> Monitor::ignore_sender_of(AlertId alert) {
  return Impl::ignore_sender_of(impl_, alert);
}

Awaitable<Result<Alert>> Monitor::alert(AlertId id) {
  return Impl::alert(impl_, id);
}

Stats Monitor::stats() const {
  return impl_->stats;
}

std::vector<Group> Monitor::groups() const {
  return impl_->book.groups();
}

std::vector<Group> Monitor::groups_of(AccountId account) const {
  return impl_->book.groups_of(account);
}

}  // namespace tgpanel::monitor
