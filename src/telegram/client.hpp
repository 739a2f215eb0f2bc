#pragma once
// One TDLib client: requests with a deadline, updates as parsed JSON.

#include "base/async.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "telegram/error.hpp"

#include <expected>
#include <functional>
#include <memory>

namespace tgpanel::telegram {

using Response = std::expected<Json, TdError>;

/// Longer than the 60 s that TDLib itself sleeps through flood waits.
inline constexpr Millis kDefaultDeadline{90'000};

/// An open TDLib client. Executor: all members on the domain's executor. Abstract, so that rules
/// are tested beside fakes; the real one comes from Hub.
class Client {
 public:
  Client() = default;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  virtual ~Client() = default;

  /// Sends a td_api function and waits for its answer. Fails with TdError::kDeadline when none came
  /// in time, at most kLongestDeadline of deadlines.hpp (the outcome is then unknown), and with
  /// TdError::kClosed when the client closed first.
  virtual Awaitable<Response> request(Json function, Millis deadline = kDefaultDeadline) = 0;

  /// False once authorizationStateClosed was received: every later request fails with kClosed.
  [[nodiscard]] virtual bool open() const = 0;
};

/// Called on the executor for every update whose type is wanted (see wanted_updates.hpp), in order.
using UpdateHandler = std::function<void(const Json& update)>;

/// Makes clients; the real one is Hub.
class ClientFactory {
 public:
  ClientFactory() = default;
  ClientFactory(const ClientFactory&) = delete;
  ClientFactory& operator=(const ClientFactory&) = delete;
  virtual ~ClientFactory() = default;

  /// A new TDLib client, nothing sent yet. `on_update` is called until the client is closed or the
  /// returned pointer is gone.
  virtual std::shared_ptr<Client> create(UpdateHandler on_update) = 0;
};

}  // namespace tgpanel::telegram
