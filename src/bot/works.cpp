#include "bot/works.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>

#include <exception>
#include <utility>

namespace tgpanel::bot {

struct Works::State {
  explicit State(const Executor& e) : executor(e), idle(e) {}

  void finished(const std::exception_ptr& error) {
    if (--running == 0) idle.cancel();
    if (!error) return;
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& e) {
      spdlog::error("bot: a conversation ended by an exception: {}", e.what());
    }
  }

  Executor executor;
  asio::steady_timer idle;
  std::size_t running = 0;
};

Works::Works(const Executor& executor) : state_(std::make_shared<State>(executor)) {}

Works::~Works() = default;

void Works::start(Awaitable<> work) {
  ++state_->running;
  asio::post(state_->executor, [state = state_, work = std::move(work)]() mutable {
    auto executor = state->executor;
    asio::co_spawn(
        executor, std::move(work),
        [state = std::move(state)](const std::exception_ptr& error) { state->finished(error); });
  });
}

Awaitable<> Works::wait(Millis bound) {
  const auto state = state_;
  state->idle.expires_after(bound);
  if (state->running == 0) co_return;
  boost::system::error_code ignored;
  co_await state->idle.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace tgpanel::bot
