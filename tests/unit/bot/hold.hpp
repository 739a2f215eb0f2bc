#pragma once
// Answers that wait until the test lets them go: what is on show meanwhile can be looked at.

#include "base/async.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace tgpanel::bot {

/// Executor: the test's. A test opens what it has closed before it ends.
class Hold {
 public:
  void close() { closed_ = true; }

  void open() {
    closed_ = false;
    for (const auto& waiting : std::exchange(waiting_, {})) waiting->cancel();
  }

  Awaitable<> pass() {
    if (!closed_) co_return;
    const auto executor = co_await asio::this_coro::executor;
    const auto never = asio::steady_timer::time_point::max();
    const auto gate = std::make_shared<asio::steady_timer>(executor, never);
    waiting_.push_back(gate);
    co_await gate->async_wait(asio::as_tuple(asio::use_awaitable));
  }

 private:
  bool closed_ = false;
  std::vector<std::shared_ptr<asio::steady_timer>> waiting_;
};

}  // namespace tgpanel::bot
