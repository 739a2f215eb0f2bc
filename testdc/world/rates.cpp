#include "testdc/world/rates.hpp"

namespace testdc {

bool RateMeter::over(Times& times, std::int64_t time_ms, std::int64_t window_ms,
                     std::size_t limit) {
  while (!times.empty() && times.front() <= time_ms - window_ms) times.pop_front();
  times.push_back(time_ms);
  return times.size() > limit;
}

void RateMeter::sent(std::int64_t bot, std::int64_t chat, bool group, std::int64_t time_ms) {
  // core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: one message a second
  // in a chat (short bursts pass: so 5 in 5 s), 20 a minute in a group or channel, 30 a second in
  // all.
  if (over(chat_[{bot, chat}], time_ms, 5000, 5)) ++chat_breaches_;
  if (group && over(group_[{bot, chat}], time_ms, 60'000, 20)) ++group_breaches_;
  if (over(total_[bot], time_ms, 1000, 30)) ++total_breaches_;
}

tl::Value RateMeter::report() const {
  return {{"bot_chat_rate", chat_breaches_},
          {"bot_group_rate", group_breaches_},
          {"bot_total_rate", total_breaches_}};
}

}  // namespace testdc
