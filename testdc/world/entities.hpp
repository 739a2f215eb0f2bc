#pragma once
// What the server itself marks in a text, as every client that writes it expects
// (core.telegram.org/api/entities): links, addresses, mentions and commands.

#include "testdc/tl/schema.hpp"

#include <string_view>

namespace testdc {

using tl::Value;

/// `entities` (TL MessageEntity array, offsets in UTF-16 units) and those found in the text beside
/// them, in the order of their offsets.
[[nodiscard]] Value with_found_entities(std::string_view text, Value entities);

}  // namespace testdc
