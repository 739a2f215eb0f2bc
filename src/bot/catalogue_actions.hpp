#pragma once
// The part of the catalogue that speaks of actions, their jobs and the people they reach.

#include "bot/catalogue.hpp"

#include <string_view>

namespace tgpanel::bot {

/// The pattern of a key of that part; empty for any other key.
[[nodiscard]] std::string_view pattern_of_actions(Text key);

}  // namespace tgpanel::bot
