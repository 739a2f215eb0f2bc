#pragma once
// Chats by the names that tests give them: a title, an @username, a user's first name, or an id.

#include "testdc/world/world.hpp"

#include <string_view>

namespace testdc {

/// Throws std::runtime_error when nothing has this name.
[[nodiscard]] Peer find_dialog(World& world, std::string_view name);
/// The same for a group or channel.
[[nodiscard]] Chat& find_group(World& world, std::string_view name);

}  // namespace testdc
