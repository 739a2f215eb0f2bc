#pragma once
// The process-wide TDLib: owns the one thread that receives, and every client.

#include "base/async.hpp"
#include "base/pulse.hpp"
#include "telegram/client.hpp"
#include "telegram/library.hpp"

#include <memory>

namespace tgpanel::telegram {

class HubState;

/// The real ClientFactory. The receive thread looks at the type, the client and the request id of
/// what arrives, drops updates that nobody wants (wanted_updates.hpp) unbuilt, parses the rest and
/// posts it to the executor. Answers are matched by request id; each request has its own deadline.
///
/// Clients made here complete `close`, `logOut` and `destroy` only once authorizationStateClosed
/// has come (the folder is then released), or at the deadline. A client whose last pointer goes
/// away while it is open is closed.
///
/// Executor: create(), close_all() and all_closed() on the domain's. One Hub at a time in a
/// process.
class Hub final : public ClientFactory {
 public:
  Hub(const Executor& executor, std::unique_ptr<TdJson> library);
  /// Closes what is still open, waits for it at most 3 s and ends the thread. Nothing is called
  /// afterwards.
  ~Hub() override;

  std::shared_ptr<Client> create(UpdateHandler on_update) override;

  /// Closes every open client side by side; returns when all are closed or after `bound`.
  /// Clients created from then on are closed from the start: what still begins while the program
  /// ends cannot hold it up.
  Awaitable<> close_all(Millis bound);
  /// No client has its folder open.
  [[nodiscard]] bool all_closed() const;

  /// Beaten by the receive thread whenever TDLib gives the control back, at least once a second.
  [[nodiscard]] const Pulse& pulse() const;

 private:
  std::shared_ptr<HubState> state_;
};

}  // namespace tgpanel::telegram
