#pragma once
// What is known of the waits that Telegram imposes, as pure rules: time is passed in.

#include "base/ids.hpp"
#include "base/time.hpp"

#include <compare>
#include <map>
#include <optional>
#include <string>

namespace tgpanel::jobs {

/// What an account may not do.
struct WaitKey {
  AccountId account = 0;
  std::string method;  // of td_api
  ChatId chat = 0;     // for this chat alone (slow mode); 0: for any
  friend auto operator<=>(const WaitKey&, const WaitKey&) = default;
};

/// A wait is told (an error 429) or inferred: TDLib sleeps through a short one itself and does not
/// answer meanwhile. What was told holds to its end; what was inferred, until Telegram answers.
/// Every change says whether there is something to store.
class Waits {
 public:
  /// Of two ends that were told the later one holds.
  bool tell(const WaitKey& key, Instant until);
  bool infer(const WaitKey& key, Instant until);
  /// Telegram has answered.
  bool answer(const WaitKey& key);
  /// What was told of the method is the wait of one chat: `key.chat`.
  bool narrow(const WaitKey& key);

  /// When the wait ends or has ended; nothing: there is none.
  [[nodiscard]] std::optional<Instant> end_of(const WaitKey& key) const;
  /// Until when the method must not be called for the chat; nothing when it may. With the chat 0
  /// the waits of single chats are left out.
  [[nodiscard]] std::optional<Instant> until(const WaitKey& key, Instant now) const;
  /// The latest end of the account's waits that are for any chat, whatever the method.
  [[nodiscard]] std::optional<Instant> until(AccountId account, Instant now) const;

 private:
  struct Wait {
    Instant told{};      // the epoch: not
    Instant inferred{};  // the epoch: not
  };

  std::map<WaitKey, Wait> waits_;
};

}  // namespace tgpanel::jobs
