#pragma once
// Counts breaches of the rates at which Telegram lets bots send. Telegram would answer 429; here
// the message passes and the test's report names the breach. Executor: the data centre's one
// thread.

#include "testdc/tl/schema.hpp"

#include <cstdint>
#include <deque>
#include <map>

namespace testdc {

class RateMeter {
 public:
  /// A message of a bot at a time (Unix ms), in a chat (any number that names it).
  void sent(std::int64_t bot, std::int64_t chat, bool group, std::int64_t time_ms);
  /// {"bot_chat_rate": n, "bot_group_rate": n, "bot_total_rate": n}
  [[nodiscard]] tl::Value report() const;

 private:
  using Times = std::deque<std::int64_t>;
  static bool over(Times& times, std::int64_t time_ms, std::int64_t window_ms, std::size_t limit);

  std::map<std::pair<std::int64_t, std::int64_t>, Times> chat_;
  std::map<std::pair<std::int64_t, std::int64_t>, Times> group_;
  std::map<std::int64_t, Times> total_;
  int chat_breaches_ = 0;
  int group_breaches_ = 0;
  int total_breaches_ = 0;
};

}  // namespace testdc
