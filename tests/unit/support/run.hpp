#pragma once
// Runs coroutines of a test on an io_context, with a bound instead of a hang.

#include "base/async.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tgpanel::test {

/// Runs the context until `done()`; throws after the bound.
inline void run_until(asio::io_context& context, const std::function<bool()>& done,
                      std::chrono::milliseconds bound = std::chrono::seconds(10)) {
  const auto give_up = std::chrono::steady_clock::now() + bound;
  while (!done()) {
    context.restart();
    const auto left = give_up - std::chrono::steady_clock::now();
    if (left <= std::chrono::seconds(0)) throw std::runtime_error("not done within the bound");
    // Returns at once when there is nothing to run: only events from other threads are waited for.
    if (context.run_one_for(std::min<std::chrono::steady_clock::duration>(
            left, std::chrono::milliseconds(50))) == 0) {
      continue;
    }
  }
}

/// Runs everything that is ready now.
inline void run_ready(asio::io_context& context) {
  context.restart();
  context.poll();
}

/// Starts a coroutine; its result is there when it has ended.
template <class T>
std::shared_ptr<std::optional<T>> spawn(asio::io_context& context, Awaitable<T> work) {
  auto result = std::make_shared<std::optional<T>>();
  auto keep = [](Awaitable<T> inner, std::shared_ptr<std::optional<T>> out) -> Awaitable<> {
    out->emplace(co_await std::move(inner));
  };
  asio::co_spawn(context, keep(std::move(work), result), [](const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
  });
  return result;
}

inline std::shared_ptr<std::optional<bool>> spawn(asio::io_context& context, Awaitable<> work) {
  auto done = [](Awaitable<> inner) -> Awaitable<bool> {
    co_await std::move(inner);
    co_return true;
  };
  return spawn<bool>(context, done(std::move(work)));
}

/// Runs a coroutine to its end.
template <class T>
T run(asio::io_context& context, Awaitable<T> work,
      std::chrono::milliseconds bound = std::chrono::seconds(10)) {
  auto result = spawn<T>(context, std::move(work));
  run_until(context, [&] { return result->has_value(); }, bound);
  return std::move(**result);
}

inline void run(asio::io_context& context, Awaitable<> work,
                std::chrono::milliseconds bound = std::chrono::seconds(10)) {
  auto result = spawn(context, std::move(work));
  run_until(context, [&] { return result->has_value(); }, bound);
}

}  // namespace tgpanel::test
