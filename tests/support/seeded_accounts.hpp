#pragma once
// Accounts by the hundred for a stage, logged in within seconds.

#include "support/stage.hpp"

#include <cstdint>
#include <vector>

namespace support {

/// Adds this many people to the stage's data centre, who have nothing but a name of every kind, and
/// logs them in by the program seed_sessions (the panel must not be running). Their user ids, in
/// the order of their phone numbers. Throws std::runtime_error when it fails.
std::vector<std::int64_t> seed_accounts(Stage& stage, int count);

}  // namespace support
