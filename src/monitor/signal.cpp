#include "monitor/signal.hpp"

#include <boost/asio/as_tuple.hpp>

#include <utility>

namespace tgpanel::monitor {

void Signal::notify() {
  raised_ = true;
  timer_.cancel();
}

Awaitable<> Signal::wait(std::optional<Millis> bound) {
  if (std::exchange(raised_, false)) co_return;
  if (bound) {
    timer_.expires_after(*bound);
  } else {
    timer_.expires_at(asio::steady_timer::time_point::max());
  }
  co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));  // cancelled is as good
  raised_ = false;
}

}  // namespace tgpanel::monitor
