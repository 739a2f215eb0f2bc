#include "accounts/tasks.hpp"

#include "telegram/completion.hpp"

#include <boost/asio/steady_timer.hpp>

#include <exception>
#include <memory>
#include <utility>

namespace tgpanel::accounts {

namespace {

struct Gathering {
  explicit Gathering(const Executor& executor) : timer(executor) {}

  std::size_t left = 0;
  telegram::Completion<bool> done;
  asio::steady_timer timer;

  void finish(bool all) {
    if (auto complete = std::exchange(done, nullptr)) complete(all);
    timer.cancel();
  }
};

Awaitable<> counted(std::shared_ptr<Gathering> gathering, Awaitable<> work) {
  co_await std::move(work);
  if (--gathering->left == 0) gathering->finish(true);
}

}  // namespace

void launch(const Executor& executor, Awaitable<> work) {
  asio::co_spawn(executor, std::move(work), [](const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
  });
}

Awaitable<bool> run_all(Executor executor, std::vector<Awaitable<>> work, Millis bound) {
  if (work.empty()) co_return true;
  auto gathering = std::make_shared<Gathering>(executor);
  gathering->left = work.size();
  auto begin = [gathering, executor, bound,
                work = std::move(work)](telegram::Completion<bool> done) mutable {
    gathering->done = std::move(done);
    gathering->timer.expires_after(bound);
    gathering->timer.async_wait([gathering](const boost::system::error_code& error) {
      if (!error) gathering->finish(false);
    });
    for (auto& task : work) launch(executor, counted(gathering, std::move(task)));
  };
  co_return co_await telegram::await_completion<bool>(std::move(begin));
}

Awaitable<> pause(Executor executor, Millis time) {
  asio::steady_timer timer(executor, time);
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace tgpanel::accounts
