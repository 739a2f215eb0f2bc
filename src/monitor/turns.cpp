#include "monitor/turns.hpp"

#include "words/errors_common.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tgpanel::monitor {

Turns::Turns(const AccountsView& accounts, const Clock& clock, Millis aside,
             std::function<void(AccountId, Instant until)> on_wait)
    : accounts_(accounts), clock_(clock), aside_(aside), on_wait_(std::move(on_wait)) {}

Millis Turns::flood_wait_left(AccountId account) const {
  const auto wait = waits_.find(account);
  if (wait == waits_.end()) return Millis{0};
  return std::max(Millis{0}, wait->second - clock_.now());
}

bool Turns::usable(AccountId account) const {
  if (accounts_.client(account) == nullptr || flood_wait_left(account) > Millis{0}) return false;
  const auto aside = put_aside_.find(account);
  return aside == put_aside_.end() || aside->second <= clock_.now();
}

bool Turns::free(AccountId account) const {
  return !busy_.contains(account) && usable(account);
}

bool Turns::any_free() const {
  return std::ranges::any_of(accounts_.active_accounts(),
                             [this](AccountId account) { return free(account); });
}

std::optional<Result<AccountId>> Turns::choose(const std::vector<AccountId>& accounts) const {
  bool busy = false;
  std::optional<Millis> shortest;
  for (const auto account : accounts) {
    if (accounts_.client(account) == nullptr) {
      if (accounts_.is_reopening(account)) busy = true;
      continue;
    }
    const auto left = flood_wait_left(account);
    if (left > Millis{0}) {
      shortest = std::min(shortest.value_or(left), left);
    } else if (busy_.contains(account)) {
      busy = true;
    } else {
      return account;
    }
  }
  if (busy) return std::nullopt;
  if (!shortest) return fail(Errc::not_found, "none of the accounts is active");
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(*shortest).count();
  return fail(Errc::flood_wait, Sentence(words::asks_to_wait_s, seconds), seconds);
}

Awaitable<Result<AccountId>> Turns::next_of(std::vector<AccountId> accounts) {
  if (auto chosen = choose(accounts)) {
    if (*chosen) take(**chosen);
    co_return std::move(*chosen);
  }
  if (stopped_) co_return fail(Errc::cancelled, words::panel_stopping);
  auto wait = [this, &accounts](telegram::Completion<Result<AccountId>> done) {
    waiters_.push_back({std::move(accounts), std::move(done)});
  };
  co_return co_await telegram::await_completion<Result<AccountId>>(std::move(wait));
}

void Turns::failed(AccountId account, const Error& error) {
  if (error.code == Errc::flood_wait) {
    const auto until = clock_.now() + Millis{error.retry_after_s * 1'000};
    waits_[account] = until;
    if (on_wait_) on_wait_(account, until);
  } else if (error.code == Errc::timeout) {
    put_aside_[account] = clock_.now() + aside_;
  }
}

void Turns::give_back(AccountId account) {
  busy_.erase(account);
  serve();
}

void Turns::renewed(AccountId account) {
  put_aside_.erase(account);
  serve();
}

void Turns::serve() {
  for (auto it = waiters_.begin(); it != waiters_.end();) {
    auto chosen = choose(it->accounts);
    if (!chosen) {
      ++it;
      continue;
    }
    if (*chosen) take(**chosen);
    auto done = std::move(it->done);
    it = waiters_.erase(it);
    done(std::move(*chosen));  // resumes by post
  }
}

void Turns::stop() {
  stopped_ = true;
  for (auto& waiter : std::exchange(waiters_, {})) {
    waiter.done(fail(Errc::cancelled, words::panel_stopping));
  }
}

}  // namespace tgpanel::monitor
