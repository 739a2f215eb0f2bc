#include "bot/drawer.hpp"

#include "telegram/completion.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace tgpanel::bot {

Drawer::~Drawer() {
  if (!thread_) return;
  thread_->stop();
  thread_->join();
}

Awaitable<Result<std::string>> Drawer::draw(chart::Chart chart) {
  using Drawn = Result<std::string>;
  if (!thread_) thread_.emplace(1);
  auto start = [this, chart = std::move(chart)](telegram::Completion<Drawn> done) mutable {
    asio::post(*thread_, [chart = std::move(chart), done = std::move(done)]() mutable {
      done(chart::draw(chart));
    });
  };
  co_return co_await telegram::await_completion<Drawn>(std::move(start));
}

}  // namespace tgpanel::bot
