#pragma once
// How fast and how much the monitor does. The defaults are those of production; tests scale them.

#include "base/time.hpp"
#include "telegram/client.hpp"

#include <cstddef>

namespace tgpanel::monitor {

/// How fast alerts are sent. Source: Telegram's "Bots FAQ": about one message a second to one chat,
/// at most 20 a minute to one group or channel.
struct SendLimits {
  Millis interval{1'000};       // from the end of a send to the begin of the next
  std::size_t per_window = 20;  // sends begun within any `window`; at least 1
  Millis window{60'000};
  Millis first_retry{1'000};     // doubled at every further failure ...
  Millis longest_retry{60'000};  // ... up to this
  Millis settle{5'000};          // between an unknown outcome and the look into the channel
};

struct Limits {
  SendLimits send;
  std::size_t digest_above = 20;  // so many alerts may wait to be sent one by one; 0: any number

  /// Every watched supergroup and channel is asked for what was not pushed once per period, at most
  /// `sweep_calls` chats a second over all accounts: C chats take max(sweep_period, C / sweep_calls
  /// seconds). A chat whose members all make a call comes later; one whose members are all in flood
  /// waits, or owe an answer, is left out.
  Millis sweep_period{60'000};
  std::size_t sweep_calls = 5;
  /// How far back a gap is read, in messages per chat; what is older is given up and counted.
  std::size_t look_back = 5'000;
  /// So many of the newest messages of each group and channel are read again after it was not
  /// watched, for edits; these calls count among `sweep_calls`.
  std::size_t reread = 50;
  Millis call_deadline = telegram::kDefaultDeadline;  // of a request for history
  Millis aside{60'000};           // an account that let one pass is not asked by itself for so long
  Millis first_pause{5'000};      // after no member could read a hole, doubled at every further ...
  Millis longest_pause{300'000};  // ... failure up to this
  Millis tick{1'000};             // how often waits, the sweep and unsaved marks are looked at
  Millis save_marks{5'000};       // marks are stored this often at most

  std::size_t recent_messages = 20'000;         // ids remembered in memory
  Millis keep_text{Millis{86'400'000LL * 30}};  // texts of sent alerts are erased after this
  Millis keep_seen{Millis{86'400'000LL * 90}};  // identities of matched messages
};

}  // namespace tgpanel::monitor
