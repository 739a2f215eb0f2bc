#pragma once
// The one executor of the domain, and the coroutine types that run on it.
//
// All domain state lives on a single-threaded io_context ("the executor"). Other threads (TDLib's
// receive thread, the database thread) only post to it. GCC 12 miscompiles temporaries in co_await
// arguments: name the arguments first, then co_await.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tgpanel {

namespace asio = boost::asio;

using Executor = asio::any_io_executor;

template <class T = void>
using Awaitable = asio::awaitable<T>;

}  // namespace tgpanel
