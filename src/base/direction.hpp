#pragma once
// Texts of one direction beside words of another.

#include "base/language.hpp"

#include <string>
#include <string_view>

namespace tgpanel {

/// A text as it is beside words of the language: isolated where those run from right to left.
[[nodiscard]] std::string apart(Language language, std::string_view text);

/// What a line begins with, so that it is placed by the direction of the language whatever its
/// first letter is.
[[nodiscard]] std::string_view line_mark(Language language);

/// The first letter with a direction, outside isolates, is one of a script that runs from right to
/// left: what programs go by when they place a line.
[[nodiscard]] bool leads_right_to_left(std::string_view line);

}  // namespace tgpanel
