#include "telegram/deadlines.hpp"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace tgpanel::telegram {

using SteadyTime = std::chrono::steady_clock::time_point;

struct Deadlines::State {
  explicit State(const Executor& executor) : timer(executor) {}

  static void arm(const std::shared_ptr<State>& self) {
    if (self->queue.empty()) return;
    const auto next = self->queue.begin()->first;
    if (self->armed_for && *self->armed_for <= next) return;
    self->armed_for = next;
    self->timer.expires_at(next);
    self->timer.async_wait([weak = std::weak_ptr(self), next](const boost::system::error_code&) {
      const auto state = weak.lock();
      if (!state || state->armed_for != next) return;  // armed for an earlier time meanwhile
      state->armed_for.reset();
      fire(state);
      arm(state);
    });
  }

  static void fire(const std::shared_ptr<State>& self) {
    std::vector<Key> due;
    const auto now = std::chrono::steady_clock::now();
    while (!self->queue.empty() && self->queue.begin()->first <= now) {
      due.push_back(self->queue.begin()->second);
      self->queue.erase(self->queue.begin());
    }
    for (const auto key : due) {
      if (self->expired) self->expired(key);
    }
  }

  asio::steady_timer timer;
  Expired expired;
  std::set<When> queue;
  std::optional<SteadyTime> armed_for;
};

Deadlines::Deadlines(const Executor& executor) : state_(std::make_shared<State>(executor)) {}

void Deadlines::on_expired(Expired expired) {
  state_->expired = std::move(expired);
}

Deadlines::~Deadlines() {
  state_->expired = nullptr;
  state_->timer.cancel();
}

Deadlines::When Deadlines::add(Key key, Millis after) {
  const When when(std::chrono::steady_clock::now() + std::min(after, kLongestDeadline), key);
  state_->queue.insert(when);
  State::arm(state_);
  return when;
}

void Deadlines::remove(const When& when) {
  state_->queue.erase(when);
  if (!state_->queue.empty()) return;
  state_->armed_for.reset();
  state_->timer.cancel();  // an armed timer would keep the executor running
}

std::size_t Deadlines::size() const {
  return state_->queue.size();
}

}  // namespace tgpanel::telegram
