#include "app/pace_scale.hpp"

#include "telegram/client.hpp"

#include <algorithm>

namespace tgpanel::app {

namespace {

void divide(Millis& pause, int scale) {
  pause = std::max(Millis{1}, pause / scale);
}

}  // namespace

bot::Rates bot_rates(int scale) {
  bot::Rates rates;
  for (auto* windows : {&rates.private_chat, &rates.channel, &rates.total}) {
    for (auto& window : *windows) divide(window.period, scale);
  }
  divide(rates.card_gap, scale);
  divide(rates.notice_settle, scale);
  divide(rates.notice_retry, scale);
  rates.send_deadline = std::max(Millis{3'000}, rates.send_deadline / scale);
  return rates;
}

jobs::Pace job_pace(int scale, jobs::Pace pace) {
  divide(pace.panel_gap, scale);
  divide(pace.account_gap, scale);
  return pace;
}

monitor::Limits monitor_limits(int scale) {
  monitor::Limits limits;
  for (auto* pause : {&limits.send.interval, &limits.send.window, &limits.send.first_retry,
                      &limits.send.longest_retry, &limits.send.settle, &limits.sweep_period,
                      &limits.tick, &limits.save_marks}) {
    divide(*pause, scale);
  }
  return limits;
}

accounts::RecycleLimits recycle_limits(int scale, std::size_t messages_per_chat) {
  accounts::RecycleLimits limits{.messages_per_chat = messages_per_chat};
  for (auto* pause : {&limits.youngest, &limits.oldest, &limits.look}) divide(*pause, scale);
  return limits;
}

Millis login_patience(int scale, Millis patience) {
  // A slow machine has to type a code in that time.
  return std::max(Millis{5'000}, patience / scale);
}

Millis login_deadline(int scale) {
  // Never so short that an answer under way is missed on a slow machine.
  return std::max(Millis{5'000}, telegram::kDefaultDeadline / scale);
}

Millis login_retry(int scale, Millis pause) {
  divide(pause, scale);
  return pause;
}

Millis report_deadline(int scale) {
  return std::max(Millis{3'000}, Millis{30'000} / scale);
}

Millis disk_look_gap(int scale) {
  return std::max(Millis{100}, Millis{5'000} / scale);
}

Millis text_deadline(int scale) {
  return std::max(Millis{5'000}, telegram::kDefaultDeadline / scale);
}

}  // namespace tgpanel::app
