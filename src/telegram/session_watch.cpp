#include "telegram/session_watch.hpp"

#include "telegram/completion.hpp"
#include "telegram/deadlines.hpp"
#include "telegram/td_types.hpp"
#include "words/errors_common.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace tgpanel::telegram {

namespace {

bool needs_somebody(std::string_view type) {
  return !type.empty() && type != "authorizationStateWaitTdlibParameters" &&
         type != "authorizationStateClosing" && type != "authorizationStateLoggingOut";
}

}  // namespace

struct SessionWatch::State {
  enum class For : std::uint8_t { authorization, online, closed };

  struct Waiter {
    For what;
    Completion<Result<std::string>> done;
    Deadlines::When when;
  };

  Json authorization;
  bool ready = false;
  bool online = false;
  bool closed = false;
  std::uint64_t last = 0;
  std::map<std::uint64_t, Waiter> waiters;
  std::unique_ptr<Deadlines> deadlines;

  void finish(std::uint64_t key, Result<std::string> result) {
    auto node = waiters.extract(key);
    if (node.empty()) return;
    deadlines->remove(node.mapped().when);
    node.mapped().done(std::move(result));
  }

  // A copy: finishing changes the waiters.
  [[nodiscard]] std::vector<std::uint64_t> keys() const {
    std::vector<std::uint64_t> all;
    all.reserve(waiters.size());
    for (const auto& [key, waiter] : waiters) all.push_back(key);
    return all;
  }

  // The outcome for a waiter now; nothing while it has to wait on.
  std::optional<Result<std::string>> outcome(For what) const {
    const std::string type(type_of(authorization));
    if (what == For::authorization) {
      if (needs_somebody(type)) return Result<std::string>(type);
      return std::nullopt;
    }
    if (what == For::closed) {
      if (closed) return Result<std::string>(type);
      return std::nullopt;
    }
    if (online) return Result<std::string>(type);
    if (closed) return fail(Errc::login_needed, words::session_closed);
    return std::nullopt;
  }

  void settle() {
    for (const auto key : keys()) {
      const auto found = waiters.find(key);
      if (found == waiters.end()) continue;
      if (auto result = outcome(found->second.what)) finish(key, std::move(*result));
    }
  }

  static Awaitable<Result<void>> wait_plainly(std::shared_ptr<State> self, For what, Millis after) {
    auto result = co_await wait(std::move(self), what, after);
    if (!result) co_return std::unexpected(std::move(result.error()));
    co_return Result<void>();
  }

  static Awaitable<Result<std::string>> wait(std::shared_ptr<State> self, For what, Millis after) {
    if (auto now = self->outcome(what)) co_return std::move(*now);
    const auto executor = co_await asio::this_coro::executor;
    if (!self->deadlines) {
      self->deadlines = std::make_unique<Deadlines>(executor);
      self->deadlines->on_expired([state = self.get()](std::uint64_t key) {
        state->finish(key, fail(Errc::timeout, words::no_answer_in_time));
      });
    }
    auto start = [self, what, after](Completion<Result<std::string>> done) {
      const auto key = ++self->last;
      self->waiters.emplace(key, Waiter{what, std::move(done), self->deadlines->add(key, after)});
    };
    co_return co_await await_completion<Result<std::string>>(std::move(start));
  }
};

SessionWatch::SessionWatch() : state_(std::make_shared<State>()) {}

SessionWatch::~SessionWatch() {
  for (const auto key : state_->keys())
    state_->finish(key, fail(Errc::cancelled, "the wait was ended"));
}

void SessionWatch::observe(const Json& update) {
  const auto type = type_of(update);
  if (type == "updateAuthorizationState") {
    state_->authorization = object_field(update, "authorization_state");
    const auto name = type_of(state_->authorization);
    state_->ready = name == "authorizationStateReady";
    state_->closed = name == "authorizationStateClosed";
    if (!state_->ready) state_->online = false;
  } else if (type == "updateConnectionState") {
    const auto& connection = object_field(update, "state");
    state_->online = state_->ready && type_of(connection) == "connectionStateReady";
  } else {
    return;
  }
  state_->settle();
}

const Json& SessionWatch::authorization() const {
  return state_->authorization;
}

std::string SessionWatch::authorization_type() const {
  return std::string(type_of(state_->authorization));
}

bool SessionWatch::online() const {
  return state_->online;
}

Awaitable<Result<std::string>> SessionWatch::wait_authorization(Millis deadline) {
  return State::wait(state_, State::For::authorization, deadline);
}

Awaitable<Result<void>> SessionWatch::wait_online(Millis deadline) {
  return State::wait_plainly(state_, State::For::online, deadline);
}

Awaitable<Result<void>> SessionWatch::wait_closed(Millis deadline) {
  return State::wait_plainly(state_, State::For::closed, deadline);
}

}  // namespace tgpanel::telegram
