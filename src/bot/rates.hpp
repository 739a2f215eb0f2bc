#pragma once
// How often the bot may write. Source: Bot FAQ, "My bot is hitting limits, how do I avoid this?":
// about one message a second in one chat (short bursts pass), 20 a minute in a group or channel,
// 30 a second in all.

#include "base/time.hpp"

#include <vector>

namespace tgpanel::bot {

/// At most `count` in any `period`.
struct Window {
  int count = 1;
  Millis period{1'000};
};

struct Rates {
  // One a second on average; the burst lets a person who presses fast see each answer at once.
  std::vector<Window> private_chat{{.count = 8, .period = Millis{8'000}}};
  std::vector<Window> channel{{.count = 3, .period = Millis{3'000}},
                              {.count = 20, .period = Millis{60'000}}};
  std::vector<Window> total{{.count = 30, .period = Millis{1'000}}};
  Millis card_gap{3'000};  // between two edits of one job card
};

}  // namespace tgpanel::bot
