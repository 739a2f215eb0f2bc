#pragma once
// A command's work, run to its end.

#include "base/async.hpp"
#include "base/time.hpp"

#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tgpanel::app {

/// Runs `work`, and lets what comes back from threads find its owners. Rethrows what it throws.
template <class T>
T run_work(asio::io_context& io, Awaitable<T> work) {
  constexpr Millis kDrainBound{300};
  std::optional<T> outcome;
  io.restart();  // an earlier work may have used it up
  asio::co_spawn(io, std::move(work), [&outcome](const std::exception_ptr& bug, T value) {
    if (bug) std::rethrow_exception(bug);
    outcome = std::move(value);
  });
  while (!outcome && io.run_one() > 0) {
  }
  io.run_for(kDrainBound);
  if (!outcome) throw std::logic_error("a command's work was given up");
  return *std::move(outcome);
}

}  // namespace tgpanel::app
