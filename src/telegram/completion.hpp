#pragma once
// Turns a callback that is called once into something a coroutine awaits.

#include "base/async.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <functional>
#include <utility>

namespace tgpanel::telegram {

template <class T>
using Completion = std::move_only_function<void(T)>;

/// Calls `start(Completion<T>)` and resumes, by post, with the value the completion is called with.
/// A completion that is destroyed uncalled ends the waiting coroutine.
template <class T, class Start>
Awaitable<T> await_completion(Start start) {
  auto initiate = [](auto handler, Start begin) {
    auto executor = asio::get_associated_executor(handler);
    auto work = asio::make_work_guard(executor);
    begin(Completion<T>([handler = std::move(handler), work = std::move(work)](T value) mutable {
      auto target = work.get_executor();
      asio::post(target, [handler = std::move(handler), value = std::move(value)]() mutable {
        std::move(handler)(std::move(value));
      });
    }));
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(T)>(
      std::move(initiate), asio::use_awaitable, std::move(start));
}

}  // namespace tgpanel::telegram
