#pragma once
// When a client has grown so much that it is closed and opened again: a pure decision.

#include "base/ids.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace tgpanel::accounts {

/// TDLib forgets a chat or a message of a user's client only when that is closed
/// (docs/decisions/0003-database-flags.md). The defaults are those of production; tests scale them.
struct RecycleLimits {
  /// Messages of each chat that a client may hold, on average over all clients; 0: none is ever
  /// recycled. The monitor reads 50 of each anew after every opening.
  std::size_t messages_per_chat = 100;
  Millis youngest{300'000};   // no client that was opened more lately is recycled
  Millis oldest{86'400'000};  // every client is, in the end: what is not counted grows too
  Millis look{1'000};         // between looks at all clients
};

/// A client as the rule sees it.
struct OpenClient {
  AccountId id = 0;
  std::size_t messages = 0;  // it has been told of since it was opened
  std::size_t chats = 0;     // that it knows
  Instant opened{};
  bool idle = false;  // nobody uses it, nothing is being done with the account
};

/// Chooses clients, one at a time. They are held together within what all of them may hold: so they
/// do not come due all at once, however alike they are, and memory has no saw's teeth.
class Recycler {
 public:
  explicit Recycler(RecycleLimits limits) : limits_(limits) {}

  /// The client to close and open again now, which is then at work until ended(). Of those that are
  /// idle and old enough: one over Limits::oldest, the oldest first; else, when all together hold
  /// too much, the fullest of those that hold more than their own share.
  [[nodiscard]] std::optional<AccountId> look(const std::vector<OpenClient>& clients, Instant now);

  /// It is open again, or will not be by itself.
  void ended(AccountId id);

  /// 0: none.
  [[nodiscard]] AccountId at_work() const { return at_work_; }

 private:
  [[nodiscard]] std::size_t share_of(const OpenClient& client) const;

  RecycleLimits limits_;
  AccountId at_work_ = 0;
};

}  // namespace tgpanel::accounts
