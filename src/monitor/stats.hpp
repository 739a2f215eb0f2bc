#pragma once
// What the monitor counted since it was started.

#include <cstdint>

namespace tgpanel::monitor {

struct Stats {
  std::uint64_t messages = 0;          // looked at: one per message, however many accounts saw it
  std::uint64_t matches = 0;           // of them, met a keyword
  std::uint64_t alerts_stored = 0;     // matches that had no alert yet
  std::uint64_t alerts_sent = 0;       // accepted by Telegram
  std::uint64_t alerts_refused = 0;    // refused for good by the sink (Errc::invalid)
  std::uint64_t alerts_waiting = 0;    // on disk, not sent yet
  std::uint64_t send_failures = 0;     // each is tried again
  std::uint64_t gaps = 0;              // chats found behind
  std::uint64_t history_calls = 0;     // pages of history asked for
  std::uint64_t sweep_calls = 0;       // chats asked by the sweep
  std::uint64_t given_up = 0;          // gaps longer than Limits::look_back
  std::uint64_t storage_failures = 0;  // transactions that failed; each is tried again
  bool forwarding = false;             // a channel and a sink are set
};

}  // namespace tgpanel::monitor
