#include "jobs/limiter.hpp"

#include "jobs/limiter_state.hpp"
#include "telegram/td_types.hpp"

#include <boost/asio/as_tuple.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace tgpanel::jobs {

namespace {

std::int64_t seconds_until(Instant until, Instant now) {
  return std::max<std::int64_t>(1, (until - now + Millis{999}) / std::chrono::seconds{1});
}

telegram::Response too_late() {
  return std::unexpected(telegram::TdError{telegram::TdError::kDeadline,
                                           "earlier calls of the method took all of the time"});
}

telegram::Response closed() {
  return std::unexpected(telegram::TdError{telegram::TdError::kClosed, "the panel is stopping"});
}

}  // namespace

class Limiter::LimitedClient final : public telegram::Client {
 public:
  LimitedClient(std::shared_ptr<State> state, AccountId account,
                std::shared_ptr<telegram::Client> client)
      : state_(std::move(state)), account_(account), client_(std::move(client)) {}

  Awaitable<telegram::Response> request(Json function, Millis deadline) override {
    // The caller may let go of this object while it waits.
    WaitKey key{account_, std::string(telegram::type_of(function)), 0};
    return run(state_, client_, std::move(key), std::move(function), deadline);
  }

  [[nodiscard]] bool open() const override { return !state_->stopped() && client_->open(); }

 private:
  using Timer = State::Timer;

  static Awaitable<telegram::Response> run(std::shared_ptr<State> state, State::ClientPtr client,
                                           WaitKey key, Json function, Millis deadline) {
    const auto lane = state->lane(key.account, key.method);
    const WaitKey wanted{key.account, key.method, telegram::int_field(function, "chat_id")};
    const auto latest = Timer::clock_type::now() + deadline;
    Millis left = deadline;
    for (;;) {
      if (state->stopped()) co_return closed();
      if (const auto until = state->waits().until(wanted, state->now())) {
        const auto seconds = seconds_until(*until, state->now());
        co_return std::unexpected(
            telegram::TdError{429, fmt::format("Too Many Requests: retry after {}", seconds)});
      }
      if (left <= Millis{0}) co_return too_late();
      if (!lane->taken()) break;
      co_await wait_in_line(state, lane, latest);
      left = std::chrono::ceil<Millis>(latest - Timer::clock_type::now());
    }

    Json forgets;
    if (key.method == "deleteMessages") forgets = function;
    const auto flight = state->begin(key, client);
    auto answer = co_await client->request(std::move(function), left);
    if (!forgets.is_null()) state->forgotten(key.account, forgets);
    if (const auto message = being_sent(answer)) {
      state->follow(key, flight, *message);
      co_return answer;
    }
    if (state->finish(key, *flight, outcome_of(answer))) co_await State::store(state, key);
    co_return answer;
  }

  static Awaitable<> wait_in_line(std::shared_ptr<State> state, std::shared_ptr<State::Lane> lane,
                                  Timer::time_point latest) {
    constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
    const auto timer = std::make_shared<Timer>(state->executor(), latest);
    const auto place = lane->line.insert(lane->line.end(), timer);
    co_await timer->async_wait(kToken);
    lane->line.erase(place);
  }

  /// TDLib answers sendMessage before Telegram has.
  static std::optional<State::MessageKey> being_sent(const telegram::Response& answer) {
    if (!answer || telegram::type_of(*answer) != "message") return std::nullopt;
    if (telegram::object_field(*answer, "sending_state").is_null()) return std::nullopt;
    return State::MessageKey{telegram::int_field(*answer, "chat_id"),
                             telegram::int_field(*answer, "id")};
  }

  static State::Outcome outcome_of(const telegram::Response& answer) {
    if (answer) return {.answered = true};
    const auto& error = answer.error();
    const bool ours = error.code == telegram::TdError::kDeadline ||  // TDLib still has the call
                      error.code == telegram::TdError::kClosed;
    return {.answered = !ours, .wait_s = error.retry_after_s()};
  }

  std::shared_ptr<State> state_;
  AccountId account_;
  std::shared_ptr<telegram::Client> client_;
};

Limiter::Limiter(storage::JobRepository& repository, const Clock& clock, Executor executor,
                 LimiterSettings settings)
    : state_(std::make_shared<State>(repository, clock, std::move(executor), settings)) {}

Limiter::~Limiter() {
  stop();
}

Awaitable<Result<void>> Limiter::load() {
  return State::load(state_);
}

std::optional<Instant> Limiter::until(AccountId account, std::string_view method,
                                      ChatId chat) const {
  return state_->waits().until({account, std::string(method), chat}, state_->now());
}

std::optional<Instant> Limiter::until(AccountId account) const {
  return state_->waits().until(account, state_->now());
}

Awaitable<> Limiter::tell(AccountId account, std::string method, ChatId chat, Instant until) {
  return State::tell(state_, {account, std::move(method), chat}, until);
}

void Limiter::feed(AccountId account, const Json& update) {
  const auto type = telegram::type_of(update);
  const bool failed = type == "updateMessageSendFailed";
  if (!failed && type != "updateMessageSendSucceeded") return;
  const Json& error = telegram::object_field(update, "error");
  const telegram::TdError why{static_cast<int>(telegram::int_field(error, "code")),
                              telegram::string_field(error, "message")};
  const auto chat = telegram::int_field(telegram::object_field(update, "message"), "chat_id");
  state_->told(account, {chat, telegram::int_field(update, "old_message_id")},
               {.answered = true, .wait_s = failed ? why.retry_after_s() : 0});
}

Awaitable<> Limiter::arrived(AccountId account) {
  return State::arrived(state_, account);
}

Awaitable<> Limiter::narrow(AccountId account, std::string method, ChatId chat) {
  return State::narrow(state_, {account, std::move(method), chat});
}

std::shared_ptr<telegram::Client> Limiter::wrap(AccountId account,
                                                std::shared_ptr<telegram::Client> client) {
  return std::make_shared<LimitedClient>(state_, account, std::move(client));
}

void Limiter::stop() {
  state_->stop();
}

}  // namespace tgpanel::jobs
