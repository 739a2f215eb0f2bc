#pragma once
// The emoji that Telegram offers as reactions.

#include <span>
#include <string_view>

namespace testdc {

[[nodiscard]] std::span<const std::string_view> known_reactions();

}  // namespace testdc
