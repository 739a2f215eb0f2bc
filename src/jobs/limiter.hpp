#pragma once
// Waits that Telegram imposed, per account, td_api method and chat: remembered, stored and obeyed.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "telegram/client.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::storage {
class JobRepository;
}

namespace tgpanel::jobs {

/// The td_api method whose answer is not its end: the message is then still on its way.
inline constexpr const char* kSendMethod = "sendMessage";

struct LimiterSettings {
  Millis silence{3'000};  // a call unanswered for so long means that TDLib sleeps through a wait
  Millis sleep{60'000};   // how long TDLib sleeps at most, from the call on
};

/// Executor: the domain's. Fed by the clients it wraps: error 429 gives a wait to its end; a call
/// unanswered for `silence` gives one until TDLib must have answered, dropped when Telegram's
/// answer comes. A call of sendMessage is under way until it is known what became of the message.
class Limiter {
 public:
  /// `repository` and `clock` must outlive it.
  Limiter(storage::JobRepository& repository, const Clock& clock, Executor executor,
          LimiterSettings settings = {});
  Limiter(const Limiter&) = delete;
  Limiter& operator=(const Limiter&) = delete;
  ~Limiter();

  /// Reads the stored waits; before the first call.
  Awaitable<Result<void>> load();

  /// Until when the account must not call the method; nothing when it may. `chat`: there; 0: the
  /// waits of single chats are left out.
  [[nodiscard]] std::optional<Instant> until(AccountId account, std::string_view method,
                                             ChatId chat = 0) const;
  /// The latest end of the account's waits that are for any chat, whatever the method.
  [[nodiscard]] std::optional<Instant> until(AccountId account) const;

  /// A wait that Telegram told to somebody else than a client that is wrapped here.
  Awaitable<> tell(AccountId account, std::string method, ChatId chat, Instant until);
  /// Every update of every account: what became of a sent message comes so.
  void feed(AccountId account, const Json& update);
  /// The message that the account is sending is at Telegram: it was looked for and found.
  Awaitable<> arrived(AccountId account);
  /// What Telegram told of the method was the slow mode of this chat: the account may act in
  /// others.
  Awaitable<> narrow(AccountId account, std::string method, ChatId chat);

  /// The same client, held to the account's waits: a call inside a known wait is answered with
  /// error 429 at once and never reaches TDLib; calls of one method go one after the other.
  [[nodiscard]] std::shared_ptr<telegram::Client> wrap(AccountId account,
                                                       std::shared_ptr<telegram::Client> client);

  /// Stores nothing any more; wrapped clients fail with TdError::kClosed.
  void stop();

 private:
  class State;
  class LimitedClient;
  std::shared_ptr<State> state_;
};

}  // namespace tgpanel::jobs
