#pragma once
// Whether TDLib can read its own log of a session, asked before TDLib is: it cuts off what it
// cannot read, and for some of it ends the process. Source: tddb/td/db/binlog/ of TDLib 1.8.62.

#include "base/secret.hpp"

#include <cstdint>
#include <filesystem>

namespace tgpanel::telegram {

enum class SessionFileState : std::uint8_t {
  absent,  // TDLib makes a new one
  sound,   // also one that another key opens or that cannot be read at all: TDLib says so by itself
  damaged,  // TDLib would lose what is behind the damage
};

/// Reads td.binlog (td_test.binlog with `test_dc`) in `folder`, or the .new of it that a crash in
/// TDLib's rewriting leaves. `key`: the database encryption key. A last event that is cut, or zeros
/// at the end, are what a power cut leaves: sound. Changes nothing.
[[nodiscard]] SessionFileState check_binlog(const std::filesystem::path& folder, bool test_dc,
                                            const Secret& key);

}  // namespace tgpanel::telegram
