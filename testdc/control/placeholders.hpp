#pragma once
// Media with nothing in it: for messages of which only the kind matters.

#include "testdc/world/files.hpp"
#include "testdc/world/world.hpp"

#include <string_view>

namespace testdc {

/// `kind`: photo, document, sticker, voice, audio, video, animation, contact, location or dice.
/// Throws std::runtime_error for any other.
[[nodiscard]] Media placeholder(World& world, Files& files, std::string_view kind);

/// The kind of a message's media, in the words above, or "poll"; empty for none.
[[nodiscard]] std::string_view media_kind(const Media& media);

}  // namespace testdc
