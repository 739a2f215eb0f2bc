#pragma once
// One point of the sweep: a world of its own, one kill, what held.

#include "sweep/part.hpp"

#include <cstdint>
#include <filesystem>

namespace sweep {

struct Outcome {
  bool killed = false;  // false: the part ended before the point
  Findings findings;
  std::string log_end;  // of the panel, when something is broken
};

/// Plays the part, killed at step `point`. When something is broken, its logs, what the admin read
/// and the data folder are kept in `folder`.
Outcome run_point(const PartRow& part, std::uint64_t point, const std::filesystem::path& folder);

/// How many points the part has, about: it differs a little from run to run.
std::uint64_t count_points(const PartRow& part);

}  // namespace sweep
