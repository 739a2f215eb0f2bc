#include "bot/gate.hpp"

#include "telegram/completion.hpp"

#include <boost/asio/steady_timer.hpp>

#include <map>
#include <utility>

namespace tgpanel::bot {

Limiter::Limiter(const std::vector<Allowance>& allowances) {
  for (const auto& allowance : allowances) {
    const Millis interval = allowance.period / allowance.count;
    buckets_.push_back({interval, interval * (allowance.count - 1), Instant{}});
  }
}

Instant Limiter::allowed_at(Instant now) const {
  Instant at = now;
  for (const auto& bucket : buckets_) {
    // A clock that was set back must not hold the chat for longer than an empty bucket does.
    const Instant full = std::min(bucket.full, now + bucket.burst + bucket.interval);
    at = std::max(at, full - bucket.burst);
  }
  return at;
}

void Limiter::granted(Instant now) {
  for (auto& bucket : buckets_) {
    const Instant full = std::min(bucket.full, now + bucket.burst + bucket.interval);
    bucket.full = std::max(full, now) + bucket.interval;
  }
}

void Line::wait(std::uint64_t ticket, Priority priority, Instant not_before) {
  waiting_.push_back({ticket, priority, not_before});
}

std::optional<std::uint64_t> Line::next(Instant now) {
  if (serving_ || waiting_.empty() || now < held_until_ || limiter_.allowed_at(now) > now) {
    return std::nullopt;
  }
  auto best = waiting_.end();
  for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
    if (it->not_before > now) continue;
    if (best == waiting_.end() || it->priority < best->priority) best = it;
  }
  if (best == waiting_.end()) return std::nullopt;
  const std::uint64_t ticket = best->ticket;
  waiting_.erase(best);
  serving_ = true;
  limiter_.granted(now);
  return ticket;
}

std::optional<Instant> Line::next_at(Instant now) const {
  if (serving_ || waiting_.empty()) return std::nullopt;
  Instant first = waiting_.front().not_before;
  for (const auto& waiter : waiting_) first = std::min(first, waiter.not_before);
  return std::max({first, held_until_, limiter_.allowed_at(now)});
}

struct Gate::State : std::enable_shared_from_this<Gate::State> {
  State(const Executor& e, const Clock& c, Rates r, KeptWaits w)
      : executor(e),
        clock(c),
        rates(std::move(r)),
        waits(std::move(w)),
        total(rates.total),
        timer(e) {}

  Line& line(ChatId chat) {
    const auto& allowances = chat > 0 ? rates.private_chat : rates.channel;
    const auto [found, fresh] = lines.try_emplace(chat, allowances);
    if (fresh && waits.until) found->second.hold_until(waits.until(chat));
    return found->second;
  }

  void pump() {
    if (closed) return;
    const Instant now = clock.now();
    std::optional<Instant> wake;
    auto earlier = [&wake](Instant at) { wake = wake ? std::min(*wake, at) : at; };
    for (auto& [chat, waiting] : lines) {
      const Instant allowed = total.allowed_at(now);
      if (allowed > now) {
        if (!waiting.idle()) earlier(allowed);
        continue;
      }
      if (const auto ticket = waiting.next(now)) {
        total.granted(now);
        grant(chat, *ticket);
      } else if (const auto at = waiting.next_at(now)) {
        earlier(*at);
      }
    }
    arm(wake, now);
  }

  void grant(ChatId chat, std::uint64_t ticket) {
    auto node = waiters.extract(ticket);
    Turn turn;
    turn.release_ = [self = shared_from_this(), chat](Millis hold) {
      auto& served = self->line(chat);
      served.done();
      if (hold > Millis{0}) {
        const Instant until = self->clock.now() + hold;
        served.hold_until(until);
        if (self->waits.keep) self->waits.keep(chat, until);
      }
      self->pump();
    };
    node.mapped()(std::move(turn));
  }

  void arm(std::optional<Instant> wake, Instant now) {
    if (!wake) {
      timer.cancel();
      return;
    }
    timer.expires_after(std::max(*wake - now, Millis{1}));
    timer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      if (error) return;
      if (auto self = weak.lock()) self->pump();
    });
  }

  Executor executor;
  const Clock& clock;
  Rates rates;
  KeptWaits waits;
  Limiter total;
  asio::steady_timer timer;
  std::map<ChatId, Line> lines;
  std::map<std::uint64_t, telegram::Completion<Turn>> waiters;
  std::uint64_t last_ticket = 0;
  bool closed = false;
};

Gate::Gate(const Executor& executor, const Clock& clock, Rates rates, KeptWaits waits)
    : state_(std::make_shared<State>(executor, clock, std::move(rates), std::move(waits))) {}

Gate::~Gate() {
  close();
}

Awaitable<Gate::Turn> Gate::enter(ChatId chat, Priority priority, Instant not_before) {
  auto state = state_;
  auto start = [state, chat, priority, not_before](telegram::Completion<Turn> done) {
    if (state->closed) {
      done(Turn{});
      return;
    }
    const std::uint64_t ticket = ++state->last_ticket;
    state->waiters.emplace(ticket, std::move(done));
    state->line(chat).wait(ticket, priority, not_before);
    state->pump();
  };
  co_return co_await telegram::await_completion<Turn>(std::move(start));
}

void Gate::close() {
  state_->closed = true;
  state_->timer.cancel();
  for (auto& [ticket, done] : std::exchange(state_->waiters, {})) done(Turn{});
}

void Gate::poke() {
  state_->pump();
}

void Gate::Turn::release() {
  if (auto release = std::exchange(release_, nullptr)) release(std::exchange(hold_, Millis{0}));
}

}  // namespace tgpanel::bot
