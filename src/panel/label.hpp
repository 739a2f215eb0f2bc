#pragma once
// Labels of accounts: free words, equal when people read them as the same.

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace tgpanel::panel {

inline constexpr std::size_t kLongestLabel = 32;  // characters (code points)

struct Label {
  std::string text;    // as typed, with single spaces
  std::string folded;  // equal for labels that read the same
};

/// Pure. invalid: empty, longer than kLongestLabel, or nothing that can be read.
[[nodiscard]] Result<Label> read_label(std::string_view typed);

}  // namespace tgpanel::panel
