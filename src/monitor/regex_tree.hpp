#pragma once
// A regular expression as a tree. Private to src/monitor.

#include "base/result.hpp"
#include "monitor/regex.hpp"

#include <string_view>
#include <vector>

namespace tgpanel::monitor {

struct RegexNode {
  enum class Kind : std::uint8_t {
    nothing,
    set,
    sequence,
    choice,
    repeat,
    begin,
    end,
    boundary,
    no_boundary
  };
  static constexpr int kNoEnd = -1;

  Kind kind = Kind::nothing;
  CharSet set;                      // of set
  std::vector<RegexNode> children;  // of sequence, choice, repeat (one)
  int least = 0;                    // of repeat
  int most = 0;                     // of repeat; kNoEnd: any number
};

/// See Regex::parse, without its look at size and emptiness.
[[nodiscard]] Result<RegexNode> parse_regex(std::string_view pattern);

}  // namespace tgpanel::monitor
