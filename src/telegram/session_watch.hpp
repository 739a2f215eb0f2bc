#pragma once
// Follows one client's authorisation and connection by its updates.

#include "base/async.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <memory>
#include <string>

namespace tgpanel::telegram {

/// Feed it every update of one client. Executor: the domain's.
class SessionWatch {
 public:
  SessionWatch();
  SessionWatch(const SessionWatch&) = delete;
  SessionWatch& operator=(const SessionWatch&) = delete;
  ~SessionWatch();

  void observe(const Json& update);

  /// The last authorizationState... object; null before the first.
  [[nodiscard]] const Json& authorization() const;
  /// Its "@type"; empty before the first.
  [[nodiscard]] std::string authorization_type() const;
  /// authorizationStateReady was seen, and connectionStateReady after it: what is sent to this
  /// client from now on is seen by it.
  [[nodiscard]] bool online() const;

  /// Waits for an authorisation state that needs somebody: anything but WaitTdlibParameters,
  /// Closing and LoggingOut. timeout: none came within `deadline`.
  Awaitable<Result<std::string>> wait_authorization(Millis deadline);
  /// Waits until online(). timeout: not within `deadline`. login_needed: the client closed instead.
  Awaitable<Result<void>> wait_online(Millis deadline);
  /// Waits until the client is closed. timeout: not within `deadline`.
  Awaitable<Result<void>> wait_closed(Millis deadline);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tgpanel::telegram
