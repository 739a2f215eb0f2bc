#pragma once
// What a rule would have found among the newest messages of a chat.

#include "base/ids.hpp"
#include "monitor/alert_sink.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tgpanel::monitor {

inline constexpr std::size_t kTrialMessages = 100;  // looked at unless somebody asks for more
inline constexpr std::size_t kMostTrialMessages = 1'000;

struct TrialMatch {
  std::string text;                // of the message
  std::vector<Alert::Span> marks;  // where the rule is met
  std::string link;                // empty where no link works
  std::int64_t date = 0;           // Unix seconds
};

struct Trial {
  ChatId chat = 0;
  std::string title;
  std::size_t looked_at = 0;          // messages that could have alerted
  std::vector<TrialMatch> matches{};  // the newest first
};

}  // namespace tgpanel::monitor
