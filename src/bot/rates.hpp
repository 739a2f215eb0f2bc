#pragma once
// How often the bot may write. Source: Bot FAQ, "My bot is hitting limits, how do I avoid this?":
// about one message a second in one chat (short bursts pass), 20 a minute in a group or channel,
// 30 a second in all.

#include "base/time.hpp"

#include <vector>

namespace tgpanel::bot {

/// `count` at once, then one more after each `period / count`. count > 0.
struct Allowance {
  int count = 1;
  Millis period{1'000};
};

struct Rates {
  // One a second; the burst lets a person who presses fast see each answer at once.
  std::vector<Allowance> private_chat{{.count = 8, .period = Millis{8'000}}};
  // 20 a minute, and at most two beyond that in the first one.
  std::vector<Allowance> channel{{.count = 3, .period = Millis{9'000}}};
  std::vector<Allowance> total{{.count = 30, .period = Millis{1'000}}};
  Millis card_gap{3'000};        // between two edits of one job card
  Millis send_deadline{90'000};  // until a message that Telegram does not confirm is given up
  Millis notice_settle{1'000};   // before a change of an account is told: it may change again
  Millis notice_retry{30'000};   // before the next try of a notice that could not be sent
};

}  // namespace tgpanel::bot
