#pragma once
// The life of an item as a pure function: step(item, event) says what it becomes and what to do
// then. The shell (Runner) writes the new item to disk first and only then acts.
//
// A deed that is done at most once never goes from handed back to where it would be handed again,
// unless Telegram has certainly refused it (Hold): what is not found afterwards becomes unknown.

#include "base/sentence.hpp"
#include "base/time.hpp"
#include "jobs/job.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace tgpanel::jobs {

/// How often a deed is handed over, or aimed, before an item whose answers never came is given up.
inline constexpr int kMaxAttempts = 3;
/// Wait after the first unanswered attempt; twice and three times that after the next ones.
inline constexpr Millis kLostBackoff{30'000};

// Events
struct Claim {};  // its turn has come

struct PutBack {};  // claimed, but its account is not ready after all: later

struct NotAimed {};  // claimed, but Telegram did not answer where the text would go

struct Hand {          // account and pace are ready: give it to Telegram
  std::string mark{};  // of a deed that is done at most once: what it is looked for by
};

struct Unusable {  // the account cannot act, and waiting does not help
  Sentence reason;
};

struct Hold {  // Telegram asked to wait, now (handed) or earlier (a known wait)
  Instant until;
  Sentence reason;
};

struct Succeeded {
  Sentence note;  // what a person should know besides; may be empty
};

struct Refused {  // Telegram said no
  Sentence reason;
};

struct Lost {};  // no answer: it may have been done

struct Cancel {};  // the job was cancelled

struct Retry {};  // an admin wants what failed to be tried again

struct Restarted {};  // the panel starts and finds the item as an earlier run left it

struct Restored {};  // from a backup: the older copy of the panel may have done it since

struct Verified {  // read back after a restart, or after an answer was lost
  bool done = false;
};

struct LookLater {  // it could not be read back now
  Instant until;
};

struct Unseen {  // it cannot be read back
  Sentence reason;
};

using ItemEvent =
    std::variant<Claim, PutBack, NotAimed, Hand, Unusable, Hold, Succeeded, Refused, Lost, Cancel,
                 Retry, Restarted, Restored, Verified, LookLater, Unseen>;

enum class ItemAct : std::uint8_t {
  none,
  perform,  // call Telegram; answer with Succeeded, Refused, Hold or Lost
  verify,   // ask Telegram whether it is done; answer with Verified, Refused, Hold or Lost, and
            // where it is done at most once with Verified, LookLater or Unseen
};

struct ItemContext {
  Instant now{};
  bool cancelled = false;  // the job's
  bool paused = false;     // the job's: nothing begins, what is handed ends by itself
  bool once = false;       // the job's deed is done at most once: see at_most_once()
};

struct ItemStep {
  Item item;
  ItemAct act = ItemAct::none;
  bool changed = false;  // store `item` before `act`
};

/// An event that makes no sense in a state changes nothing: late answers and double presses happen.
[[nodiscard]] ItemStep step(Item item, const ItemEvent& event, const ItemContext& context);

}  // namespace tgpanel::jobs
