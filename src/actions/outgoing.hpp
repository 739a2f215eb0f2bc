#pragma once
// What message and comment share: a text goes out at most once, and is looked for afterwards.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"
#include "telegram/send_tracker.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace tgpanel::actions {

/// Longer texts are not one message. UTF-16 units, as Telegram counts.
inline constexpr std::size_t kMaxTextUnits = 4'096;

/// Where a text goes, by the ids of one account.
struct Destination {
  ChatId chat_id = 0;
  MessageId reply_to = 0;  // 0: no reply
  MessageId thread = 0;    // of comments below a post; 0: none
};

/// Where a text went and what was there before it; enough to look for it later.
struct Mark {
  ChatId chat_id = 0;
  MessageId newest = 0;  // 0: the chat was empty
  friend bool operator==(const Mark&, const Mark&) = default;
};

/// As stored with an item, and back. The default mark (chat 0) for a text that is none.
[[nodiscard]] std::string write_mark(const Mark& mark);
[[nodiscard]] Mark read_mark(std::string_view text);

/// A text as it can be sent: without white space around it, 1 to kMaxTextUnits units. invalid: a
/// sentence.
[[nodiscard]] Result<std::string> check_text(std::string_view text);

/// Whether two texts are the same but for white space and marks that nobody sees: TDLib and
/// Telegram drop some of them on the way.
[[nodiscard]] bool same_text(std::string_view a, std::string_view b);

/// The newest message of the chat that Telegram has.
Awaitable<Result<Mark>> mark_chat(std::shared_ptr<telegram::Client> client, ChatId chat);

/// Hands the text over and waits for what became of it. Errors: flood_wait and telegram: it was
/// certainly not sent; timeout and cancelled: it is not known. After timeout TDLib still has it:
/// the tracker's forget(kSendNumber) takes it away.
inline constexpr std::uint64_t kSendNumber = 1;
Awaitable<Result<void>> send_text(std::shared_ptr<telegram::SendTracker> tracker,
                                  Destination destination, std::string text, Millis deadline);

/// Whether a message of this account with this text is in the chat, newer than the mark, and where
/// `there` is a reply or in a thread, there. The chat must be known to the client.
Awaitable<Result<bool>> find_own(std::shared_ptr<telegram::Client> client, Mark mark,
                                 Destination there, std::string text);

}  // namespace tgpanel::actions
