#pragma once
// A panel whose accounts see messages at a steady rate, and what comes of it.

#include "soak/figures.hpp"
#include "support/stage.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace soak {

struct Size {
  double minutes = 60;
  // Minutes not looked at for growth. All clients are opened anew once in 20 of them, and what they
  // hold together is as large as it will be 5 later (docs/decisions/0003-database-flags.md).
  double warm_up = 25;
  double sample_s = 60;  // between samples
  int accounts = 100;
  int groups = 50;
  int members = 10;             // accounts in each group
  double rate = 20;             // messages a second in all groups together
  double matches = 10;          // of them a minute
  int pace = 1;                 // TGPANEL_PACE_SCALE
  int messages_per_chat = 100;  // TGPANEL_MESSAGES_PER_CHAT
  std::string heap;             // GLIBC_TUNABLES
};

struct Outcome {
  std::vector<Sample> samples;
  std::vector<double> alert_ms;       // from the message to the bot's call
  std::vector<double> round_trip_ms;  // from a message to the bot to the call of its answer
  std::vector<int> recycles;          // of each account
  int matches = 0;
  int missing = 0;
  int twice = 0;
  std::vector<std::string> complaints;
};

class Load {
 public:
  explicit Load(const Size& size);

  /// Tells of each sample as it is taken.
  Outcome run(const std::function<void(const Sample&, int recycles)>& on_sample);

 private:
  using Clock = std::chrono::steady_clock;

  void open();
  void write_next();
  void ask_bot();
  void take_sample(Outcome& outcome);
  void read_calls();
  [[nodiscard]] std::vector<int> recycles();
  void look_at_channel(Outcome& outcome);

  Size size_;
  support::Stage stage_;
  Clock::time_point begun_;
  int written_ = 0;
  int matches_ = 0;
  std::map<int, std::int64_t> written_ms_;  // each match, until its call is read
  std::vector<std::int64_t> asked_ms_;      // the bot, the oldest first
  std::vector<double> alert_ms_;
  std::vector<double> round_trip_ms_;
};

}  // namespace soak
