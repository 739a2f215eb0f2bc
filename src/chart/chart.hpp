#pragma once
// A picture of numbers: columns over time, and bars beside each other. A pure function of its
// value: no clock, no state, any thread.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tgpanel::chart {

inline constexpr int kWidth = 1'200;  // pixels
inline constexpr int kHeight = 900;

enum class Tone : std::uint8_t { neutral, good, bad, unsure };

struct Value {
  std::string label;  // under a column, before a bar; may be empty
  std::uint64_t value = 0;
  std::string shown;  // the number as people read it
  Tone tone = Tone::neutral;
};

struct Chart {
  std::string title;
  std::string subtitle;
  std::string columns_title;
  std::vector<Value> columns;  // from the earliest on, always from the left
  std::string bars_title;
  std::vector<Value> bars;
  std::string nothing;         // said in the place of columns or bars that are all zero
  bool right_to_left = false;  // titles and bars begin at the right
};

/// A PNG file of kWidth × kHeight. The first call of a process reads the fonts of the system, which
/// may take seconds where there is no cache of them: not on the executor. failed: no memory.
[[nodiscard]] Result<std::string> draw(const Chart& chart);

}  // namespace tgpanel::chart
