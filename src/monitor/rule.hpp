#pragma once
// Keywords and the ignore list as stored and shown.

#include "base/ids.hpp"
#include "base/time.hpp"

#include <string>

namespace tgpanel::monitor {

struct Keyword {
  KeywordId id = 0;
  std::string text;  // as the admin wrote it
  Instant added{};
};

struct Ignored {
  std::int64_t id = 0;       // row
  std::int64_t peer_id = 0;  // user id (> 0) or chat id (< 0)
  std::string name;          // as known when it was added; may be empty
  Instant added{};
};

}  // namespace tgpanel::monitor
